"""Labelled messages and replies to judge them by, made up."""

from dataclasses import replace
from typing import Any

from bot.base.model import Evidence
from bot.dialogue.conversation import Turn
from bot.dialogue.model import Context, OffTopic, Reply, Stated
from bot.evaluation.labelled import Labelled


def asked(id_: str = "1", **fields: Any) -> Labelled:  # noqa: ANN401 (any field)
    return Labelled.model_validate({"id": id_, "style": "plain", "q": "?", "expect": "answer", **fields})


def answer(text: str, *lines: int, said: str = "", quote: str = "quoted words") -> Reply:
    evidence = tuple(Evidence(line, quote) for line in lines)
    return Reply("answer", said, (Stated("entry", 0.9, text, evidence, ()),), ())


def refusal(kind: str = "not_in_article") -> Reply:
    return Reply(kind, "No.", (), ())


class Scripted:
    """Gives each message the reply set down for it, and remembers all that its chat has asked."""

    def __init__(self, **replies: Reply) -> None:
        self._replies = replies
        self.heard: list[tuple[str, ...]] = []

    def respond(self, text: str, context: Context, language: str = "") -> Turn:  # noqa: ARG002
        context = replace(context, entries=(*context.entries, text))
        self.heard.append(context.entries)
        return Turn(self._replies[text], context, OffTopic(), ())
