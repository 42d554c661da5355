"""What a message asks: its own words, or those it quotes or replies to."""

from __future__ import annotations

from telegram import Message, User

from bot.telegram.addressed import is_mine, replied_to, replies_to


def readings(me: User, message: Message, said: str) -> tuple[str, ...]:
    """Return what a message may ask, in the order to try it.

    First come its own words, if there are any ("@bot ?" in reply to a question has none); then the words it quotes,
    from this chat or another, or replies to. What the bot itself said is no question.
    """
    own = (said,) if any(char.isalnum() for char in said) else ()
    return (*own, *quoted(me, message, alone=not own)) or (said,)


def quoted(me: User, message: Message, *, alone: bool) -> tuple[str, ...]:
    """Return the words that a message quotes or replies to.

    Where it stands `alone`, without words of its own, the channel's post above it is meant as well.
    """
    if replies_to(me, message):
        return ()
    if message.quote:
        return (message.quote.text,)
    replied = message.reply_to_message if alone else replied_to(message)
    text = (replied.text or replied.caption) if replied else None
    return (text,) if text else ()


def is_own(me: User, message: Message) -> bool:
    """Tell whether the words of a message are its sender's alone: neither passed on nor said to somebody else's.

    "My neighbour Bob's question" tells of Bob, who may want it forgotten, and cannot have it found.
    """
    replied = replied_to(message)
    of_others = message.forward_origin or message.external_reply or (replied and not is_mine(me, replied))
    return not of_others
