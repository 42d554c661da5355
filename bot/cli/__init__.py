"""The command line. What a command needs is imported inside it, so that none waits for what only others use."""

from __future__ import annotations

import sys
from pathlib import Path

# Each puts its commands into the program, which `--help` lists in this order.
from bot.cli import asking, curating, running
from bot.cli.group import app

__all__ = ("app", "asking", "curating", "main", "running")


def main() -> None:
    """Run the command line and exit."""
    app(prog_name="article-bot" if Path(sys.argv[0]).name.startswith("article-bot") else "python -m bot")
