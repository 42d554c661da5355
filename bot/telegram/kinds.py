"""The kinds of message that hold no words, and the sentence that each is met with."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Message

KINDS = {
    "photo": "only_photo",
    "video": "only_video",
    "video_note": "only_video",
    "animation": "only_video",
    "story": "only_video",
    "voice": "only_voice",
    "audio": "only_audio",
    "sticker": "only_sticker",
    "venue": "only_location",
    "location": "only_location",
    "contact": "only_contact",
    "poll": "only_poll",
    "checklist": "only_checklist",
    "dice": "only_dice",
    "document": "only_document",
}
"""The message for each kind; one that is two kinds at once, as a venue is also a location, is the first of them."""


def message_for(message: Message, messages: Mapping[str, str]) -> str:
    """Return what to say to a message without words."""
    return messages[next((says for kind, says in KINDS.items() if getattr(message, kind)), "text_only")]
