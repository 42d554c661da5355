import random
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.evaluation.labelled import read
from bot.language.foreign import Languages
from bot.language.names import ForeignNames
from bot.language.spelling import english_ranks
from bot.language.understand import Understander

QUESTIONS = sorted((Path(__file__).parents[1] / "questions").glob("*.jsonl"))

QUESTIONS_IN = {
    "ru": "Сколько лет Альтману?|Почему Маск подал в суд на OpenAI|Чего ждёт Альтман от Трампа?|и Маск?|кто это",
    "uk": "Скільки років Альтману?|Хто такий Ілон Маск|що сказав Венс|чому Маск подав позов",
    "es": "¿Qué espera Altman de Trump?|Quién es Elon Musk|quien demando a OpenAI|edad de Altman|no entiendo",
    "de": "Wie alt ist Altman?|Wer hat OpenAI verklagt?|Was erwartet Altman von Trump|worum geht es in dem Artikel",
    "fr": "Quel âge a Altman ?|Qui a poursuivi OpenAI ?|C'est qui Elon Musk ?|de quoi parle l'article|pourquoi",
    "it": "Quanti anni ha Altman?|Chi ha fatto causa a OpenAI?|Chi è Musk|di cosa parla l'articolo",
    "pt": "Quantos anos tem Altman?|Quem processou a OpenAI?|O que Altman espera de Trump?|não entendo",
    "tr": "Altman kaç yaşında?|OpenAI'ye kim dava açtı?|Altman Trump'tan ne bekliyor?|Elon Musk kimdir",
    "pl": "Ile lat ma Altman?|Kto pozwał OpenAI?|Kim jest Musk?|Czego Altman oczekuje od Trumpa?",
    "id": "Berapa umur Altman?|Siapa Elon Musk?|mengapa Musk menggugat OpenAI|artikel ini tentang apa",
    "nl": "Hoe oud is Altman?|Wie heeft OpenAI aangeklaagd?|waarom",
    "vi": "Altman bao nhiêu tuổi?|Ai đã kiện OpenAI?",
    "ar": "من هو إيلون ماسك؟|كم عمر ألتمان؟|لماذا رفع ماسك دعوى ضد OpenAI",
    "fa": "ایلان ماسک کیست؟|آلتمن چند سال دارد؟|چرا ماسک از OpenAI شکایت کرد",
    "ur": "ایلون مسک کون ہے؟|آلٹمین کی عمر کیا ہے",
    "hi": "एलन मस्क कौन है?|ऑल्टमैन की उम्र क्या है|मस्क ने OpenAI पर मुकदमा क्यों किया",
    "zh": "谁起诉了OpenAI?|马斯克是谁|奥特曼多大了？|AI是什么|馬斯克捐了多少錢",
    "ja": "マスクとは誰ですか|アルトマンは何歳ですか？|誰がOpenAIを訴えたのか",
    "ko": "머스크는 누구인가요?|올트먼은 몇 살이야|누가 OpenAI를 고소했나요",
    "el": "Ποιος είναι ο Μασκ;",
    "he": "מי זה אילון מאסק?",
    "th": "อีลอน มัสก์ คือใคร",
}

STRANGE_ENGLISH = (
    "what does c'est la vie mean|naïve Altman résumé|what about İstanbul|Explain 人工智能|what is 马斯克 up to|"
    "translate маска|who is Маск suing|Beyoncé vs Müller|café in Zürich|El Salvador|Der Spiegel|que sera sera meaning|"
    "die hard|wat musk do|wen he sue|ban regs pls|Zückerberg|Zuckerberg's Größe|altman et al|sam n elon beef|"
    "pour money into trump|hoe much did musk giv|hoe old is altman|dat deal|con artist|en masse|coup d'état|altman age|"
    "Musk y Altman|Elon Musk y Sam Altman|AI?|ok|si|MIT|π is what|altman alt|what is Маск's fortune|"
    "data centre energie|kim kardashian|musk vs altman beef tbh|la la land|Trump|la|How much did Маск give трампу?|"
    "wich ceo suied|lol haha"
)


