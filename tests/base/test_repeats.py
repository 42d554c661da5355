from collections.abc import Callable

import pytest

from bot.base.model import Base
from tests.base.copied import PHRASINGS, Copy


def test_a_phrasing_of_two_entries_is_found_whatever_its_case_and_punctuation(copied: Copy, base: Base) -> None:
    entry = next(iter(base.entries.values()))
    phrasing = f"…{entry.phrasings[0].upper()}!!"
    copied.add_entry(phrasings=[*PHRASINGS, phrasing])
    (problem,) = copied.problems()
    assert f'phrasings/: broken: The phrasing "{phrasing}" stands in {entry.id} (phrasings/' in problem


def test_a_label_that_is_a_phrasing_of_another_entry_is_found(copied: Copy, base: Base) -> None:
    entry = base.entries["summary"]
    copied.add_entry(label=entry.label)
    (problem,) = copied.problems()
    assert f'broken: The phrasing "{entry.label}" stands in summary' in problem


def test_a_phrasing_of_an_unstated_thing_that_an_entry_has_is_found_with_its_name_filled_in(copied: Copy) -> None:
    copied.add_entry(id="musician", phrasings=[*"abcdefghijkl", "Does Musk play the tuba?"])
    copied.add_unstated(who=["altman", "musk"], phrasings=["does {who} play the tuba", *"mnop"])
    (problem,) = copied.problems()
    assert problem.startswith('phrasings/: broken: The phrasing "does {who} play the tuba" stands in musician')
    assert 'as "does Musk play the tuba".' in problem


def test_smalltalk_of_two_blocks_is_found(copied: Copy) -> None:
    copied.append("smalltalk.yaml", {"id": "broken", "reply": "Hm.", "phrasings": ["Hello!"]})
    (problem,) = copied.problems()
    assert 'smalltalk.yaml: broken: The phrasing "Hello!" stands in greeting (smalltalk.yaml) too.' in problem


@pytest.mark.parametrize(
    ("again", "form"),
    [
        (PHRASINGS[0], ""),
        (f"{PHRASINGS[0]}?", f', as "{PHRASINGS[0]}"'),
        (f"{PHRASINGS[0].upper()} ??", f', as "{PHRASINGS[0]}"'),
    ],
)
@pytest.mark.parametrize("add", [Copy.add_entry, Copy.add_unstated])
def test_a_phrasing_that_one_thing_has_twice_is_found(
    copied: Copy, add: Callable[..., None], again: str, form: str
) -> None:
    add(copied, phrasings=[*PHRASINGS, again])
    (problem,) = copied.problems()
    assert problem == f'phrasings/: broken: The phrasing "{again}" stands there twice{form}. Keep one of them.'


def test_phrasings_that_other_marks_tell_apart_are_no_problem(copied: Copy) -> None:
    copied.add_entry(phrasings=[*PHRASINGS, f"{PHRASINGS[0]}!", PHRASINGS[1].replace(" ", ", ", 1)])
    assert copied.problems() == []


@pytest.mark.parametrize("alias", ["elon", "Elon!", "richest man in the world"])
def test_an_alias_that_another_entity_has_is_found(copied: Copy, alias: str) -> None:
    copied.append("entities.yaml", {"id": "broken", "name": "Broken", "type": "person", "aliases": ["broken", alias]})
    assert copied.problems() == [f"entities.yaml: broken: The alias {alias!r} is musk's too. Keep it in one of them."]


@pytest.mark.parametrize(("alias", "times"), [("richest man in the world", 0), ("elon", 1)])
def test_what_is_tied_may_share_a_description_but_no_name(copied: Copy, alias: str, times: int) -> None:
    firm = {"id": "broken", "name": "Broken", "type": "organisation", "aliases": [alias]}
    copied.append("entities.yaml", {**firm, "ties": [{"role": "made", "of": "musk"}]})
    assert len(copied.problems()) == times
