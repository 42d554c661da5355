import pytest

from bot.base.scripts import script_of


@pytest.mark.parametrize(
    ("chars", "script"),
    [
        ("aÉł", "latin"),
        ("Мїы", "cyrillic"),
        ("马馬", "han"),
        ("マのー", "kana"),
        ("머", "hangul"),
        ("كپ", "arabic"),
        ("मै", "devanagari"),
        ("ש", "hebrew"),
        ("μ", "greek"),
        ("ก", "thai"),
        ("\x00\ud800\uffff", ""),
    ],
)
def test_a_letter_has_a_script(chars: str, script: str) -> None:
    assert {script_of(char) for char in chars} == {script}
