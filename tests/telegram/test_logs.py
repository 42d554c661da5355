"""The token stays out of the logs, whoever writes them and however."""

from __future__ import annotations

import io
import logging
from urllib.parse import quote

import pytest
from telegram.error import NetworkError

from bot.dialogue.conversation import Conversation
from bot.telegram.logs import TEXTS, Detail, Guard, guarded
from bot.telegram.patience import LONGEST_REASON, reason
from tests.telegram.conftest import Running
from tests.telegram.people import Person

TOKEN = "123456:AAtop_secret"


def logged(*args: object, exc_info: BaseException | None = None) -> str:
    """Return what a handler with the guard writes for one record."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Guard(TOKEN))
    logger = logging.Logger("somebody")
    logger.addHandler(handler)
    logger.error(*args, exc_info=exc_info)
    return stream.getvalue()


@pytest.mark.parametrize("form", [TOKEN, quote(TOKEN, safe=""), "AAtop_secret"])
def test_each_form_of_the_token_is_taken_out(form: str) -> None:
    assert "secret" not in logged(f"in the text {form}")
    assert "secret" not in logged("in a value %s, %r", form, {"url": form})
    assert "secret" not in logged("in values that do not fit %d", form)


def test_a_bug_is_told_in_full_but_for_the_token() -> None:
    text = logged("Broken.", exc_info=RuntimeError(f"about {TOKEN}"))
    assert text == "Broken.\nRuntimeError: about <token>\n"


def test_a_failure_of_telegram_takes_one_line() -> None:
    error = NetworkError(f"no way to {TOKEN}\nat all")
    assert logged("Polling.", exc_info=error) == "Polling. (NetworkError: no way to <token> at all)\n"


@pytest.mark.parametrize("before", range(LONGEST_REASON - 40, LONGEST_REASON + 2))
def test_a_failure_that_tells_much_is_not_cut_within_the_token(before: int) -> None:
    error = NetworkError(f"{'x' * before} {TOKEN} and so on\n<html>")
    told = reason(error)
    assert "AAtop" not in told.replace(TOKEN, "")
    assert "html" not in told
    assert len(told) <= LONGEST_REASON


def test_the_client_does_not_print_addresses_and_all_is_put_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    before = logging.getLogger("httpx").level
    filters = [list(handler.filters) for handler in logging.getLogger().handlers]
    with guarded(TOKEN):
        logging.getLogger("httpx").info("HTTP Request: POST http://x/bot%s/getMe", TOKEN)
        logging.getLogger("any").info("Kept, with %s.", TOKEN)
    assert "HTTP Request" not in caplog.text
    assert "Kept, with <token>." in caplog.text
    assert logging.getLogger("httpx").level == before
    assert [list(handler.filters) for handler in logging.getLogger().handlers] == filters


def test_a_response_that_is_no_json_is_not_shown() -> None:
    record = logging.LogRecord(
        "telegram.request.BaseRequest", logging.ERROR, "", 0, "Can not load: %s", ("words",), None
    )
    assert not Guard(TOKEN).filter(record)


@pytest.mark.parametrize(
    ("detail", "debug", "texts"),
    [(Detail.INFO, False, False), (Detail.DEBUG, True, False), (Detail.TEXTS, True, True)],
)
def test_what_people_write_is_logged_on_request_only(
    detail: Detail, debug: bool, texts: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setLevel(logging.DEBUG)
    with guarded(TOKEN, detail):
        logging.getLogger("bot.telegram.handlers").debug("An update was ignored.")
        logging.getLogger(TEXTS).debug("Somebody's words")
    assert ("was ignored" in caplog.text) == debug
    assert ("Somebody's words" in caplog.text) == texts


async def test_a_message_is_logged_with_what_is_made_of_it(
    conversation: Conversation, running: Running, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setLevel(logging.DEBUG)
    async with running(conversation):
        await ada.asks("How old is Altman?")
        assert "How old" not in caplog.text
        with guarded(TOKEN, Detail.TEXTS):
            await ada.asks("How old is Altman?")
    assert "'How old is Altman?' is met with: answer." in caplog.text


def test_another_secret_has_a_name_of_its_own_in_its_place(caplog: pytest.LogCaptureFixture) -> None:
    with guarded("a-secret-of-a-webhook", instead="<secret>"):
        logging.getLogger("any").warning("It is %s.", "a-secret-of-a-webhook")
    assert "It is <secret>." in caplog.text
