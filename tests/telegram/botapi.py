"""A strict Bot API server over real HTTP on the loopback, with switches for what can go wrong."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from time import time
from typing import Any, Self

from tests.telegram.http import Answer, HttpServer, LostError
from tests.telegram.inline import check_results
from tests.telegram.markup import RejectedError, check_keyboard, check_text, parse_html, units

PATIENCE = 20.0
"""Seconds after which a test gives up waiting for the bot."""

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


REFUSALS = {"401": "Unauthorized", "404": "Not Found"}
"""What a server says that does not know a token, though it may be ailing."""


class ApiError(Exception):
    """A response other than success."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.content = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.content["parameters"] = parameters
        self.code = code


class BotApi:
    """Telegram as one bot sees it; whatever the bot does wrong is refused and noted in `violations`."""

    def __init__(self) -> None:  # noqa: PLR0915 (a switch for each thing that can go wrong)
        self.token = "7312045:AAtest-Secret_half"
        self.me: Json = {"id": 7312045, "is_bot": True, "first_name": "Article bot", "username": "ArticleTestBot"}
        self.violations: list[str] = []
        self.calls: list[tuple[str, Json]] = []
        self.messages: dict[tuple[int, int], Json] = {}
        self.shown: asyncio.Queue[Json] = asyncio.Queue()
        """What the bot sent or edited, in order."""
        self.acknowledged: dict[str, asyncio.Future[str]] = {}
        """Each press of a button by its id: the text it is answered with, once it is."""
        self.inline: dict[str, asyncio.Future[Json]] = {}
        """Each inline query by its id: what it is answered with, once it is."""
        self.polled = asyncio.Event()
        self.profile: Json = {}
        self.webhook: Json = {"url": ""}
        """What getWebhookInfo tells, but for the number of updates that wait."""
        self.abilities: Json = {"can_read_all_group_messages": False, "supports_inline_queries": True}

        self.lacking: set[str] = set()
        self.conflicts = 0
        """How many of the next polls find that another program polls."""
        self.broken = False
        """Whether everything but getUpdates fails with a 500 that repeats the address."""
        self.revoked = False
        self.floods: dict[str, int] = {}
        """The seconds to ask for at the next call of a method, once."""
        self.failures: dict[str, int] = {}
        """How many of the next calls of a method fail with a 500."""
        self.polls_with: list[Callable[[], Awaitable[Answer]]] = []
        """What the next polls get instead of updates, one each."""
        self.slow: dict[int, asyncio.Event] = {}
        """Chats to which no message goes before the event."""
        self.blocked_by: set[int] = set()
        self.mutes_in: set[int] = set()
        """Chats in which the bot may not write."""
        self.clock = 0.0
        """By how many seconds the clock of the server is ahead."""
        self.uneditable: set[int] = set()
        """Ids of messages too old to be edited or deleted."""
        self.send_faults: dict[str, list[str]] = {}
        """What goes wrong with the next calls of a method, one after another; see `_spoilt`."""
        self.spoils: Callable[[str, int], str] = lambda _, __: "none"
        """Tells what goes wrong with any other call of a method, to a chat or to 0; see `_spoilt`."""
        self.lateness = 1.0
        """Seconds for which the answer of a call spoilt by "late" is held back."""
        self.chat_floods: dict[int, int] = {}
        """The seconds to ask for at the next request to a chat, once."""
        self.supergroups: dict[int, int] = {}
        """The groups that have become supergroups, and what they are now."""
        self.reads_no_html = False

        self._http = HttpServer(self._respond, lambda: time() + self.clock)
        self._updates: list[Json] = []
        self._changed = asyncio.Condition()
        self._allowed: list[str] = []
        self._poll = 0
        self._last_id = 1000

    async def __aenter__(self) -> Self:
        await self._http.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.goes_down()

    async def goes_down(self) -> None:
        """Refuse connections, and end those there are."""
        await self._http.stop()

    async def comes_back(self) -> None:
        """Take connections again, at the same address."""
        await self._http.start()

    def upgrade(self, group: Json, new: int) -> Json:
        """Make a group a supergroup; return what it is now."""
        self.supergroups[group["id"]] = new
        chat = group | {"id": new, "type": "supergroup"}
        self.messages[new, 0] = {"message_id": 0, "chat": chat, "from": {}}
        return chat

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.port}"

    @property
    def pending(self) -> list[Json]:
        """Return the updates not yet confirmed."""
        return list(self._updates)

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    async def publish(self, kind: str, content: Json) -> None:
        """Make an update for the bot to fetch, unless it is of a kind that the bot has said it does not want."""
        if self._allowed and kind not in self._allowed:
            return
        async with self._changed:
            self._updates.append({"update_id": self.next_id(), kind: content})
            self._changed.notify_all()

    def repeat(self, update: Json, times: int) -> None:
        """Have the next polls fetch an update that was fetched before, so many times."""
        again = {"ok": True, "result": [update]}

        async def answer() -> Answer:
            return 200, again

        self.polls_with += [answer] * times

    async def shows(self) -> Json:
        """Wait for the next message sent or edited by the bot, and return it as the Bot API has it."""
        async with asyncio.timeout(PATIENCE):
            return await self.shown.get()

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not met():
                await asyncio.sleep(0.01)

    def called(self, method: str) -> list[Json]:
        """Return the parameters of each call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    async def _respond(self, path: str, form: dict[str, str]) -> Answer:
        if path.endswith("/getUpdates") and self.polls_with:
            return await self.polls_with.pop(0)()
        method = path.rpartition("/")[2]
        faults = self.send_faults.get(method)
        fault = faults.pop(0) if faults else self.spoils(method, int(form.get("chat_id", 0)))
        return await self._spoilt(fault, path, form)

    async def _spoilt(self, fault: str, path: str, form: dict[str, str]) -> Answer:
        """Have something go wrong before a call has its effect, or once it has had it."""
        if fault == "reset before":
            raise LostError
        if fault == "500":
            return 500, ApiError(500, "Internal Server Error").content
        if fault in REFUSALS:
            return int(fault), ApiError(int(fault), REFUSALS[fault]).content
        if fault == "502":
            return 502, b"<html><body><h1>502 Bad Gateway</h1>\nnginx</body></html>"
        status, content = await self._sound(path, form)
        match fault:
            case "reset after":
                raise LostError
            case "cut":
                raise LostError(b'{"ok": true, "result": {"messa')
            case "garbage":
                return status, b"\x00{]not JSON"
            case "late":
                await asyncio.sleep(self.lateness)
            case _:
                assert fault == "none"
        return status, content

    async def _sound(self, path: str, form: dict[str, str]) -> Answer:
        try:
            return 200, {"ok": True, "result": await self._call(path, form)}
        except RejectedError as error:
            self.violations.append(f"{path.rpartition('/')[2]}: {error}")
            return 400, ApiError(400, f"Bad Request: {error}").content
        except ApiError as error:
            return error.code, error.content

    async def _call(self, path: str, form: dict[str, str]) -> Any:  # noqa: ANN401
        prefix, _, method = path.rpartition("/")
        if not re.fullmatch(r"/bot[0-9]+:[\w-]+", prefix) or method in self.lacking:
            raise ApiError(404, "Not Found")
        if prefix != f"/bot{self.token}" or self.revoked:
            raise ApiError(401, "Unauthorized")
        if method not in PARAMETERS:
            raise RejectedError("there is no such method")
        if self.broken and method != "getUpdates":
            raise ApiError(500, f"Internal Server Error at {path}")
        parameters = _read(form, PARAMETERS[method])
        self.calls.append((method, parameters))
        if method in self.floods:
            seconds = self.floods.pop(method)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        chat = parameters.get("chat_id", 0)
        if chat in self.chat_floods:
            seconds = self.chat_floods.pop(chat)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if chat in self.supergroups:
            new = self.supergroups[chat]
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, description, migrate_to_chat_id=new)
        if self.reads_no_html and parameters.get("parse_mode"):
            raise ApiError(400, "Bad Request: can't parse entities: unsupported start tag at byte offset 7")
        if self.failures.get(method, 0):
            self.failures[method] -= 1
            raise ApiError(500, "Internal Server Error")
        if method == "getUpdates":
            return await self._get_updates(**parameters)
        if method == "sendMessage" and (slow := self.slow.get(parameters["chat_id"])):
            await slow.wait()
        answer: Callable[..., Any] = getattr(self, f"_{re.sub('[A-Z]', lambda c: '_' + c[0].lower(), method)}")
        return answer(**parameters)

    def _get_me(self) -> Json:
        return {**self.me, "can_join_groups": True, **self.abilities}

    def _delete_webhook(self, *, drop_pending_updates: bool = False) -> bool:
        if drop_pending_updates:
            self._updates.clear()
        self.webhook = {"url": ""}
        return True

    def _set_webhook(self, url: str, secret_token: str, allowed_updates: list[str]) -> bool:
        if not url.startswith("https://"):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[\w-]{1,256}", secret_token, re.ASCII):
            raise RejectedError("secret token contains unallowed characters")
        self.webhook, self._allowed = {"url": url}, allowed_updates
        return True

    def _get_webhook_info(self) -> Json:
        return {"has_custom_certificate": False, "pending_update_count": len(self._updates), **self.webhook}

    async def _get_updates(
        self, offset: int = 0, limit: int = 100, timeout: int = 0, allowed_updates: list[str] | None = None
    ) -> list[Json]:
        if self.webhook["url"]:
            raise ApiError(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        if allowed_updates is not None:  # else those of the last time hold
            self._allowed = allowed_updates
        self._poll += 1
        mine = self._poll
        until = asyncio.get_running_loop().time() + timeout
        async with self._changed:
            self._changed.notify_all()
            self._updates = [each for each in self._updates if each["update_id"] >= offset]
            while True:
                if self.conflicts or self._poll != mine:
                    self.conflicts = max(0, self.conflicts - 1)
                    raise ApiError(
                        409, "Conflict: terminated by other getUpdates request; make sure that only one bot runs"
                    )
                self.polled.set()
                left = until - asyncio.get_running_loop().time()
                if self._updates or left <= 0:
                    return self._updates[:limit]
                try:
                    async with asyncio.timeout(left):
                        await self._changed.wait()
                except TimeoutError:
                    continue

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

    def _set_my_commands(self, commands: list[Json], scope: Json | None = None) -> bool:
        name = (scope or {"type": "default"})["type"]
        if name not in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
            raise RejectedError("BotCommandScope is not supported")
        if not 1 <= len(commands) <= 100:
            raise RejectedError("BOT_COMMANDS_TOO_MUCH")
        for each in commands:
            if set(each) != {"command", "description"} or not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]):
                raise RejectedError("BOT_COMMAND_INVALID")
            if not 1 <= len(each["description"]) <= 256:
                raise RejectedError("BOT_COMMAND_DESCRIPTION_INVALID")
        self.profile[f"commands for {name}"] = [each["command"] for each in commands]
        return True

    def _set_my_description(self, description: str) -> bool:
        if len(description) > 512:
            raise RejectedError("BOT_DESCRIPTION_TOO_LONG")
        self.profile["description"] = description
        return True

    def _set_my_short_description(self, short_description: str) -> bool:
        if len(short_description) > 120:
            raise RejectedError("BOT_SHORT_DESCRIPTION_TOO_LONG")
        self.profile["short_description"] = short_description
        return True

    def _show(self, message: Json) -> Json:
        self.messages[message["chat"]["id"], message["message_id"]] = message
        self.shown.put_nowait(message)
        return message


def _read(form: dict[str, str], types: dict[str, type]) -> Json:
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
