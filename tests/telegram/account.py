"""Who the bot is to the server, and what it tells of itself."""

from __future__ import annotations

import re

from tests.telegram.markup import RejectedError
from tests.telegram.methods import Json


class Account:
    """The bot's account."""

    def __init__(self) -> None:
        super().__init__()
        self.token = "7312045:AAtest-Secret_half"
        self.me: Json = {"id": 7312045, "is_bot": True, "first_name": "Article bot", "username": "ArticleTestBot"}
        self.abilities: Json = {"can_read_all_group_messages": False, "supports_inline_queries": True}
        self.profile: Json = {}
        """What people see of the bot before they write to it."""
        self._last_id = 1000

    def next_id(self) -> int:
        """Return a number that no update and no message has had."""
        self._last_id += 1
        return self._last_id

    def _get_me(self) -> Json:
        return {**self.me, "can_join_groups": True, **self.abilities}

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
