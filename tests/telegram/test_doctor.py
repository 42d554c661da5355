"""The doctor: each thing that keeps the bot from working is found, told with how to mend it, and changes nothing."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from time import time

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.dialogue.conversation import Conversation
from bot.finding import Finding, Level
from bot.settings import Settings
from bot.telegram.doctor import examine
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import serving, settings_for
from tests.telegram.people import Person

HOOK = "https://bot.example.org/updates"


async def found(settings: Settings, listen: int = 1) -> Mapping[str, Finding]:
    """Return what is found, by what it is about; nothing of it shows the token."""
    findings = await asyncio.to_thread(examine, settings, listen)
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else "none"
    assert all(token.partition(":")[2] not in each.what + each.mend for each in findings if token != "none")
    assert all(bool(each.mend) is (each.level is not Level.OK) for each in findings)
    assert all("\n" not in each.what for each in findings)
    return {each.about: each for each in findings}


def hooked(api: BotApi, **values: str) -> Settings:
    """Return settings for a webhook."""
    known = {"telegram_bot_token": api.token, "telegram_api_url": api.url, "article_bot_webhook_url": HOOK}
    return Settings.model_validate(known | values)


async def test_all_is_well_and_nothing_is_confirmed_or_changed(
    api: BotApi, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await ada.says("hello")
    findings = await found(settings_for(api))
    assert list(findings) == ["server", "token", "polling", "privacy mode", "inline mode", "clock"]
    assert {each.level for each in findings.values()} == {Level.OK}
    assert "@ArticleTestBot" in findings["token"].what
    assert len(api.pending) == 1
    assert {name for name, _ in api.calls} == {"getMe", "getWebhookInfo", "getUpdates"}
    assert all(set(each) == {"limit", "timeout"} for each in api.called("getUpdates"))
    assert api.token.partition(":")[2] not in caplog.text


async def test_a_missing_token_is_wrong() -> None:
    assert (await found(Settings(telegram_bot_token=None)))["token"].level is Level.WRONG


async def test_a_token_that_telegram_does_not_know_is_wrong_but_the_clock_is_still_looked_at(api: BotApi) -> None:
    findings = await found(settings_for(api, token="7312045:AAwrong_half"))
    assert [(each.about, each.level) for each in findings.values()] == [
        ("server", Level.OK), ("token", Level.WRONG), ("clock", Level.OK),
    ]  # fmt: skip
    assert "@BotFather" in findings["token"].mend


async def test_a_server_that_cannot_be_reached_is_wrong() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        values = {"telegram_bot_token": "1:AAsecret-half", "telegram_api_url": url}
        findings = await found(Settings.model_validate(values))
    assert [(each.about, each.level) for each in findings.values()] == [("server", Level.WRONG)]
    assert "TELEGRAM_API_URL" in findings["server"].mend


async def test_a_server_that_fails_is_wrong_and_its_words_do_not_show_the_token(api: BotApi) -> None:
    api.broken = True
    assert (await found(settings_for(api)))["server"].level is Level.WRONG


async def test_what_the_webhook_is_like_may_not_be_told(api: BotApi) -> None:
    api.failures["getWebhookInfo"] = 9
    assert (await found(settings_for(api)))["updates"].level is Level.WRONG


async def test_a_webhook_is_wrong_where_polling_is_wanted_and_its_path_is_not_shown(api: BotApi) -> None:
    api.webhook = {"url": "https://other.example.org/secret-path"}
    finding = (await found(settings_for(api)))["updates"]
    assert finding.level is Level.WRONG
    assert "other.example.org" in finding.what
    assert "secret-path" not in finding.what
    assert api.called("getUpdates") == []


@pytest.mark.parametrize(
    ("info", "level"),
    [
        ({"url": HOOK}, Level.OK),
        (
            {"url": HOOK, "last_error_message": "SSL error", "last_error_date": int(time()), "pending_update_count": 3},
            Level.WRONG,
        ),
        ({"url": HOOK, "last_error_message": "SSL error", "last_error_date": 1, "pending_update_count": 3}, Level.OK),
        ({"url": HOOK, "last_error_message": "SSL error", "last_error_date": int(time())}, Level.OK),
        ({"url": ""}, Level.WARNING),
        ({"url": "https://other.example.org/x"}, Level.WRONG),
    ],
)
async def test_a_webhook_that_is_wanted_has_to_be_the_right_one_and_to_work(
    api: BotApi, info: dict[str, str | int], level: Level
) -> None:
    api.webhook = info
    assert (await found(hooked(api, article_bot_webhook_secret="a_secret-of-Telegram")))["updates"].level is level


async def test_a_webhook_without_a_secret_is_wrong(api: BotApi) -> None:
    finding = (await found(hooked(api)))["updates"]
    assert (finding.level, "ARTICLE_BOT_WEBHOOK_SECRET" in finding.mend) == (Level.WRONG, True)


async def test_another_poller_is_found_and_carries_on(
    api: BotApi, ada: Person, tiny_conversation: Conversation, tmp_path: Path
) -> None:
    async with serving(api, tiny_conversation):
        elsewhere = settings_for(api).model_copy(update={"article_bot_data_dir": tmp_path})
        finding = (await found(elsewhere, 6))["polling"]
        assert (finding.level, "Another program" in finding.what) == (Level.WRONG, True)
        assert "39" in (await ada.asks("How old is Altman?"))["text"]


async def test_the_bot_that_runs_here_is_not_disturbed(
    api: BotApi, tiny_conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(api, tiny_conversation):
        finding = (await found(settings_for(api), 6))["polling"]
        assert (finding.level, "is not disturbed" in finding.what) == (Level.OK, True)
    assert all("limit" not in each or "offset" in each for each in api.called("getUpdates"))
    assert "Another program polls" not in caplog.text


async def test_settings_at_botfather_that_do_not_suit_the_bot_are_warned_about(api: BotApi) -> None:
    api.abilities = {"can_read_all_group_messages": True, "supports_inline_queries": False}
    findings = await found(settings_for(api))
    assert (findings["privacy mode"].level, findings["inline mode"].level) == (Level.WARNING, Level.WARNING)
    assert "/setprivacy" in findings["privacy mode"].mend
    assert "/setinline" in findings["inline mode"].mend


@pytest.mark.parametrize(
    ("ahead", "level", "words"),
    [(0, Level.OK, ""), (50, Level.OK, ""), (3600, Level.WRONG, "behind"), (-3600, Level.WRONG, "ahead of")],
)
async def test_a_clock_that_is_off_is_wrong(api: BotApi, ahead: float, level: Level, words: str) -> None:
    api.clock = ahead
    finding = (await found(settings_for(api)))["clock"]
    assert finding.level is level
    assert words in finding.what


async def examined(api: BotApi, base: Path, **environment: str) -> Result:
    """Run the command in the current folder."""
    values = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_URL": api.url, **environment}
    return await asyncio.to_thread(CliRunner().invoke, app, ["--base", str(base), "doctor"], env=values)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env is
    monkeypatch.setattr("bot.telegram.doctor.LISTEN", 1)


async def test_the_command_tells_a_line_each_and_succeeds_where_nothing_is_wrong(
    api: BotApi, tiny: Path, kept: Path, tmp_path: Path
) -> None:
    kept.chmod(0o755)
    (tmp_path / ".env").write_text("", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    result = await examined(api, tiny)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("warning  .env: Every user of this machine can read")
    assert lines[2].startswith("warning  data folder: Others can look into")
    assert lines[-2] == "ok       knowledge base: 3 entries, sound and learned."
    assert lines[-1] == "Nothing is wrong."
    assert list(kept.iterdir()) == []


async def test_the_command_fails_where_something_is_wrong_and_never_shows_the_token(
    api: BotApi, tiny: Path, tmp_path: Path
) -> None:
    copytree(tiny, tmp_path / "base")
    (tmp_path / "base/knowledge/entries/1-all.yaml").write_text("topic: [", encoding="utf-8")
    api.revoked = True
    result = await examined(api, tmp_path / "base")
    assert result.exit_code == 1
    assert result.stdout.endswith("\n2 things are wrong.\n")
    assert "wrong    token: " in result.stdout
    assert "wrong    knowledge base: " in result.stdout
    assert api.token.partition(":")[2] not in result.output


async def test_a_setting_of_the_wrong_shape_is_told_and_the_base_still_looked_at(api: BotApi, tiny: Path) -> None:
    result = await examined(api, tiny, TELEGRAM_BOT_TOKEN="no-token-at-all")
    assert result.exit_code == 1
    assert "wrong    settings: TELEGRAM_BOT_TOKEN is not valid." in result.stdout
    assert "no-token-at-all" not in result.output
    assert "ok       knowledge base" in result.stdout
    assert api.calls == []


@pytest.mark.parametrize(("mode", "warned"), [(0o644, True), (0o600, False)])
async def test_the_start_warns_of_a_file_of_secrets_that_all_can_read(
    api: BotApi, tiny: Path, tmp_path: Path, mode: int, warned: bool
) -> None:
    api.revoked = True  # so that it ends
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={api.token}\nTELEGRAM_API_URL={api.url}\n", encoding="utf-8")
    (tmp_path / ".env").chmod(mode)
    result = await asyncio.to_thread(CliRunner().invoke, app, ["--base", str(tiny)])
    assert result.exit_code in (2, 3)
    assert ("Warning: Every user of this machine can read or change the file .env" in result.stderr) is warned
    assert api.token.partition(":")[2] not in result.output
