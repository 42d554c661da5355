"""The settings: where they come from, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings

TOKEN = "123456789:AAE-the_rest"


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


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


def test_the_example_is_a_file_of_settings_with_nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    example = Path(__file__).parent.parent.parent / ".env.example"
    Path(".env").write_bytes(example.read_bytes())
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert read_settings() == Settings(_env_file=None)  # type: ignore[call-arg]
    for name in Settings.model_fields:
        assert f"\n{name.upper()}=" in example.read_text(encoding="utf-8")


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


def test_what_is_kept_for_the_curator_has_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    settings = read_settings()
    assert (settings.article_bot_keep_misses, settings.article_bot_keep_days) == (True, 30)
    assert settings.article_bot_data_dir.name == "article-bot"
    assert settings.store_path.parent == settings.article_bot_data_dir


def test_what_is_kept_for_the_curator_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("ARTICLE_BOT_DATA_DIR", " ~/bot ")
    monkeypatch.setenv("ARTICLE_BOT_KEEP_MISSES", "FALSE ")
    monkeypatch.setenv("ARTICLE_BOT_KEEP_DAYS", " 7 ")
    settings = read_settings()
    assert settings.store_path == Path("/home/ada/bot/misses.sqlite")
    assert (settings.article_bot_keep_misses, settings.article_bot_keep_days) == (False, 7)


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_setting_of_what_is_kept_is_the_default(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    before = read_settings()
    for name in ("ARTICLE_BOT_DATA_DIR", "ARTICLE_BOT_KEEP_MISSES", "ARTICLE_BOT_KEEP_DAYS"):
        monkeypatch.setenv(name, empty)
    assert read_settings() == before


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "many", "99999999999"])
def test_a_number_of_days_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("ARTICLE_BOT_KEEP_DAYS", days)
    told = r"^ARTICLE_BOT_KEEP_DAYS is not valid\. It must be a whole number of days from 1 to 3650, such as 30\.$"
    with pytest.raises(SettingsError, match=told):
        read_settings()


def test_what_is_neither_true_nor_false_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE_BOT_KEEP_MISSES", "perhaps")
    with pytest.raises(SettingsError, match=r"^ARTICLE_BOT_KEEP_MISSES is not valid\. It must be true or false\.$"):
        read_settings()


def test_a_home_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE_BOT_DATA_DIR", "~no-such-person/bot")
    with pytest.raises(SettingsError, match=r"^ARTICLE_BOT_DATA_DIR is not valid\. Its ~ names no home folder\."):
        read_settings()
