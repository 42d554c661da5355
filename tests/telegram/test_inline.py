"""Inline mode: @bot question, in any chat."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.markup import parse_html
from tests.telegram.methods import Json
from tests.telegram.people import Person, marked

QUESTION = "How much did Musk donate?"


def shown(result: Json) -> Json:
    """Return a result as the message that it is sent as."""
    parsed = parse_html(result["input_message_content"]["message_text"])
    return {"text": parsed.text, "entities": parsed.entities}


@pytest.mark.usefixtures("bot")
async def test_the_best_answer_comes_first_and_is_sent_as_in_a_chat_with_its_quotes(ada: Person, base: Base) -> None:
    answered = await ada.types(QUESTION)
    best, *others = answered["results"]
    assert best["title"] == base.entries["musk-donated"].label
    assert best["description"]
    in_chat = await ada.asks(QUESTION)
    assert shown(best)["text"] == in_chat["text"]
    assert marked(shown(best), "expandable_blockquote") == marked(in_chat, "expandable_blockquote") != []
    assert 1 <= len(others) < 50
    assert answered["cache_time"] > 0
    assert not answered.get("is_personal")
    assert "button" not in answered


@pytest.mark.usefixtures("bot")
async def test_a_sent_result_leads_to_the_private_chat_by_a_link(ada: Person, base: Base) -> None:
    best = (await ada.types(QUESTION))["results"][0]
    ((button,),) = best["reply_markup"]["inline_keyboard"]
    assert button["url"].startswith("https://t.me/ArticleTestBot?start=")
    answer = await ada.asks(f"/start {button['url'].partition('=')[2]}")
    assert answer["text"].startswith(" ".join(base.entries["musk-donated"].answer.split()))


@pytest.mark.usefixtures("bot")
async def test_what_is_sent_through_inline_mode_is_not_answered(api: BotApi, ada: Person, base: Base) -> None:
    for result in ((await ada.types(QUESTION))["results"][0], (await ada.types(""))["results"][0]):
        await ada.chooses(result)
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert len(api.called("sendMessage")) == 1


@pytest.mark.usefixtures("bot")
async def test_a_reply_in_a_group_to_what_was_sent_through_inline_mode_is_one_to_the_bot(
    api: BotApi, base: Base
) -> None:
    ada, bob = Person(api, 1, group=7), Person(api, 2, group=7)
    vance = await ada.chooses((await ada.types("Who is JD Vance?"))["results"][0])
    await bob.says("and Musk?", reply_to_message=vance)
    assert " ".join(base.entries["who-is-musk"].answer.split()) in (await api.shows())["text"]
    await bob.says("/why", reply_to_message=vance)
    label = base.entries["who-is-vance"].label
    assert (await api.shows())["text"] == base.messages["why_forgotten"].format(label=label)
    topic = await ada.chooses((await ada.types(""))["results"][0])
    await bob.says("/why", reply_to_message=topic)
    assert (await api.shows())["text"] == base.messages["why_nothing"]


@pytest.mark.usefixtures("bot")
async def test_likely_answers_show_while_the_person_types(ada: Person, base: Base) -> None:
    for typed in ("how old is alt", "how old is altman"):
        titles = [each["title"] for each in (await ada.types(typed))["results"]]
        assert base.entries["altman-age"].label in titles


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("query", ["", "  "])
async def test_an_empty_query_shows_the_topics_with_links_to_their_questions(
    ada: Person, base: Base, query: str
) -> None:
    results = (await ada.types(query))["results"]
    assert [each["title"] for each in results] == [topic.title for topic in base.topics]
    labels = [base.entries[entry].label for entry in base.topics[0].entries]
    assert marked(shown(results[0]), "text_link") == labels


@pytest.mark.usefixtures("bot")
async def test_nothing_found_offers_the_private_chat(ada: Person, base: Base) -> None:
    answered = await ada.types("xyzzy quux")
    assert answered["results"] == []
    assert answered["button"]["text"] == base.messages["inline_nothing"]
    hello = await ada.asks(f"/start {answered['button']['start_parameter']}")
    assert hello["text"] == base.messages["start"].strip()


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "query", ["why " * 64, "<b>&", "?" * 256, "😀" * 128, "m", "How old is Altman? Who is JD Vance? What does AI need?"]
)
async def test_any_query_of_256_characters_gets_sound_results(ada: Person, query: str) -> None:
    assert len(query) <= 256
    answered = await ada.types(query)
    assert len(answered["results"]) <= 50
    for result in answered["results"]:
        assert shown(result)["text"]


@pytest.mark.usefixtures("bot")
async def test_each_of_two_queries_typed_in_a_row_gets_its_own_results(ada: Person, base: Base) -> None:
    age, donated = await asyncio.gather(ada.types("How old is Altman?"), ada.types(QUESTION))
    assert age["results"][0]["title"] == base.entries["altman-age"].label
    assert donated["results"][0]["title"] == base.entries["musk-donated"].label


async def test_a_query_that_telegram_limits_or_finds_out_of_date_holds_up_nothing(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    base: Base,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO)
    async with running(conversation):
        await api.publish("inline_query", {"id": "99", "from": ada.user, "query": QUESTION, "offset": ""})
        api.floods = {"answerInlineQuery": 3600}
        await api.publish("inline_query", {"id": "100", "from": ada.user, "query": QUESTION, "offset": ""})
        assert (await ada.types("How old is Altman?"))["results"][0]["title"] == base.entries["altman-age"].label
    assert "An inline query was not answered: Query is too old" in caplog.text
    assert "Traceback" not in caplog.text
