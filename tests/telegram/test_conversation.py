"""Whole conversations with the real bot, over real HTTP."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person, buttons, labels, marked

pytestmark = pytest.mark.usefixtures("bot")

FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [FILE | {"width": 1, "height": 1}]
PLACE = {"longitude": 1.0, "latitude": 1.0}

QUESTION = "Who was one of the founders of OpenAI?"


async def test_a_conversation_from_start_to_off_topic(
    api: BotApi, ada: Person, base: Base, conversation: Conversation
) -> None:
    hello = await ada.asks("/start")
    assert hello["text"] == base.messages["start"].strip()

    answer = await ada.asks(QUESTION)
    assert "Musk" in answer["text"]
    quotes = marked(answer, "expandable_blockquote")
    assert quotes
    assert "¶ 31" in quotes[0]
    assert "was one of the founders of OpenAI" in quotes[0]

    follow_up = buttons(answer)[0]
    entry = base.entries[follow_up["callback_data"].removeprefix("e:")]
    assert follow_up["text"] == entry.label
    assert await ada.presses(answer, follow_up["text"]) == ""
    next_answer = await api.shows()
    assert next_answer["message_id"] != answer["message_id"]
    assert " ".join(entry.answer.split()) in next_answer["text"]

    menu = await ada.asks("/topics")
    assert labels(menu) == [topic.title for topic in base.topics]
    topic = base.topics[1]
    await ada.presses(menu, topic.title)
    page = await api.shows()
    assert page["message_id"] == menu["message_id"]
    label = base.entries[topic.entries[0]].label
    await ada.presses(page, label)
    told = await api.shows()
    assert told["message_id"] != menu["message_id"]
    assert " ".join(base.entries[topic.entries[0]].answer.split()) in told["text"]
    await ada.presses(page, base.messages["back"])
    assert labels(await api.shows()) == labels(menu)

    elsewhere = "What is the best recipe for banana bread?"
    refused = conversation.respond(elsewhere).reply
    refusal = await ada.asks(elsewhere)
    assert refusal["text"] == refused.said
    options = [f"{number}. {option.label}" for number, option in enumerate(refused.options, 1)]
    assert labels(refusal) == [*options, base.messages["none_of_these"]]

    await ada.sends(photo=PHOTO)
    assert (await api.shows())["text"] == base.messages["only_photo"]


async def test_commands_answer_as_they_promise(ada: Person, base: Base) -> None:
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    summary = await ada.asks("/summary")
    assert " ".join(base.entries["summary"].answer.split()) in summary["text"]
    assert (await ada.asks("/topics@articletestbot"))["text"] == base.messages["topics"]
    assert (await ada.asks("/start from_a_link"))["text"] == base.messages["start"].strip()


async def test_a_command_nobody_knows_is_answered_like_any_text(ada: Person) -> None:
    assert (await ada.asks("/frobnicate"))["text"]


async def test_hostile_text_is_answered_without_breaking_the_markup(ada: Person) -> None:
    for text in ("<b>Who</i> is & < Musk?", "&lt;script&gt;", "😀", "\u202e\u0000x", "?" * 4096, "why " * 1000):
        assert (await ada.asks(text))["text"]


@pytest.mark.parametrize(
    ("says", "fields"),
    [("only_photo", {"photo": PHOTO}),
     ("only_video", {"video": FILE | {"width": 1, "height": 1, "duration": 1}}),
     ("only_video", {"video_note": FILE | {"length": 1, "duration": 1}}),
     ("only_video", {"animation": FILE | {"width": 1, "height": 1, "duration": 1}, "document": FILE}),
     ("only_voice", {"voice": FILE | {"duration": 1}}),
     ("only_audio", {"audio": FILE | {"duration": 1}}),
     ("only_sticker", {"sticker": FILE | {"width": 1, "height": 1, "is_animated": False, "is_video": False,
                                          "type": "regular"}}),
     ("only_location", {"location": PLACE}),
     ("only_location", {"venue": {"location": PLACE, "title": "x", "address": "y"}, "location": PLACE}),
     ("only_contact", {"contact": {"phone_number": "1", "first_name": "x"}}),
     ("only_poll", {"poll": {"id": "1", "question": "How old is Altman?", "options": [], "total_voter_count": 0,
                             "is_closed": False, "is_anonymous": True, "type": "regular",
                             "allows_multiple_answers": False, "allows_revoting": False, "members_only": False}}),
     ("only_checklist", {"checklist": {"title": "x", "tasks": [{"id": 1, "text": "y"}]}}),
     ("only_dice", {"dice": {"emoji": "🎲", "value": 1}}),
     ("only_document", {"document": FILE}),
     ("text_only", {"game": {"title": "x", "description": "y", "photo": PHOTO}})],
)  # fmt: skip
async def test_what_is_not_text_gets_a_friendly_sentence_of_its_own(
    api: BotApi, ada: Person, base: Base, says: str, fields: dict[str, object]
) -> None:
    await ada.sends(**fields)
    assert (await api.shows())["text"] == base.messages[says]


async def test_an_album_gets_one_sentence(api: BotApi, ada: Person, base: Base) -> None:
    for _ in range(3):
        await ada.sends(photo=PHOTO, media_group_id="album")
    assert (await api.shows())["text"] == base.messages["only_photo"]
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


async def test_service_messages_are_passed_over(ada: Person, base: Base) -> None:
    await ada.sends(pinned_message={"message_id": 1, "date": 0, "chat": ada.chat})
    assert (await ada.asks("/topics"))["text"] == base.messages["topics"]


async def test_the_bot_introduces_itself(api: BotApi, base: Base) -> None:
    both = {"topics", "summary", "people", "timeline", "article", "why", "privacy", "forget_me", "help"}
    assert set(api.profile["commands for all_private_chats"]) == both | {"start"}
    assert set(api.profile["commands for all_group_chats"]) == both | {"ask"}
    assert api.profile["description"] == base.messages["description"]
    assert api.profile["short_description"] == base.messages["short_description"]
