"""What a message asks: its own words, or those it quotes or replies to."""

from __future__ import annotations

from telegram import Message, User

from bot.telegram.addressed import replies_to


def readings(me: User, message: Message, said: str) -> tuple[str, ...]:
    """Return what a message may ask, in the order to try it.

    First come its own words, if there are any ("@bot ?" in reply to a question has none); then the words it quotes,
    from this chat or another, or replies to. What the bot itself said is no question.
    """
    own = (said,) if any(char.isalnum() for char in said) else ()
    return (*own, *_quoted(me, message)) or (said,)


def _quoted(me: User, message: Message) -> tuple[str, ...]:
    if replies_to(me, message):
        return ()
    if message.quote:
        return (message.quote.text,)
    replied = message.reply_to_message
    text = (replied.text or replied.caption) if replied else None
    return (text,) if text else ()
