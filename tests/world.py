"""A hand-made base, small enough to reason about, with weights that no fitting changes."""

from collections.abc import Mapping
from dataclasses import replace

from bot.base.model import (
    Article,
    Base,
    Concept,
    Entity,
    Entry,
    Evidence,
    Kind,
    Language,
    Lead,
    Slip,
    Smalltalk,
    Tie,
    Topic,
    Unstated,
    Wording,
)
from bot.language.prepared import prepare
from bot.language.understand import Understander
from bot.learning.words import learn
from bot.matching.index import count, phrasings
from bot.matching.learned import Learned
from bot.matching.score import NOTHING, PARTS

MUSK = ("Маск", "Маска", "Илон", "Илона", "马斯克", "埃隆", "マスク", "イーロン", "머스크", "ماسك", "मस्क", "מאסק")
"""The names of Musk in other scripts."""

LINES = (
    "Altman believes that Trump will champion artificial intelligence.",
    "",
    "Musk, who donated hundreds of millions of dollars to Trump, sued OpenAI, the company he helped start.",
    "",
    "Vance asked whether OpenAI and Meta want regulation because it helps them.",
    "",
    "Artificial intelligence needs energy, computer chips and data centers.",
    "",
    "The 39-year-old CEO spoke on November 6.",
)

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
        entries={entry.id: entry for entry in _entries()},
        unstated={unstated.id: unstated for unstated in _unstated()},
        entities={entity.id: entity for entity in _entities()},
        concepts={concept.id: concept for concept in _concepts()},
        smalltalk={
            "greeting": Smalltalk("greeting", ("hi", "hello", "hello there", "good morning"), "Hello!"),
            "thanks": Smalltalk("thanks", ("thank you", "thanks", "very helpful"), "You are welcome."),
            "who-are-you": Smalltalk("who-are-you", ("who are you", "are you a bot", "what are you"), "I am a bot."),
            "start": Smalltalk("start", ("/start",), "Let us begin."),
            "emoji": Smalltalk("emoji", ("🙂",), "Nice."),
            "nothing-said": Smalltalk("nothing-said", ("...",), "Say something."),
        },
        wording=Wording(
            abbreviations={"u": "you", "r": "are", "wat": "what", "whats": "what is", "n": "and"},
            filler=tuple(
                "a an the of in on at by to from for with about is are was were do does did has have had will would "
                "can could i you he him his she her they them their it its this that who whom what which when where "
                "why how not and or but also so then too well please tell me".split()
            ),
            pleasantries=tuple("so very much really you all there friend from again for the a what".split()),
            asking={
                Kind.WHEN: ("when", "what day"),
                Kind.WHERE: ("where",),
                Kind.WHY: ("why", "reason"),
                Kind.AGE: ("how old", "age"),
                Kind.HOW_MUCH: ("how much",),
            },
            nouns={
                "person": ("guy", "man", "billionaire"),
                "head": ("boss", "chief", "head", "ceo"),
                "founder": ("founder", "creator"),
                "owner": ("owner",),
                "made": ("maker", "creator"),
                "organisation": ("firm", "company"),
                "verb_head": ("runs", "heads"),
                "verb_founder": ("founded",),
                "verb_owner": ("owns",),
                "verb_made": ("makes", "made"),
            },
        ),
        languages={language.code: language for language in _languages()},
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


def _entries() -> tuple[Entry, ...]:
    return (
        _entry(
            "altman-age",
            9,
            "The 39-year-old CEO",
            ("How old is Altman?", "Altman's age", "What is the age of Altman?", "age of Sam Altman", "is Altman old"),
            answer="Altman is 39.",
        ),
        _entry(
            "altman-expects",
            1,
            "Trump will champion artificial intelligence",
            (
                "What does Altman expect of Trump?",
                "Altman's hope for Trump",
                "Does Altman believe in Trump?",
                "Is Trump Altman's hope?",
                "What does Altman hope for from Trump?",
            ),
            answer="Altman expects Trump to champion artificial intelligence.",
            follow_ups=("altman-age", "musk-donated"),
            lead=Lead(yes=("expect",), no=("doubt",)),
        ),
        _entry(
            "musk-donated",
            3,
            "donated hundreds of millions of dollars to Trump",
            (
                "How much did Musk donate?",
                "Musk's donation to Trump",
                "What did Musk give Trump?",
                "How much money did Musk donate to Trump?",
                "Did Musk donate to Trump?",
            ),
            answer="Musk donated hundreds of millions of dollars.",
            lead=Lead(yes=("donate",)),
        ),
        _entry(
            "musk-sued",
            3,
            "sued OpenAI, the company he helped start",
            (
                "Who sued OpenAI?",
                "Did Musk sue OpenAI?",
                "the lawsuit of Musk against OpenAI",
                "Whom did Musk sue?",
                "Was OpenAI sued by Musk?",
            ),
            answer="Musk sued OpenAI.",
        ),
        _entry(
            "vance-regulation",
            5,
            "whether OpenAI and Meta want regulation because it helps them",
            (
                "What does Vance ask about regulation?",
                "Why do OpenAI and Meta want regulation?",
                "Vance on regulation",
                "What does Vance criticise?",
                "Vance's doubts about regulation",
            ),
            answer="Vance asked whether regulation helps OpenAI and Meta.",
        ),
        _entry(
            "ai-needs",
            7,
            "needs energy, computer chips and data centers",
            (
                "What does artificial intelligence need?",
                "What infrastructure does it need?",
                "the need for data centers",
                "Why are chips and energy needed?",
                "energy, chips and data centers",
            ),
            answer="It needs energy, computer chips and data centers.",
            follow_ups=("altman-expects",),
        ),
        _entry(
            "summary",
            1,
            "Altman believes that Trump",
            ("What is it about?", "summary", "sum it up", "a summary please", "the gist of the article"),
            answer="Altman believes in Trump.",
        ),
    )


