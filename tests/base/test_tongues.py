from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from bot.base.model import Base, Language
from bot.base.problems import Problem
from bot.base.tongues import foreign_names, languages

ASKED_FOR = "ru uk es de fr it pt tr pl ar fa hi zh ja ko id".split()


def told(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def changed(base: Base, code: str, **changes: Any) -> Base:  # noqa: ANN401
    return replace(base, languages={**base.languages, code: replace(base.languages[code], **changes)})


def test_the_real_languages_and_names_are_sound(base: Base) -> None:
    assert told(languages(base)) == []
    assert told(foreign_names(base)) == []


def test_the_real_base_knows_the_languages_that_people_write_in(base: Base) -> None:
    assert set(ASKED_FOR) <= set(base.languages)
    assert len({language.says for language in base.languages.values()}) == len(base.languages)


@pytest.mark.parametrize(
    ("code", "changes", "problem"),
    [
        ("ru", {"words": ("кто",) * 2}, "The word 'кто' stands there 2 times."),
        ("ru", {"words": ("Кто",)}, "The word 'Кто' has a capital."),
        ("ru", {"words": ("who",)}, "The word 'who' is not in the script cyrillic."),
        ("ru", {"words": ()}, "It has 0 words; others share its script, so that 20 are needed."),
        ("ru", {"says": "I can only read English."}, "What it says is not in the script cyrillic."),
        ("ja", {"says": "머스크"}, "What it says is not in the script kana."),
    ],
)
def test_a_mistake_in_a_language_is_found(base: Base, code: str, changes: dict[str, Any], problem: str) -> None:
    found = told(languages(changed(base, code, **changes)))
    assert any(each.startswith(f"languages.yaml: {code}: {problem}") for each in found), found


def test_a_language_that_shares_its_script_with_none_needs_no_words(base: Base) -> None:
    thai = Language("th", "Thai", "thai", "", (), "ภาษาไทย")
    assert told(languages(replace(base, languages={**base.languages, "th": thai}))) == []


def test_english_is_missed(base: Base) -> None:
    without = {code: language for code, language in base.languages.items() if code != "en"}
    assert told(languages(replace(base, languages=without)))[0].startswith("languages.yaml: en: English is missing")


def test_a_foreign_name_in_latin_letters_or_of_two_entities_is_found(base: Base) -> None:
    musk, trump = base.entities["musk"], base.entities["trump"]
    entities = {
        **base.entities,
        "musk": replace(musk, foreign=("Muskus", "Маск")),
        "trump": replace(trump, foreign=("маск",)),
    }
    found = told(foreign_names(replace(base, entities=entities)))
    assert sorted(found) == [
        "entities.yaml: musk: The foreign name 'Muskus' is in Latin letters. Move it to the aliases.",
        "entities.yaml: musk: The foreign name 'Маск' is one of trump too. Keep it in one of them.",
    ]
