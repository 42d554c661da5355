"""Turns of a conversation, in as few words as a test needs."""

from collections.abc import Sequence

from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Context

EXPECTS = "What does Altman expect of Trump?"


def last(conversation: Conversation, messages: Sequence[str], context: Context = EMPTY) -> Turn:
    """Return the turn to the last of several messages said one after the other."""
    turn = conversation.respond(messages[0], context)
    for message in messages[1:]:
        turn = conversation.respond(message, turn.context)
    return turn


def stated(turn: Turn) -> list[str]:
    return [each.entry for each in turn.reply.stated]
