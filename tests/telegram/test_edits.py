"""An edited question gets its answer edited, never a second one."""

from __future__ import annotations

from time import time

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person, labels

AGE = "How old is Altman?"
VANCE = "Who is JD Vance?"


def told(base: Base, entry: str) -> str:
    return " ".join(base.entries[entry].answer.split())


@pytest.mark.usefixtures("bot")
async def test_the_answer_to_an_edited_question_is_edited_with_its_buttons(
    api: BotApi, ada: Person, base: Base
) -> None:
    question = await ada.says(AGE)
    answer = await api.shows()
    await ada.edits(question, VANCE)
    edited = await api.shows()
    assert edited["message_id"] == answer["message_id"]
    assert edited["text"].startswith(told(base, "who-is-vance"))
    assert labels(edited) != labels(answer)
    assert len(api.called("sendMessage")) == 1
    assert "vance" in (await ada.asks("/why"))["text"]


@pytest.mark.usefixtures("bot")
async def test_an_edited_command_is_answered_by_an_edit_too(api: BotApi, ada: Person, base: Base) -> None:
    question = await ada.says("/help")
    shown = await api.shows()
    await ada.edits(question, "/topics")
    menu = await api.shows()
    assert menu["message_id"] == shown["message_id"]
    assert labels(menu) == [topic.title for topic in base.topics]


@pytest.mark.usefixtures("bot")
async def test_an_edit_is_understood_from_what_was_said_before_the_question(
    api: BotApi, ada: Person, base: Base
) -> None:
    await ada.asks(VANCE)
    question = await ada.says("bananas")
    await api.shows()
    await ada.edits(question, "and Musk?")
    assert told(base, "who-is-musk") in (await api.shows())["text"]


@pytest.mark.usefixtures("bot")
async def test_an_edited_reply_is_understood_from_what_it_replies_to(api: BotApi, ada: Person, base: Base) -> None:
    vance = await ada.asks(VANCE)
    await ada.asks("What does AI need?")
    question = await ada.says("and bananas?", reply_to_message=vance)
    await api.shows()
    await ada.edits(question, "and Musk?")
    assert told(base, "who-is-musk") in (await api.shows())["text"]


@pytest.mark.usefixtures("bot")
async def test_an_edited_reply_to_what_somebody_else_was_told_is_too(api: BotApi, base: Base) -> None:
    ada, bob = Person(api, 1, group=7), Person(api, 2, group=7)
    vance = await ada.asks(f"/ask {VANCE}")
    question = await bob.says("and bananas?", reply_to_message=vance)
    await api.shows()
    question = await bob.edits(question, "What does AI need?")
    await api.shows()
    await bob.edits(question, "and Musk?")
    assert told(base, "who-is-musk") in (await api.shows())["text"]


@pytest.mark.usefixtures("bot")
async def test_what_came_after_an_edited_question_stays_what_is_spoken_of(api: BotApi, ada: Person, base: Base) -> None:
    question = await ada.says(AGE)
    await api.shows()
    await ada.asks(VANCE)
    await ada.edits(question, "Has Musk sued OpenAI?")
    await api.shows()
    assert told(base, "who-is-musk") in (await ada.asks("and Musk?"))["text"]


@pytest.mark.usefixtures("bot")
async def test_an_edit_that_changes_nothing_does_nothing(api: BotApi, ada: Person) -> None:
    question = await ada.says(AGE)
    await api.shows()
    await ada.edits(question, AGE, link_preview_options={"is_disabled": True})
    await ada.edits(question, f"{AGE}!")  # read alike: the same answer, which Telegram finds not modified
    await ada.asks("/help")
    assert len(api.called("editMessageText")) == 1
    assert len(api.called("sendMessage")) == 2


@pytest.mark.usefixtures("bot")
async def test_an_answer_too_old_to_be_edited_is_sent_anew(api: BotApi, ada: Person) -> None:
    question = await ada.says(AGE)
    answer = await api.shows()
    api.uneditable.add(answer["message_id"])
    question = await ada.edits(question, VANCE)
    anew = await api.shows()
    assert anew["message_id"] != answer["message_id"]
    await ada.edits(question, AGE)
    assert (await api.shows())["message_id"] == anew["message_id"]


@pytest.mark.usefixtures("bot")
async def test_an_edit_of_a_message_that_was_never_answered_is_answered(api: BotApi, base: Base) -> None:
    group = Person(api, 42, group=True)
    chatter = await group.says(VANCE)
    await group.edits(chatter, f"@ArticleTestBot {VANCE}")
    answer = await api.shows()
    assert answer["text"].startswith(told(base, "who-is-vance"))
    assert answer["reply_to_message"]["message_id"] == chatter["message_id"]
    assert len(api.called("sendMessage")) == 1


async def test_an_old_message_edited_after_a_restart_is_answered_once(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    question = {"message_id": api.next_id(), "date": 1_700_000_000, "chat": ada.chat, "from": ada.user}
    async with running(conversation):
        await ada.edits(question, VANCE)
        answer = await api.shows()
        await ada.edits(question, AGE)
        edited = await api.shows()
    assert edited["message_id"] == answer["message_id"]
    assert edited["text"].startswith(told(base, "altman-age"))


@pytest.mark.usefixtures("bot")
async def test_a_caption_written_later_is_answered_in_place_of_the_sentence_on_pictures(
    api: BotApi, ada: Person, base: Base
) -> None:
    photo = await ada.sends(photo=[{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}])
    shown = await api.shows()
    await api.publish("edited_message", photo | {"edit_date": int(time()), "caption": VANCE})
    answer = await api.shows()
    assert answer["message_id"] == shown["message_id"]
    assert answer["text"].startswith(told(base, "who-is-vance"))


@pytest.mark.usefixtures("bot")
async def test_a_place_that_moves_gets_one_sentence(api: BotApi, ada: Person) -> None:
    place = await ada.sends(location={"longitude": 1.0, "latitude": 1.0, "live_period": 60})
    await api.shows()
    for _ in range(3):
        await api.publish("edited_message", place | {"edit_date": int(time())})
    await ada.asks("/help")
    assert len(api.called("sendMessage")) == 2
