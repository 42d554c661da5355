"""The contexts of many chats, kept in bounded memory and nowhere else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from bot.dialogue.model import Context


class Chats:
    """Remembers the context of each chat; the one unused for longest is forgotten when there are too many."""

    def __init__(self, limit: int = 10_000) -> None:
        """Take the number of chats to remember, at least 1."""
        self._limit = limit
        self._contexts: OrderedDict[Hashable, Context] = OrderedDict()

    def get(self, key: Hashable) -> Context:
        """Return the context of a chat, an empty one for a chat that is new or forgotten."""
        context = self._contexts.get(key)
        if context is None:
            return Context()
        self._contexts.move_to_end(key)
        return context

    def put(self, key: Hashable, context: Context) -> None:
        """Remember the context of a chat."""
        self._contexts[key] = context
        self._contexts.move_to_end(key)
        if len(self._contexts) > self._limit:
            self._contexts.popitem(last=False)

    def __len__(self) -> int:
        return len(self._contexts)
