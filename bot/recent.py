"""A mapping that keeps only what was used most recently, so that nothing grows with the number of chats ever seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The values used most recently, by their keys."""

    def __init__(self, limit: int) -> None:
        """Take the most values there may be."""
        self._limit = limit
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """Return a value, which counts as using it."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def of(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return a value, which counts as using it; where there is none, one is made and kept."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value; the one unused for longest makes room for it."""
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._limit:
            self._values.popitem(last=False)

    def take(self, wanted: Callable[[Value], bool]) -> tuple[Value, ...]:
        """Remove the values that are wanted, and return them, the one unused for longest first."""
        return tuple(self._values.pop(key) for key in [key for key, value in self._values.items() if wanted(value)])
