"""A restart in the middle of a conversation: what was sent before it still works."""

from __future__ import annotations

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person, buttons, labels


async def test_every_button_sent_before_a_restart_works_after_it(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        sent = [await ada.asks(each) for each in ("How old is Altman?", "/topics", "/article", "/people")]
    async with running(conversation):
        for message in sent:
            # More presses than one person may make at once.
            for number, button in enumerate(buttons(message)):
                data = button.get("callback_data", "")
                thanks = {"+": base.messages["thanks_good"], "-": base.messages["thanks_bad"]}.get(data[:1], "")
                if data:
                    assert await Person(api, 600 + number).presses_data(message, data) == thanks
                if data and not thanks:
                    assert (await api.shows())["text"]


async def test_a_reply_to_an_answer_given_before_a_restart_follows_up_on_it(
    conversation: Conversation, running: Running, ada: Person
) -> None:
    async with running(conversation):
        answer = await ada.asks("Who is JD Vance?")
        expected = await ada.asks("and Musk?")
    async with running(conversation):
        assert (await ada.asks("and Musk?"))["text"] != ""
        await ada.says("and Musk?", reply_to_message=answer)
        assert (await ada.api.shows())["text"] == expected["text"]


async def test_a_number_in_reply_to_what_was_offered_before_a_restart_chooses_from_it(
    conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        refusal = await ada.asks("What is the best recipe for banana bread?")
    async with running(conversation):
        await ada.says("the second one", reply_to_message=refusal)
        chosen = await ada.api.shows()
    entry = next(each for each in base.entries.values() if labels(refusal)[1].endswith(each.label))
    assert chosen["text"].startswith(" ".join(entry.answer.split()))


async def test_a_number_in_reply_to_the_people_named_before_a_restart_chooses_what_the_button_shows(
    conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        people = await ada.asks("/people")
    async with running(conversation):
        for typed, entry in (("2", base.article.people[1]), ("the fifth one", base.article.people[4])):
            await ada.says(typed, reply_to_message=people)
            told = " ".join(base.entries[entry].answer.split())
            assert (await ada.api.shows())["text"].startswith(told)


async def test_why_of_an_answer_given_before_a_restart_says_what_is_still_known(
    conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        answer = await ada.asks("How old is Altman?")
        greeting = await ada.asks("hello")
    async with running(conversation):
        await ada.says("/why", reply_to_message=answer)
        label = base.entries["altman-age"].label
        assert (await ada.api.shows())["text"] == base.messages["why_forgotten"].format(label=label)
        await ada.says("/why", reply_to_message=greeting)
        assert (await ada.api.shows())["text"] == base.messages["why_nothing"]
