"""In a group the bot speaks only when spoken to."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person

pytestmark = pytest.mark.usefixtures("bot")

QUESTION = "How old is Sam Altman?"


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


async def test_the_caption_of_a_photo_that_names_the_bot_is_read(group: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
    await group.sends(photo=photo, caption=f"@ArticleTestBot {QUESTION}")
    assert "39" in (await group.api.shows())["text"]


async def test_a_bare_mention_and_a_command_to_the_bot_are_answered(group: Person, base: Base) -> None:
    assert (await group.asks("@ArticleTestBot"))["text"] == base.smalltalk["nothing-said"].reply
    assert (await group.asks("/stop@ArticleTestBot"))["text"] == base.smalltalk["start-over"].reply


async def test_a_topic_of_a_forum_gets_its_answers_there(api: BotApi) -> None:
    forum = Person(api, 43, group=True, topic=7)
    answer = await forum.asks(f"@ArticleTestBot {QUESTION}")
    assert answer["message_thread_id"] == 7
    await forum.presses_data(answer, "e:summary")
    assert (await api.shows())["message_thread_id"] == 7


async def test_a_question_deleted_before_the_answer_is_answered_all_the_same(api: BotApi, group: Person) -> None:
    await group.says("/help")
    await api.shows()
    known = next(iter(api.messages.values()))
    text = f"@ArticleTestBot {QUESTION}"
    await api.publish("message", {**known, "message_id": api.next_id(), "text": text, "entities": []})
    answer = await api.shows()
    assert "39" in answer["text"]
    assert "reply_to_message" not in answer