class Reader:
    """Tells the language of a message as the conversation does, names in other scripts first put in English."""

    def __init__(self, base: Base) -> None:
        self._names = ForeignNames(base.entities.values())
        self._languages = Languages(base, english_ranks())

    def of(self, text: str, hint: str = "") -> str:
        return self._languages.of(self._names.in_english(text), hint)


@pytest.fixture(scope="module")
def reader(base: Base) -> Reader:
    return Reader(base)


@pytest.fixture(scope="module")
def small(world: Base, understander: Understander) -> Languages:
    return Languages(world, understander.english)


@pytest.mark.parametrize(("code", "question"), [(c, q) for c, all_ in QUESTIONS_IN.items() for q in all_.split("|")])
def test_a_question_in_another_language_is_told_by_it_whatever_the_hint(
    reader: Reader, code: str, question: str
) -> None:
    assert reader.of(question) == code
    assert reader.of(question, f"{code}-XX") == code
    assert reader.of(question, "en") == code


@pytest.mark.parametrize("message", STRANGE_ENGLISH.split("|"))
def test_english_with_foreign_words_names_typos_and_slang_is_english(reader: Reader, base: Base, message: str) -> None:
    assert [code for code in ("", *base.languages) if reader.of(message, code)] == []


def questions() -> list[str]:
    """Return the labelled questions; smalltalk is recognised before languages are, "hola" too."""
    return [message.q for message in read(QUESTIONS) if message.expect != "smalltalk"]


def test_no_labelled_question_is_foreign_whatever_the_hint(reader: Reader, base: Base) -> None:
    messages = questions()
    taken = [(text, hint) for text in messages for hint in ("", *base.languages) if reader.of(text, hint)]
    assert len(messages) > 1000
    assert taken == []


def test_no_phrasing_of_the_base_is_foreign(reader: Reader, base: Base) -> None:
    asked = [text for entry in base.entries.values() for text in entry.phrasings]
    asked += [text for unstated in base.unstated.values() for text in unstated.phrasings]
    assert [text for text in asked if reader.of(text)] == []


def test_no_labelled_question_with_slips_of_the_finger_is_foreign(reader: Reader) -> None:
    random_ = random.Random(5)  # noqa: S311 (nothing secret)
    taken = []
    for message in questions():
        letters = list(message)
        for _ in range(max(1, len(letters) // 12)):
            place = random_.randrange(len(letters))
            letters[place : place + 2] = letters[place : place + 2][::-1]
        if reader.of("".join(letters)):
            taken.append("".join(letters))
    assert taken == []


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("que?", "", "es"),
        ("que?", "pt-br", "pt"),
        ("que?", "PT_br", "pt"),
        ("que?", "de", "es"),
        ("中国?", "", "zh"),
        ("中国?", "ja", "ja"),
        ("中国?", "ko", "zh"),
        ("привет друг", "", "ru"),
        ("привет друг", "uk", "uk"),
        ("кто друг", "uk", "ru"),
        ("سلام", "", "ar"),
        ("سلام", "fa", "fa"),
    ],
)
def test_the_hint_only_breaks_ties(small: Languages, text: str, hint: str, code: str) -> None:
    assert small.of(text, hint) == code


def test_a_script_of_no_listed_language_is_answered_in_the_persons_own_or_in_english(small: Languages) -> None:
    assert small.of("ვინ არის") == "en"
    assert small.of("ვინ არის", "ru") == "ru"
    assert small.of("ვინ არის", "xx") == "en"


def test_a_word_that_is_english_too_makes_nothing_foreign(small: Languages) -> None:
    assert small.of("die sale") == ""
    assert small.of("wie alt die") == "de"


def test_twice_as_many_foreign_words_as_english_ones_are_needed(small: Languages) -> None:
    assert small.of("quien donde cuanto tell") == "es"
    assert small.of("quien donde tell") == ""


@pytest.mark.parametrize("text", ["", "   ", "?!", "39", "😀", "\ud800", "\x00", "¿", "@", "a\u0336"])
def test_nothing_is_of_no_language(small: Languages, text: str) -> None:
    assert small.of(text) == ""


def test_inflected_surnames_are_named(small: Languages) -> None:
    assert small.named("Kto pozwał Muskiem i Altmana, Trump'tan?") == "kto pozwal musk i altman trump tan"
