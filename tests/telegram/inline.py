"""What Telegram takes as the answer to an inline query."""

from __future__ import annotations

import re
from typing import Any

from tests.telegram.markup import RejectedError, check_keyboard, check_text, parse_html

Json = dict[str, Any]


def check_results(results: list[Json], button: Json | None) -> None:
    """Reject results that Telegram would not show, or would not send as a message."""
    if len(results) > 50:
        raise RejectedError("RESULTS_TOO_MUCH")
    ids = [each["id"] for each in results]
    if len(set(ids)) < len(ids):
        raise RejectedError("RESULT_ID_DUPLICATE")
    for each in results:
        _check_article(each)
    if button is None:
        return
    if set(button) != {"text", "start_parameter"} or not button["text"].strip():
        raise RejectedError("BUTTON_INVALID")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]):
        raise RejectedError("START_PARAM_INVALID")


def _check_article(result: Json) -> None:
    known = {"type", "id", "title", "description", "input_message_content", "reply_markup"}
    if set(result) - known or result["type"] != "article":
        raise RejectedError(f"can't parse inline query result: {sorted(result)}")
    if not 1 <= len(result["id"].encode()) <= 64:
        raise RejectedError("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise RejectedError("ARTICLE_TITLE_EMPTY")
    content = result["input_message_content"]
    if set(content) != {"message_text", "parse_mode", "link_preview_options"} or content["parse_mode"] != "HTML":
        raise RejectedError(f"can't parse input message content: {sorted(content)}")
    if content["link_preview_options"] != {"is_disabled": True}:
        raise RejectedError("link previews are to be off")
    check_text(parse_html(content["message_text"]).text)
    if "reply_markup" in result:
        check_keyboard(result["reply_markup"])
