"""Who is in the small world of `tests/world.py`, and the words it is spoken of in."""

from bot.base.model import Concept, Entity, Kind, Language, Tie, Wording

MUSK = ("Маск", "Маска", "Илон", "Илона", "马斯克", "埃隆", "マスク", "イーロン", "머스크", "ماسك", "मस्क", "מאסק")
"""The names of Musk in other scripts."""


def wording() -> Wording:
    return Wording(
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
    )


def entities() -> tuple[Entity, ...]:
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


def languages() -> tuple[Language, ...]:
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


def concepts() -> tuple[Concept, ...]:
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