def _entry(  # noqa: PLR0913 (an entry has so many parts)
    id_: str,
    line: int,
    quote: str,
    asked: tuple[str, ...],
    *,
    answer: str,
    follow_ups: tuple[str, ...] = (),
    lead: Lead | None = None,
) -> Entry:
    return Entry(id_, asked[0], answer, (Evidence(line, quote),), asked[1:], follow_ups, lead or Lead())


def _unstated() -> tuple[Unstated, ...]:
    return (
        Unstated(
            "wife",
            "The article does not speak of the wife of {who}.",
            ("altman", "musk", "trump"),
            ("altman-age",),
            ("Who is {who}'s wife?", "{who}'s wife", "Is {who} married?", "the wife of {who}", "married {who}"),
        ),
        Unstated(
            "verdict",
            "The article does not tell how the lawsuit ended.",
            (),
            ("musk-sued",),
            ("Who won the lawsuit?", "the verdict", "Did Musk win in court?", "What did the judge say?", "who won"),
        ),
    )


def _entities() -> tuple[Entity, ...]:
    head, founder, owner = (Tie("head", "openai"), Tie("founder", "openai"), Tie("owner", "tesla"))
    return (
        Entity(
            "altman", "Sam Altman", "person", ("altman", "sam", "@sama"), (head, founder), "m", ("Альтман", "آلتمن")
        ),
        Entity("trump", "Donald Trump", "person", ("trump",), (), "m"),
        Entity("musk", "Elon Musk", "person", ("musk", "elon"), (Tie("head", "tesla"), owner, founder), "m", MUSK),
        Entity("vance", "JD Vance", "person", ("vance",), (), "m"),
        Entity("zuckerberg", "Mark Zuckerberg", "person", ("zuckerberg", "zuck"), (Tie("founder", "meta"),), "m"),
        Entity("openai", "OpenAI", "organisation", ("open ai",), (), ""),
        Entity("tesla", "Tesla", "organisation", (), (), ""),
        Entity("meta", "Meta", "organisation", (), (), ""),
        Entity("microsoft", "Microsoft", "organisation", (), (), ""),
        Entity("chatgpt", "ChatGPT", "product", (), (Tie("made", "openai"),), ""),
    )


def _languages() -> tuple[Language, ...]:
    return (
        Language("en", "English", "latin", "", ("is", "die", "sale"), "English only."),
        Language("ru", "Russian", "cyrillic", "ыэъё", ("кто", "что", "сколько"), "Только английский."),
        Language("uk", "Ukrainian", "cyrillic", "іїєґ", ("хто", "що", "скільки"), "Лише англійська."),
        Language("es", "Spanish", "latin", "ñ¿¡", ("quién", "que", "donde", "sale", "cuánto", "es"), "Solo inglés."),
        Language("pt", "Portuguese", "latin", "ãõ", ("quem", "que", "onde", "não", "é"), "Só inglês."),
        Language("de", "German", "latin", "äöüß", ("wer", "wie", "ist", "die", "was", "alt"), "Nur Englisch."),
        Language("zh", "Chinese", "han", "", (), "只懂英文。"),
        Language("ja", "Japanese", "kana", "", (), "英語だけです。"),
        Language("ko", "Korean", "hangul", "", (), "영어만 압니다."),
        Language("ar", "Arabic", "arabic", "ةيك", ("من", "كم"), "الإنجليزية فقط."),
        Language("fa", "Persian", "arabic", "پچیک", ("کیست", "چند"), "فقط انگلیسی."),
    )


def _concepts() -> tuple[Concept, ...]:
    return (
        Concept("criticise", ("criticise", "critic", "find fault with", "tear … apart"), relation=True, asks=False),
        Concept("sue", ("sue", "sued", "suing", "lawsuit", "take … to court"), relation=True, asks=False),
        Concept("donate", ("donate", "donation", "give"), relation=True, asks=False),
        Concept("expect", ("expect", "hope", "believe"), relation=False, asks=False),
        Concept("doubt", ("doubt",), relation=False, asks=False),
        Concept("regulation", ("regulation", "rules"), relation=False, asks=False),
        Concept("data-centers", ("data center", "server farm"), relation=False, asks=False),
        Concept("infrastructure", ("infrastructure",), relation=False, asks=False),
        Concept("short", ("summary", "sum up", "sum … up", "gist"), relation=False, asks=False),
        Concept("marriage", ("wife", "married"), relation=False, asks=False),
        Concept("quote", ("quote", "exact words"), relation=False, asks=False),
        Concept("date", ("calendar day",), relation=False, asks=True),
    )
