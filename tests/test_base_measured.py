"""How well the real base serves: its own phrasings, those left out of learning, and the labelled messages."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.base.problems import listed
from bot.dialogue.conversation import Conversation
from bot.evaluation import evaluate
from bot.evaluation.alternatives import phrasings as texts_of
from bot.evaluation.evaluate import Totals
from bot.evaluation.labelled import read
from bot.evaluation.overmatch import matching
from bot.language.normalise import words_of
from bot.language.prepared import prepare
from bot.language.understand import Understander
from bot.learning.words import learn
from bot.matching.index import Index, Phrasing, count, phrasings
from bot.matching.score import Matcher

QUESTIONS = sorted((Path(__file__).parent / "questions").glob("*.jsonl"))
DEV = Path(__file__).parent / "questions" / "dev.jsonl"

FLOORS = {"answers": 0.94, "refusals": 0.94, "smalltalk": 0.97, "harm": 0.022}
"""The least shares over all labelled messages; for harm, the greatest."""

FLOORS_OF_DEV = {"answers": 0.93, "refusals": 0.97, "smalltalk": 1.0, "harm": 0.02}

FLOOR_LEFT_OUT = 0.92
"""The least share of left-out phrasings whose own entry comes first of those told."""

FOLDS = 4

WORDS_OF_A_QUESTION = 4
"""Shorter messages are the same in many a mouth: "how old is he"."""


def test_every_phrasing_is_answered_by_its_own_entry(conversation: Conversation) -> None:
    problems = matching(conversation)
    assert not problems, f"{len(problems)} phrasings:\n{listed(problems)}"


@pytest.mark.parametrize(("files", "floors"), [(QUESTIONS, FLOORS), ([DEV], FLOORS_OF_DEV)], ids=["all", "dev"])
def test_labelled_messages_fare_no_worse_than_they_did(
    conversation: Conversation, files: Sequence[Path], floors: dict[str, float]
) -> None:
    totals = evaluate.totals(evaluate.run(conversation, read(files)))
    print(f"\n{totals}")
    assert totals.messages > 0
    assert list(_short_of(totals, floors)) == []


def _short_of(totals: Totals, floors: dict[str, float]) -> Iterator[str]:
    for name, floor in floors.items():
        reached: float = getattr(totals, name)
        if (reached > floor) if name == "harm" else (reached < floor):
            yield f"{name}: {reached:.3f}, where {floor} is the limit"


def test_a_floor_that_is_missed_is_told() -> None:
    reached = Totals(10, answers=0.5, refusals=1.0, smalltalk=1.0, harm=0.2)
    assert [each.split(":")[0] for each in _short_of(reached, FLOORS)] == ["answers", "harm"]


def test_an_abbreviation_lends_no_meaning_to_what_it_is_written_out_as(conversation: Conversation) -> None:
    # "dc" is read as "data center", whatever else it may stand for in the lexicon.
    (unit,) = conversation.understander.phrasing("data center").units
    assert unit.concepts == ("data-centers",)


def test_no_labelled_question_stands_in_the_base(base: Base) -> None:
    owners: dict[str, str] = {}
    continued = [(each.asks, text) for each in base.continuations for text in each.phrasings]
    for owner, text in (*texts_of(base), *continued):
        owners.setdefault(plain(text, base), owner)
    offenders = [
        f"{path.name} {message.id}: {message.q!r} stands in {owners[plain(message.q, base)]}"
        for path in QUESTIONS
        for message in read([path])
        if message.expect != "smalltalk" and len(message.q.split()) >= WORDS_OF_A_QUESTION
        if plain(message.q, base) in owners
    ]
    assert not offenders, "\n".join(offenders)


def plain(text: str, base: Base) -> str:
    return " ".join(word.text for word in words_of(text, base.wording.abbreviations))


@pytest.fixture(scope="module")
def understander_of_base(base: Base) -> Understander:
    return Understander(base, prepare(base))


@pytest.fixture(scope="module")
def understood(base: Base, understander_of_base: Understander) -> list[Phrasing]:
    # Smalltalk is never told, so that it would only cost time here.
    return [each for each in phrasings(base, understander_of_base) if each.candidate not in base.smalltalk]


@pytest.mark.parametrize("fold", [0, 1])  # of FOLDS
def test_phrasings_left_out_of_learning_find_their_entry(
    base: Base, understander_of_base: Understander, understood: list[Phrasing], fold: int
) -> None:
    seen, left_out = apart(understood, fold)
    counts = count(seen, base, understander_of_base)
    # The weights of what is not told change the order of what is by half a per cent, and take three times as long.
    words = learn(each for each in seen if each.candidate in base.entries)
    matcher = Matcher(Index(base, counts), words, understander_of_base.english, base.calibration)
    asked = [each for each in left_out if each.candidate in base.entries]
    found = sum(_finds(matcher, each, base) for each in asked)
    print(f"\n{found} of {len(asked)} left-out phrasings find their entry: {found / len(asked):.1%}")
    assert found / len(asked) >= FLOOR_LEFT_OUT


def apart(understood: Sequence[Phrasing], fold: int) -> tuple[list[Phrasing], list[Phrasing]]:
    """Return the phrasings to learn from and those left out: of each candidate, every one in `FOLDS`."""
    places: Counter[str] = Counter()
    seen: list[Phrasing] = []
    left_out: list[Phrasing] = []
    for each in understood:
        (left_out if places[each.candidate] % FOLDS == fold else seen).append(each)
        places[each.candidate] += 1
    return seen, left_out


def _finds(matcher: Matcher, phrasing: Phrasing, base: Base) -> bool:
    """Tell whether the first of the told candidates is the phrasing's own, or rests on the same line."""
    told = matcher.match(phrasing.understanding).stated
    if not told:
        return False
    first, own = base.entries[told[0].id], base.entries[phrasing.candidate]
    return first.id == own.id or first.evidence[0].line == own.evidence[0].line
