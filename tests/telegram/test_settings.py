"""The settings: where they come from, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings

TOKEN = "123456789:AAE-the_rest"


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.delenv("TELEGRAM_API_URL", raising=False)


def token_read() -> str:
    token = read_settings().telegram_bot_token
    return token.get_secret_value() if token else ""


def test_nothing_need_be_set() -> None:
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url is None


def test_the_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nOTHER=1\n", encoding="utf-8")
    assert token_read() == TOKEN
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:A")
    assert token_read() == "1:A"


@pytest.mark.parametrize("empty", ["", "  ", "\t"])
def test_empty_counts_as_unset(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", empty)
    monkeypatch.setenv("TELEGRAM_API_URL", empty)
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url is None


def test_the_example_is_a_file_of_settings_with_nothing_set() -> None:
    example = Path(__file__).parent.parent.parent / ".env.example"
    Path(".env").write_bytes(example.read_bytes())
    assert read_settings().telegram_bot_token is None
    assert "TELEGRAM_BOT_TOKEN=" in example.read_text(encoding="utf-8")
    assert "TELEGRAM_API_URL=" in example.read_text(encoding="utf-8")


def test_the_token_does_not_show() -> None:
    Path(".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}", encoding="utf-8")
    assert "AAE" not in repr(read_settings())


@pytest.mark.parametrize(
    "token", ["123456789", "AAE-the_rest", "123456789:", ":AAE-the_rest", "12 3:AAE", '"1:AAE', "1:AAE/x", "bot1:AAE"]
)
def test_what_is_no_token_is_told_without_it(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is not valid") as caught:
        read_settings()
    assert caught.value.exit_code == 2
    assert caught.value.__context__ is None
    assert "@BotFather" in str(caught.value)
    assert token not in str(caught.value).replace("123456789:AAE-the_rest", "")


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1:8081", "ftp://x", "http://", "https://x/?a=b", "http://x:port", "http://x:0", "http://a b/",
     "http://[x", "http://x/#y"],
)  # fmt: skip
def test_what_is_no_address_is_told(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", url)
    with pytest.raises(SettingsError, match="TELEGRAM_API_URL is not valid"):
        read_settings()


@pytest.mark.parametrize(
    ("url", "root"),
    [("http://127.0.0.1:8081", "http://127.0.0.1:8081"), ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
     (" https://example.org/telegram/ ", "https://example.org/telegram"), ("http://[::1]:8081", "http://[::1]:8081")],
)  # fmt: skip
def test_the_root_of_a_server_is_taken_with_or_without_a_slash(
    monkeypatch: pytest.MonkeyPatch, url: str, root: str
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", url)
    assert read_settings().telegram_api_url == root


def test_both_wrong_are_both_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "x")
    monkeypatch.setenv("TELEGRAM_API_URL", "x")
    with pytest.raises(SettingsError, match=r"TELEGRAM_BOT_TOKEN.*TELEGRAM_API_URL"):
        read_settings()


def test_a_file_that_is_not_text_is_told() -> None:
    Path(".env").write_bytes(b"TELEGRAM_BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        read_settings()
