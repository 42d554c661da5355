"""The methods of the Bot API: what each takes, and how a call of one can fail."""

from __future__ import annotations

import json
from typing import Any

from tests.telegram.markup import RejectedError

Json = dict[str, Any]

PARAMETERS: dict[str, dict[str, type]] = {
    "getMe": {},
    "deleteWebhook": {"drop_pending_updates": bool},
    "setWebhook": {"url": str, "secret_token": str, "allowed_updates": list},
    "getWebhookInfo": {},
    "getUpdates": {"offset": int, "limit": int, "timeout": int, "allowed_updates": list},
    "sendMessage": {
        "chat_id": int, "message_thread_id": int, "text": str, "parse_mode": str, "reply_markup": dict,
        "link_preview_options": dict, "reply_parameters": dict,
    },
    "editMessageText": {
        "chat_id": int, "message_id": int, "text": str, "parse_mode": str, "reply_markup": dict,
        "link_preview_options": dict,
    },
    "answerCallbackQuery": {"callback_query_id": str, "text": str},
    "deleteMessage": {"chat_id": int, "message_id": int},
    "answerInlineQuery": {
        "inline_query_id": str, "results": list, "cache_time": int, "is_personal": bool, "next_offset": str,
        "button": dict,
    },
    "setMyCommands": {"commands": list, "scope": dict},
    "setMyDescription": {"description": str},
    "setMyShortDescription": {"short_description": str},
}  # fmt: skip
"""The parameters of each method that the bot uses, and their types."""


class ApiError(Exception):
    """A response other than success."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.content = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.content["parameters"] = parameters
        self.code = code


def read(form: dict[str, str], types: dict[str, type]) -> Json:
    """Return the parameters as what they are meant to be, or reject them."""
    read: Json = {}
    for name, value in form.items():
        if name not in types:
            raise RejectedError(f"unexpected parameter {name}")
        try:
            read[name] = value if types[name] is str else json.loads(value)
        except ValueError:
            raise RejectedError(f"can't parse {name}") from None
        if type(read[name]) is not types[name]:
            raise RejectedError(f"{name} must be {types[name].__name__}")
    return read
