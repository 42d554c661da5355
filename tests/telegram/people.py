"""People who write to the bot, in private or in a group."""

from __future__ import annotations

import asyncio
import re
from time import time
from typing import Any

from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.markup import parse_html, units
from tests.telegram.methods import Json


class Person:
    """Somebody in a chat with the bot; `group` makes it one with many people."""

    def __init__(
        self, api: BotApi, number: int = 501, *, group: bool | int = False, topic: int = 0, language: str = "en"
    ) -> None:
        """Take a number for the person; `group` may be the number of a group, so that several can be in one."""
        self.api = api
        self.user: Json = {"id": number, "is_bot": False, "first_name": "Ada", "language_code": language}
        self.chat: Json = {"id": number, "type": "private", "first_name": "Ada"}
        if group:
            place = -100_000 - (number if group is True else group)
            self.chat = {"id": place, "type": "supergroup", "title": "Readers", "is_forum": bool(topic)}
        self._topic: Json = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        if topic:
            # What nobody chose to reply to replies to the notice that the topic was opened.
            notice = {"message_id": topic, "date": 1_750_000_000, "chat": self.chat, "from": self.user}
            notice |= self._topic | {"forum_topic_created": {"name": "Topic", "icon_color": 7_322_096}}
            api.messages[self.chat["id"], topic] = notice
            self._topic["reply_to_message"] = notice

    async def says(self, text: str, **fields: Any) -> Json:  # noqa: ANN401
        """Send a text; the commands and mentions in it are marked as Telegram does."""
        return await self.sends(text=text, **({"entities": marks} if (marks := _marks(text)) else {}), **fields)

    async def sends(self, **fields: Any) -> Json:  # noqa: ANN401
        """Send a message with these fields."""
        number = self.api.next_id()
        message: Json = {"message_id": number, "date": int(time()), "chat": self.chat, "from": self.user}
        message |= self._topic | fields
        self.api.messages[self.chat["id"], number] = message
        await self.api.publish("message", message)
        return message

    async def comments(self, post: Json, text: str, **fields: Any) -> Json:  # noqa: ANN401
        """Send a text below a channel's post; where it replies to nothing else, it replies to the post."""
        return await self.says(text, **({"reply_to_message": post, "message_thread_id": post["message_id"]} | fields))

    async def edits(self, message: Json, text: str, **fields: Any) -> Json:  # noqa: ANN401
        """Edit a message sent before."""
        edited = message | {"text": text, "edit_date": int(time()), "entities": _marks(text)} | fields
        self.api.messages[self.chat["id"], message["message_id"]] = edited
        await self.api.publish("edited_message", edited)
        return edited

    async def adds(self, before: str, after: str) -> None:
        """Change what the bot is in the chat, as from "left" to "member"."""
        number = self.api.next_id()
        # So that the server knows the chat.
        self.api.messages[self.chat["id"], number] = {"message_id": number, "date": 0, "chat": self.chat, "from": {}}
        change = {"chat": self.chat, "from": self.user, "date": int(time())}
        change["old_chat_member"] = {"user": self.api.me, "status": before} | _rights(before)
        change["new_chat_member"] = {"user": self.api.me, "status": after} | _rights(after)
        await self.api.publish("my_chat_member", change)

    async def types(self, query: str) -> Json:
        """Type an inline query in some chat, and return what it is answered with."""
        number = str(self.api.next_id())
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.api.inline[number] = answer
        await self.api.publish("inline_query", {"id": number, "from": self.user, "query": query, "offset": ""})
        async with asyncio.timeout(PATIENCE):
            return await answer

    async def chooses(self, result: Json) -> Json:
        """Send one of the results of an inline query, into this chat."""
        parsed = parse_html(result["input_message_content"]["message_text"])
        marks = {"entities": parsed.entities} if parsed.entities else {}
        return await self.sends(text=parsed.text, via_bot=self.api.me, reply_markup=result["reply_markup"], **marks)

    async def asks(self, text: str) -> Json:
        """Send a text and return what the bot says to it."""
        await self.says(text)
        return await self.api.shows()

    async def presses(self, message: Json, label: str) -> str:
        """Press the button with this label, and return the text that the press is answered with."""
        data = {button["text"]: button.get("callback_data", "") for button in buttons(message)}
        return await self.presses_data(message, data[label])

    async def presses_data(self, message: Json, data: str) -> str:
        """Press a button that carries this data, there or not, as one of an earlier version of the bot may."""
        return await self.presses_with(message=message, data=data)

    async def presses_with(self, **fields: Any) -> str:  # noqa: ANN401
        """Press a button that makes an update with these fields."""
        number = str(self.api.next_id())
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.api.acknowledged[number] = answer
        await self.api.publish("callback_query", {"id": number, "from": self.user, "chat_instance": "1", **fields})
        async with asyncio.timeout(PATIENCE):
            return await answer


def buttons(message: Json) -> list[Json]:
    """Return the buttons under a message."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def labels(message: Json) -> list[str]:
    """Return the texts of the buttons under a message."""
    return [button["text"] for button in buttons(message)]


def marked(message: Json, type_: str) -> list[str]:
    """Return the parts of a message's text that are marked so."""
    text = message["text"].encode("utf-16-le")
    spans = [(each["offset"], each["length"]) for each in message.get("entities", []) if each["type"] == type_]
    return [text[2 * offset : 2 * (offset + length)].decode("utf-16-le") for offset, length in spans]


def _rights(status: str) -> Json:
    if status == "kicked":
        return {"until_date": 0}
    names = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
        "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
    )
    return dict.fromkeys(names.split(), False) if status == "administrator" else {}


def _marks(text: str) -> list[Json]:
    found = [("bot_command", match) for match in re.finditer(r"^/\w+(?:@\w+)?", text)]
    found += [("mention", match) for match in re.finditer(r"(?<!\w)@\w+", text)]
    return [
        {"type": type_, "offset": units(text[: match.start()]), "length": units(match[0])} for type_, match in found
    ]
