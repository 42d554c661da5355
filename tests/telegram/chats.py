"""The chats as the server keeps them: what was written in each, and which of the bot's changes to it are allowed."""

from __future__ import annotations

import asyncio
from time import time
from typing import Any

from tests.telegram.account import Account
from tests.telegram.inline import check_results
from tests.telegram.markup import RejectedError, check_keyboard, check_text, parse_html, units
from tests.telegram.methods import ApiError, Json


class Chats(Account):
    """The messages of all chats, the presses of their buttons, and the inline queries."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: dict[tuple[int, int], Json] = {}
        self.shown: asyncio.Queue[Json] = asyncio.Queue()
        """What the bot sent or edited, in order."""
        self.acknowledged: dict[str, asyncio.Future[str]] = {}
        """Each press of a button by its id: the text it is answered with, once it is."""
        self.inline: dict[str, asyncio.Future[Json]] = {}
        """Each inline query by its id: what it is answered with, once it is."""
        self.slow: dict[int, asyncio.Event] = {}
        """Chats to which no message goes before the event."""
        self.blocked_by: set[int] = set()
        self.mutes_in: set[int] = set()
        """Chats in which the bot may not write."""
        self.uneditable: set[int] = set()
        """Ids of messages too old to be edited or deleted."""

    def _send_message(self, chat_id: int, text: str, **options: Any) -> Json:  # noqa: ANN401
        if chat_id in self.blocked_by:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat_id in self.mutes_in:
            raise ApiError(400, "Bad Request: not enough rights to send text messages to the chat")
        theirs = [message for (chat, _), message in self.messages.items() if chat == chat_id]
        if not theirs:
            raise RejectedError("chat not found")
        message = {"message_id": self.next_id(), "date": int(time()), "chat": theirs[0]["chat"], "from": self.me}
        if "message_thread_id" in options:
            topic = options.pop("message_thread_id")
            if (chat_id, topic) not in self.messages:
                raise RejectedError("message thread not found")
            message |= {"message_thread_id": topic, "is_topic_message": True}
        if quoted := options.pop("reply_parameters", None):
            if set(quoted) - {"message_id", "allow_sending_without_reply"}:
                raise RejectedError(f"unexpected reply_parameters {quoted}")
            if (chat_id, quoted["message_id"]) in self.messages:
                message["reply_to_message"] = self.messages[chat_id, quoted["message_id"]]
            elif not quoted.get("allow_sending_without_reply"):
                raise RejectedError("message to be replied not found")
        return self._show(message | _content(text, **options))

    def _edit_message_text(self, chat_id: int, message_id: int, text: str, **options: Any) -> Json:  # noqa: ANN401
        message = self.messages.get((chat_id, message_id))
        if message is None or message["from"] != self.me:
            raise RejectedError("message to edit not found")
        if message_id in self.uneditable:
            raise ApiError(400, "Bad Request: message can't be edited")
        content = _content(text, **options)
        if all(message.get(name) == content.get(name) for name in ("text", "entities", "reply_markup")):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message",
            )
        kept = {name: value for name, value in message.items() if name not in ("text", "entities", "reply_markup")}
        return self._show(kept | {"edit_date": int(time())} | content)

    def _answer_callback_query(self, callback_query_id: str, text: str = "") -> bool:
        answer = self.acknowledged.get(callback_query_id)
        if answer is None or answer.done():
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if units(text) > 200:
            raise RejectedError("MESSAGE_TOO_LONG")
        answer.set_result(text)
        return True

    def _delete_message(self, chat_id: int, message_id: int) -> bool:
        message = self.messages.get((chat_id, message_id))
        if message is None or message["from"] != self.me:
            raise RejectedError("message to delete not found")
        if message_id in self.uneditable:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        del self.messages[chat_id, message_id]
        return True

    def _answer_inline_query(self, inline_query_id: str, results: list[Json], **options: Any) -> bool:  # noqa: ANN401
        answer = self.inline.get(inline_query_id)
        if answer is None or answer.done():
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        check_results(results, options.get("button"))
        if "cache_time" not in options:
            raise RejectedError("cache_time is to be set")
        answer.set_result({"results": results, **options})
        return True

    def _show(self, message: Json) -> Json:
        self.messages[message["chat"]["id"], message["message_id"]] = message
        self.shown.put_nowait(message)
        return message


def _content(
    text: str, parse_mode: str = "", reply_markup: Json | None = None, link_preview_options: Json | None = None
) -> Json:
    """Return the fields of a message that editing replaces, or reject them."""
    if parse_mode not in ("", "HTML"):
        raise RejectedError("unsupported parse_mode")
    if link_preview_options != {"is_disabled": True}:
        raise RejectedError("link previews are to be off")
    parsed = parse_html(text) if parse_mode else None
    content: Json = {"text": parsed.text.strip() if parsed else text.strip()}
    check_text(content["text"])
    if parsed and parsed.entities:
        content["entities"] = parsed.entities
    if reply_markup:
        check_keyboard(reply_markup)
        content["reply_markup"] = reply_markup
    return content
