"""Messages in another language or script, as people send them."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from tests.language.test_foreign import QUESTIONS_IN
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person, labels

pytestmark = pytest.mark.usefixtures("bot")


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [("Кто такой президент Франции?", "ru", "ru"), ("Wie alt ist der Präsident von Frankreich?", "de", "de"),
     ("法国总统是谁？", "zh-hans", "zh"), ("フランスの大統領は誰ですか", "ja", "ja")],
)  # fmt: skip
async def test_a_message_in_another_language_is_told_so_in_it_with_the_topics(
    api: BotApi, base: Base, text: str, language: str, code: str
) -> None:
    reader = Person(api, 640, language=language)
    reply = await reader.asks(text)
    assert reply["text"] == base.languages[code].says
    assert labels(reply) == [*(base.entries[each].label for each in base.article.offers), base.messages["all_topics"]]
    await reader.presses(reply, labels(reply)[0])
    assert (await api.shows())["text"]
    assert base.messages["why_foreign"] not in (await reader.asks("/why"))["text"]


@pytest.mark.parametrize("code", sorted(QUESTIONS_IN))
async def test_each_language_is_told_with_the_way_to_all_topics(api: BotApi, base: Base, code: str) -> None:
    reply = await Person(api, 660).asks(QUESTIONS_IN[code].split("|")[0])
    assert reply["text"] == base.languages[code].says
    assert labels(reply)[-1] == base.messages["all_topics"]
    assert len(labels(reply)) > 1


async def test_the_persons_own_language_decides_between_likely_ones(api: BotApi, base: Base) -> None:
    said = {}
    for number, hint in enumerate(("uk", "ru"), 1):
        said[hint] = (await Person(api, 700 + number, language=hint).asks("Президент Макрон"))["text"]
    assert said == {hint: base.languages[hint].says for hint in said}


@pytest.mark.parametrize("name", ["Маск", "马斯克", "ماسك", "Маск?"])
async def test_a_name_in_another_script_is_understood(ada: Person, name: str) -> None:
    assert (await ada.asks(name))["text"] == (await ada.asks("Musk"))["text"]


async def test_english_of_somebody_with_another_language_is_english(api: BotApi) -> None:
    assert "39" in (await Person(api, 641, language="ru").asks("how old is altman"))["text"]


async def test_why_says_that_it_could_not_be_read(ada: Person, base: Base) -> None:
    await ada.asks("Кто такой президент Франции?")
    assert (await ada.asks("/why"))["text"] == base.messages["why_foreign"]


async def test_a_name_in_another_script_finds_answers_inline(ada: Person, base: Base) -> None:
    titles = [each["title"] for each in (await ada.types("Маск"))["results"]]
    assert base.entries["who-is-musk"].label in titles
