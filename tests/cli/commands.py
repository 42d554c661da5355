"""Commands run in the process of the test, for speed."""

from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app


def run(*arguments: str, folder: Path, typed: str | bytes = "", **environment: str | None) -> Result:
    return CliRunner().invoke(app, ["--base", str(folder), *arguments], input=typed, env=environment)
