"""In a group the bot speaks only when spoken to."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person

pytestmark = pytest.mark.usefixtures("bot")

QUESTION = "How old is Sam Altman?"


def told(base: Base, entry: str) -> str:
    return " ".join(base.entries[entry].answer.split())


@pytest.fixture
def group(api: BotApi) -> Person:
    return Person(api, 42, group=True)


async def test_a_mention_is_answered_without_it(group: Person, ada: Person) -> None:
    private = await ada.asks(QUESTION)
    for text in (f"@ArticleTestBot {QUESTION}", f"{QUESTION} @articletestbot", f"Hey @ARTICLETESTBOT, {QUESTION}"):
        answer = await group.asks(text)
        assert answer["text"] == private["text"]
        assert answer["chat"]["id"] == group.chat["id"]
        assert answer["reply_to_message"]["text"] == text


async def test_a_reply_to_the_bot_is_answered(group: Person, ada: Person) -> None:
    private = await ada.asks(QUESTION)
    menu = await group.asks("/topics@ArticleTestBot")
    await group.says(QUESTION, reply_to_message=menu)
    assert (await group.api.shows())["text"] == private["text"]


async def test_everything_else_is_passed_over(group: Person, base: Base) -> None:
    other = await group.says(QUESTION)
    await group.says("And how?", reply_to_message=other)
    await group.says("@ArticleTestBot2 who are you?")
    await group.says("mail me@ArticleTestBot")
    await group.says("/help@SomeOtherBot")
    await group.says("/stop")
    await group.sends(photo=[{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}], caption="Look!")
    await group.sends(new_chat_members=[{"id": 5, "is_bot": False, "first_name": "Bob"}])
    assert (await group.asks("/help"))["text"] == base.messages["help"].strip()


async def test_the_caption_of_a_photo_that_names_the_bot_or_asks_it_is_read(group: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
    await group.sends(photo=photo, caption=f"@ArticleTestBot {QUESTION}")
    assert "39" in (await group.api.shows())["text"]
    for command in ("/ask", "/ask@ArticleTestBot"):
        await group.sends(photo=photo, caption=f"{command} {QUESTION}")
        assert "39" in (await group.api.shows())["text"]
    await group.sends(photo=photo, caption=f"/ask@OtherBot {QUESTION}")
    await group.sends(photo=photo, caption=f"/asking {QUESTION}")
    assert "39" not in (await group.asks("/topics"))["text"]


async def test_a_bare_mention_and_a_command_to_the_bot_are_answered(group: Person, base: Base) -> None:
    assert (await group.asks("@ArticleTestBot"))["text"] == base.smalltalk["nothing-said"].reply
    assert (await group.asks("/stop@ArticleTestBot"))["text"] == base.smalltalk["start-over"].reply


async def test_a_topic_of_a_forum_gets_its_answers_there(api: BotApi) -> None:
    forum = Person(api, 43, group=True, topic=7)
    answer = await forum.asks(f"@ArticleTestBot {QUESTION}")
    assert answer["message_thread_id"] == 7
    await forum.presses_data(answer, "e:summary")
    assert (await api.shows())["message_thread_id"] == 7


async def test_in_a_topic_why_ask_and_follow_ups_work_without_a_reply(api: BotApi, base: Base) -> None:
    forum = Person(api, 43, group=True, topic=7)
    assert (await forum.asks("/ask"))["text"] == base.messages["ask_what"]
    assert (await forum.asks("/why"))["text"] == base.messages["why_nothing"]
    question = await forum.says("/ask Who is JD Vance?")
    answer = await api.shows()
    assert base.entries["who-is-vance"].label in (await forum.asks("/why"))["text"]
    assert told(base, "who-is-musk") in (await forum.asks("@ArticleTestBot and Musk?"))["text"]
    await forum.says("/why", reply_to_message=answer)
    assert base.entries["who-is-vance"].label in (await api.shows())["text"]
    await forum.edits(question, f"/ask {QUESTION}")
    edited = await api.shows()
    assert (edited["message_id"], "39" in edited["text"]) == (answer["message_id"], True)


async def test_in_a_topic_that_the_bot_opened_not_everything_is_said_to_it(api: BotApi, base: Base) -> None:
    forum = Person(api, 43, group=True, topic=7)
    api.messages[forum.chat["id"], 7]["from"] = api.me
    await forum.says(QUESTION)
    assert (await forum.asks("/help"))["text"] == base.messages["help"].strip()


async def test_below_a_channels_post_the_post_is_asked_about_by_a_bare_mention_only(group: Person, base: Base) -> None:
    channel = {"id": -1_009, "type": "channel", "title": "News"}
    post = await group.sends(text=QUESTION, sender_chat=channel, is_automatic_forward=True)
    await group.comments(post, "/why")
    assert (await group.api.shows())["text"] == base.messages["why_nothing"]
    await group.comments(post, "@ArticleTestBot what should I cook tonight?")
    assert "39" not in (await group.api.shows())["text"]
    for text in ("/ask", "@ArticleTestBot", "@ArticleTestBot ?"):
        await group.comments(post, text)
        assert "39" in (await group.api.shows())["text"]
    await group.comments(post, "/why")
    assert base.entries["altman-age"].label in (await group.api.shows())["text"]


async def test_a_question_deleted_before_the_answer_is_answered_all_the_same(api: BotApi, group: Person) -> None:
    await group.says("/help")
    await api.shows()
    known = next(iter(api.messages.values()))
    text = f"@ArticleTestBot {QUESTION}"
    await api.publish("message", {**known, "message_id": api.next_id(), "text": text, "entities": []})
    answer = await api.shows()
    assert "39" in answer["text"]
    assert "reply_to_message" not in answer


async def test_each_person_in_a_group_has_a_conversation_of_their_own(api: BotApi, base: Base) -> None:
    ada, bob = Person(api, 1, group=7), Person(api, 2, group=7)
    await ada.asks("/ask Who is JD Vance?")
    await bob.asks("/ask What does AI need?")
    answer = await ada.asks("@ArticleTestBot and Musk?")
    assert " ".join(base.entries["who-is-musk"].answer.split()) in answer["text"]


async def test_a_question_to_ask_is_answered_to_the_asker(group: Person) -> None:
    for text in (f"/ask {QUESTION}", f"/ask@ArticleTestBot {QUESTION}"):
        answer = await group.asks(text)
        assert "39" in answer["text"]
        assert answer["reply_to_message"]["text"] == text


async def test_ask_alone_asks_for_the_question_or_reads_what_it_replies_to(group: Person, base: Base) -> None:
    assert (await group.asks("/ask"))["text"] == base.messages["ask_what"]
    other = await group.says(QUESTION)
    await group.says("/ask", reply_to_message=other)
    assert "39" in (await group.api.shows())["text"]


@pytest.mark.parametrize("text", ["@ArticleTestBot", "@ArticleTestBot ?", "@ArticleTestBot 👆"])
async def test_a_bare_mention_in_reply_to_a_question_asks_that(group: Person, text: str) -> None:
    other = await group.says(QUESTION)
    await group.says(text, reply_to_message=other)
    answer = await group.api.shows()
    assert "39" in answer["text"]
    assert answer["reply_to_message"]["text"] == text


async def test_a_mention_by_name_is_one_too(group: Person) -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 7, "user": group.api.me}
    await group.sends(text=f"Article {QUESTION}", entities=[mention])
    assert "39" in (await group.api.shows())["text"]


async def test_a_comment_on_a_channels_post_is_answered_in_its_thread_and_the_post_itself_is_not(
    group: Person, base: Base
) -> None:
    channel = {"id": -1_009, "type": "channel", "title": "News"}
    post = await group.sends(
        text=f"@ArticleTestBot {QUESTION}",
        sender_chat=channel,
        is_automatic_forward=True,
        forward_origin={"type": "channel", "date": 1, "chat": channel, "message_id": 1},
    )
    await group.comments(post, f"@ArticleTestBot {QUESTION}")
    answer = await group.api.shows()
    assert answer["reply_to_message"]["message_thread_id"] == post["message_id"]
    assert "message_thread_id" not in group.api.called("sendMessage")[0]
    assert (await group.asks("/help"))["text"] == base.messages["help"].strip()


async def test_somebody_who_writes_as_the_group_is_somebody_of_their_own(group: Person, base: Base) -> None:
    await group.asks("/ask Who is JD Vance?")
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    await group.says("/why", sender_chat=group.chat, **{"from": anonymous})
    assert (await group.api.shows())["text"] == base.messages["why_nothing"]


async def test_a_pressed_button_is_answered_below_its_message(group: Person) -> None:
    menu = await group.asks("/topics")
    await group.presses_data(menu, "e:altman-age")
    answer = await group.api.shows()
    assert answer["reply_to_message"]["message_id"] == menu["message_id"]


async def test_follow_ups_in_a_group_are_understood_in_reply_to_the_answer(group: Person, base: Base) -> None:
    first = await group.asks("/ask Who is JD Vance?")
    await group.asks("/ask What does AI need?")
    await group.says("and Musk?", reply_to_message=first)
    assert " ".join(base.entries["who-is-musk"].answer.split()) in (await group.api.shows())["text"]


@pytest.mark.parametrize(("before", "after"), [("left", "member"), ("kicked", "administrator")])
async def test_being_added_to_a_group_is_met_with_one_short_hello(
    group: Person, base: Base, before: str, after: str
) -> None:
    await group.adds(before, after)
    assert (await group.api.shows())["text"] == base.messages["hello_group"]
    await group.adds("member", "administrator")
    await group.adds("member", "left")
    assert (await group.asks("/help"))["text"] == base.messages["help"].strip()


async def test_a_private_chat_or_a_channel_gets_no_hello(ada: Person, base: Base) -> None:
    await ada.adds("kicked", "member")
    channel = Person(ada.api, 9, group=True)
    channel.chat["type"] = "channel"
    await channel.adds("left", "administrator")
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


async def test_a_group_that_bars_the_bot_from_writing_is_left_alone(group: Person, ada: Person, base: Base) -> None:
    group.api.blocked_by = {group.chat["id"]}
    await group.adds("left", "member")
    await group.says("/help")
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
