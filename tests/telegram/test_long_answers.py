"""An answer longer than one message: split at sentences, with its markup whole, and edited as one."""

from __future__ import annotations

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.markup import units
from tests.telegram.people import Person, labels, marked

QUESTION = "How old is Altman?"


async def test_it_is_split_at_sentences_with_the_buttons_under_the_last_part(
    api: BotApi, wordy: Conversation, running: Running, ada: Person
) -> None:
    async with running(wordy):
        await ada.says(QUESTION)
        parts = [await api.shows() for _ in range(4)]
    assert len(api.called("sendMessage")) == 4
    for part in parts:
        assert units(part["text"]) <= 4096
        assert part["text"].endswith((".", "40", "more"))
    assert [bool(labels(part)) for part in parts] == [False, False, False, True]
    assert sum(part["text"].count("39 < 40") for part in parts) == 300
    quoted = " ".join(quote for part in parts for quote in marked(part, "expandable_blockquote"))
    assert quoted.count("CEO & more") == 200


async def test_it_is_edited_as_one_and_grows_and_shrinks(
    api: BotApi, wordy: Conversation, running: Running, ada: Person
) -> None:
    async with running(wordy):
        question = await ada.says("Who is JD Vance?")
        short = await api.shows()
        question = await ada.edits(question, QUESTION)
        parts = [await api.shows() for _ in range(4)]
        assert parts[0]["message_id"] == short["message_id"]
        await ada.edits(question, "Who is JD Vance?")
        edited = await api.shows()
        await api.until(lambda: len(api.called("deleteMessage")) == 3)
    assert edited["message_id"] == short["message_id"]
    assert edited["text"] == short["text"]
    assert labels(edited) == labels(short)
    assert all((ada.chat["id"], part["message_id"]) not in api.messages for part in parts[1:])


async def test_a_part_that_cannot_be_deleted_any_more_stays_and_does_no_harm(
    api: BotApi, wordy: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(wordy):
        question = await ada.says(QUESTION)
        parts = [await api.shows() for _ in range(4)]
        api.uneditable.add(parts[3]["message_id"])
        await ada.edits(question, "Who is JD Vance?")
        assert (await api.shows())["message_id"] == parts[0]["message_id"]
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
