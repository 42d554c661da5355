"""Show what was found wrong, and how to mend it, a line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from bot.finding import Finding, Level

WIDTH = max(len(level) for level in Level)


def show_findings(findings: Iterable[Finding], out: TextIO) -> bool:
    """Write one finding after the other, as they come; return whether nothing is wrong."""
    count = 0
    for each in findings:
        count += each.level is Level.WRONG
        out.write(f"{each.level:<{WIDTH}}  {each.about}: {' '.join(filter(None, (each.what, each.mend)))}\n")
        out.flush()
    out.write("Nothing is wrong.\n" if not count else f"{count} {'thing is' if count == 1 else 'things are'} wrong.\n")
    return not count
