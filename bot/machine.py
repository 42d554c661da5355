"""Look at what the bot needs of the machine it runs on: base, folder, names of settings, who can read its secrets."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from bot.base.check import sound
from bot.errors import BaseError
from bot.finding import Finding, ok, warning, wrong
from bot.matching.learned import problems_of
from bot.settings import BASE_NAME, unknown_names

ENV_FILE = Path(".env")

OTHERS = stat.S_IROTH | stat.S_IWOTH
"""Permissions on a file of secrets that let every user of the machine at them."""

NOT_OWNER = stat.S_IRWXG | stat.S_IRWXO

BASE, DATA = "knowledge base", "data folder"


def knowledge(folder: Path) -> Finding:
    """Tell whether the base in `folder` is sound in structure, and learned; its phrasings are not tried."""
    try:
        base = sound(folder)
        problems = problems_of(folder / "knowledge")
    except BaseError as error:
        return wrong(BASE, str(error), "Mend these; `python -m bot check` looks closer.")
    if problems:
        return warning(BASE, problems[0].what, problems[0].mend)
    return ok(BASE, f"{len(base.entries)} entries, sound and learned.")


def data_folder(folder: Path) -> Finding:
    """Tell whether the bot can write into its folder, and nobody else can read there; nothing is left in it."""
    name_another = "Name another folder in ARTICLE_BOT_DATA_DIR, or give it to the user that the bot runs as."
    try:
        if not folder.exists():
            parent = next(each for each in folder.absolute().parents if each.exists())
            if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
                return wrong(DATA, f"{folder} does not exist, and cannot be made in {parent}.", name_another)
            return ok(DATA, f"{folder} does not exist yet; the bot will make it.")
        with tempfile.TemporaryFile(dir=folder):
            pass
        readable = [each for each in sorted(folder.iterdir()) if each.is_file() and _open(each, NOT_OWNER)]
    except OSError as error:
        return wrong(DATA, f"{folder} cannot be used ({error.strerror}).", name_another)
    if readable:
        names = ", ".join(each.name for each in readable)
        mend = f"Run `chmod 700 {folder}` and `chmod 600` on these files."
        return wrong(DATA, f"Others can get at what is kept in {folder}: {names}.", mend)
    if _open(folder, NOT_OWNER):
        return warning(DATA, f"Others can look into {folder}.", f"Run `chmod 700 {folder}`.")
    return ok(DATA, f"{folder} can be written, and is private.")


def env_file(path: Path = ENV_FILE) -> Finding:
    """Tell whether the file with the token can be read by its owner alone."""
    about = ".env"
    try:
        exposed = _open(path, OTHERS)
    except FileNotFoundError:
        return ok(about, "There is none in this folder; the settings come from the environment.")
    except OSError as error:
        return wrong(about, f"It cannot be looked at ({error.strerror}).", "Mend its permissions.")
    if exposed:
        what = "Every user of this machine can read or change the file .env, and so the bot's token."
        return warning(about, what, "Run `chmod 600 .env`.")
    return ok(about, "It is not open to every user of this machine.")


def setting_names() -> Finding:
    """Tell whether a setting is misspelt, and so without effect; the settings can be read."""
    unknown = unknown_names()
    if unknown:
        what = f"Nothing is read from {' or '.join(unknown)}, so it has no effect."
        mend = "Mend the name, or remove it; .env.example has the right ones."
        if BASE_NAME in unknown:
            mend += " ARTICLE_BOT_BASE has to stand in the environment, not in .env."
        return warning("settings", what, mend)
    return ok("settings", "They can be read.")


def _open(path: Path, permissions: int) -> bool:
    """Tell whether a file or folder has any of these permissions; Windows keeps to others."""
    return os.name != "nt" and bool(path.stat().st_mode & permissions)
