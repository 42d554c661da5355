"""A hand-made base, small enough to reason about, with weights that no fitting changes."""

from collections.abc import Mapping
from dataclasses import replace

from bot.base.model import Article, Base, Slip, Smalltalk, Topic
from bot.language.prepared import prepare
from bot.language.understand import Understander
from bot.learning.words import learn
from bot.matching.index import count, phrasings
from bot.matching.learned import Learned
from bot.matching.score import NOTHING, PARTS
from tests.world_told import LINES, entries, unstated
from tests.world_words import concepts, entities, languages, wording

CALIBRATION: Mapping[str, float] = {
    **dict.fromkeys((*PARTS, *NOTHING), 0.0),
    "words": 0.9,
    "sure": 1.5,
    "odds": 0.5,
    "word_gap": -1.0,
    "heaviest_gap": -0.4,
    "said_gap": 0.0,
    "swap": -3.0,
    "linked": 1.2,
    "repeated": -0.2,
    "nothing": -1.5,
    "nothing_unknown": 1.5,
    "answer": 0.75,
    "alone": 0.6,
    "pair": 0.5,
    "least": 0.3,
}


def world() -> Base:
    """Return the base, made anew."""
    return Base(
        article=Article(
            title="A small world",
            lines=LINES,
            slips=(Slip(3, "hundreds of millions", "Nobody counted."),),
            offers=("summary", "altman-expects"),
            cast="summary",
            people=("altman-age",),
            timeline="musk-sued",
        ),
        topics=(
            Topic("1-people", "People", ("altman-age", "altman-expects", "musk-donated", "musk-sued")),
            Topic("2-policy", "Policy", ("vance-regulation", "ai-needs", "summary")),
        ),
        entries={entry.id: entry for entry in entries()},
        unstated={each.id: each for each in unstated()},
        entities={entity.id: entity for entity in entities()},
        concepts={concept.id: concept for concept in concepts()},
        smalltalk={
            "greeting": Smalltalk("greeting", ("hi", "hello", "hello there", "good morning"), "Hello!"),
            "thanks": Smalltalk("thanks", ("thank you", "thanks", "very helpful"), "You are welcome."),
            "who-are-you": Smalltalk("who-are-you", ("who are you", "are you a bot", "what are you"), "I am a bot."),
            "start": Smalltalk("start", ("/start",), "Let us begin."),
            "emoji": Smalltalk("emoji", ("🙂",), "Nice."),
            "nothing-said": Smalltalk("nothing-said", ("...",), "Say something."),
        },
        wording=wording(),
        languages={language.code: language for language in languages()},
        messages={
            "yes": "Yes.",
            "no": "No.",
            "clarify": "Which one?",
            "not_in_article": "The article does not say.",
            "nearest": "The nearest:",
            "off_topic": "That is not in it.",
        },
        calibration=CALIBRATION,
    )


def learned(base: Base, understander: Understander) -> Learned:
    """Return what is learned from the base."""
    read = list(phrasings(base, understander))
    return Learned("", learn(read), count(read, base, understander), prepare(base))


def with_entry(base: Base, id_: str, **changes: object) -> Base:
    """Return the base with one entry changed."""
    return replace(base, entries={**base.entries, id_: replace(base.entries[id_], **changes)})  # type: ignore[arg-type]
