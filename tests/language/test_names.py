import pytest

from bot.base.model import Base
from bot.language.names import ForeignNames


@pytest.fixture(scope="module")
def names(world: Base) -> ForeignNames:
    return ForeignNames(world.entities.values())


@pytest.fixture(scope="module")
def real(base: Base) -> ForeignNames:
    return ForeignNames(base.entities.values())


@pytest.mark.parametrize(
    "name", ["Маск", "МАСКА", "Илон Маск", "Илона  Маска", "马斯克", "埃隆·马斯克", "マスク", "イーロン・マスク", "ﾏｽｸ",
             "ماسك", "لماسك", "مَاسك", "머스크", "मस्क", "מאסק"]
)  # fmt: skip
def test_a_name_in_another_script_is_put_in_english(names: ForeignNames, name: str) -> None:
    assert names.in_english(name) == "Elon Musk"
    assert names.in_english(f"{name}?") == "Elon Musk?"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How much did Маск give?", "how much did Elon Musk give?"),
        ("马斯克是谁", "Elon Musk 是谁"),
        ("谁起诉了马斯克", "谁起诉了 Elon Musk"),
        ("谁起诉了OpenAI公司", "谁起诉了 openai 公司"),
        ("マスクとは", "Elon Musk とは"),
        ("머스크는?", "Elon Musk 는?"),
        ("Маск и Альтман", "Elon Musk и Sam Altman"),
    ],
)
def test_names_are_found_inside_a_text(names: ForeignNames, text: str, english: str) -> None:
    assert " ".join(names.in_english(text).split()) == english


@pytest.mark.parametrize(
    "text",
    [
        "How old is Musk?",
        "Musk’s “deal”",
        "Маскарад",
        "маски",
        "マスクメロン",
        "머스크랫",
        "ماسكات",
        "",
        "😀",
        "\ud800é",
    ],
)
def test_what_only_looks_like_a_name_stays_as_it_is(names: ForeignNames, text: str) -> None:
    assert names.in_english(text) == text


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Сэм Альтман", "Sam Altman"),
        ("奥特曼", "Sam Altman"),
        ("سام ألتمان", "Sam Altman"),
        ("آلتمن", "Sam Altman"),
        ("Трампом", "Donald Trump"),
        ("特朗普", "Donald Trump"),
        ("ترامپ", "Donald Trump"),
        ("트럼프", "Donald Trump"),
        ("Джей Ди Вэнс", "JD Vance"),
        ("万斯", "JD Vance"),
        ("JDバンス", "JD Vance"),
        ("ज़करबर्ग", "Mark Zuckerberg"),
        ("Цукерберга", "Mark Zuckerberg"),
        ("오픈AI", "OpenAI"),
        ("オープンAI", "OpenAI"),
        ("Теслу", "Tesla"),
        ("特斯拉", "Tesla"),
        ("फेसबुक", "Meta"),
        ("مايكروسوفت", "Microsoft"),
        ("微软", "Microsoft"),
        ("챗GPT", "ChatGPT"),
        ("Китаем", "China"),
        ("美国", "the United States"),
    ],
)
def test_the_real_names_are_known(real: ForeignNames, name: str, english: str) -> None:
    assert real.in_english(name) == english


@pytest.mark.parametrize("text", ["메타버스", "三万斯里兰卡", "メタボ"])
def test_the_real_names_are_not_read_into_other_words(real: ForeignNames, text: str) -> None:
    assert real.in_english(text) == text


def test_every_real_name_is_found_by_itself(real: ForeignNames, base: Base) -> None:
    missed = [
        name
        for entity in base.entities.values()
        for name in entity.foreign
        if real.in_english(f"{name}?") != f"{entity.name}?"
    ]
    assert missed == []
