"""The errors this program shows to people: a plain sentence each, and the exit code that goes with it."""

from __future__ import annotations


class BotError(Exception):
    """Something a person can mend; its text is the whole message."""

    exit_code = 1


class BaseError(BotError):
    """The knowledge base cannot be used; the text lists every problem."""


class SettingsError(BotError):
    """A setting is missing or wrong."""

    exit_code = 2


class TelegramError(BotError):
    """Telegram, or the way to it, does not let the bot work."""

    exit_code = 3


class InputError(BotError):
    """A file or a line given on the command line cannot be read."""


class OutputError(BotError):
    """What is to be shown has nowhere to go."""


class StoreError(BotError):
    """What is kept for the curator cannot be read or written."""


class HealthError(BotError):
    """The bot gives no sign of life."""
