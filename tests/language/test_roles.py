import pytest

from bot.language.understand import Understander


def roles(understander: Understander, message: str) -> dict[str, str]:
    units = understander.phrasing(message).units
    return {entity: unit.role.value for unit in units for entity in unit.entities}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("who criticised Vance", {"vance": "patient"}),
        ("who did Vance criticise", {"vance": "agent"}),
        ("Musk sued OpenAI", {"musk": "agent", "openai": "patient"}),
        ("did Musk sue OpenAI", {"musk": "agent", "openai": "patient"}),
        ("was OpenAI sued by Musk", {"openai": "patient", "musk": "agent"}),
        ("OpenAI got sued by Musk", {"openai": "patient", "musk": "agent"}),
        ("who was sued by Musk", {"musk": "agent"}),
        ("did Musk take OpenAI to court", {"musk": "agent", "openai": "patient"}),
        ("what does Altman think of Trump", {"altman": "agent", "trump": "patient"}),
    ],
)
def test_who_does_and_who_is_done_to(understander: Understander, message: str, expected: dict[str, str]) -> None:
    assert roles(understander, message) == expected


@pytest.mark.parametrize("message", ["how old is Altman", "Altman and regulation", "Altman's hope for Trump"])
def test_without_a_deed_nobody_does_anything(understander: Understander, message: str) -> None:
    assert set(roles(understander, message).values()) == {""}
