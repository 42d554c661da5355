"""Check that what the base quotes stands in the article, and that it leaves no line of the article out."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.base.model import Article, Base
from bot.base.naming import files_of_entries, shown
from bot.base.problems import Problem


def quotes(base: Base) -> Iterator[Problem]:
    """Yield a problem for every quote that its line does not hold word for word."""
    files = files_of_entries(base)
    for entry in base.entries.values():
        for evidence in entry.evidence:
            if evidence.quote not in base.article.line(evidence.line):
                yield Problem(
                    files[entry.id],
                    entry.id,
                    f"Line {evidence.line} of the article does not hold the quote {shown(evidence.quote)}.",
                    _whereabouts(evidence.quote, base.article),
                )


def slips(base: Base) -> Iterator[Problem]:
    """Yield a problem for every slip whose words its line does not hold."""
    for slip in base.article.slips:
        if slip.words not in base.article.line(slip.line):
            yield Problem(
                "article.yaml",
                "slips",
                f"Line {slip.line} of the article does not hold the words {shown(slip.words)}.",
                _whereabouts(slip.words, base.article),
            )


def uncited(base: Base) -> Iterator[Problem]:
    """Yield a problem for every line of the article that no entry cites."""
    cited = {evidence.line for entry in base.entries.values() for evidence in entry.evidence}
    for number in base.article.told_lines:
        if number not in cited:
            yield Problem(
                "article.yaml",
                f"line {number}",
                f"No entry cites this line: {shown(base.article.line(number))}.",
                "Add an entry that tells what it says.",
            )


def _whereabouts(words: str, article: Article) -> str:
    """Return advice on where the words do stand, or what comes closest to them."""
    standing = [number for number in article.told_lines if words in article.line(number)]
    if standing:
        return f"It stands in line {' and in line '.join(map(str, standing))}: change the number."
    alike, number = max(((_alike(words, article.line(each)), each) for each in article.told_lines), default=(0.0, 0))
    if alike < 0.5:
        return "No line comes near it: quote the article word for word."
    return f"The closest is line {number}, {shown(_passage(words, article.line(number)))}: copy it word for word."


def _alike(words: str, line: str) -> float:
    """Return which share of the words the line holds in stretches of some length, from 0.0 to 1.0."""
    blocks = SequenceMatcher(None, words, line, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 3) / len(words)


def _passage(words: str, line: str) -> str:
    """Return the part of the line that the words resemble, cut at whole words."""
    blocks = [b for b in SequenceMatcher(None, words, line, autojunk=False).get_matching_blocks() if b.size > 3]
    start = max(0, blocks[0].b - blocks[0].a)
    end = min(len(line), blocks[-1].b + len(words) - blocks[-1].a)
    return line[line.rfind(" ", 0, start + 1) + 1 : end + (line[end:] + " ").index(" ")]
