"""Name persons by a keyed hash: enough to delete what somebody said, too little to tell who it was."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from bot.errors import StoreError

KEY_BYTES = 32


class Persons:
    """Turns the number of a person into a hash with the key in a file."""

    def __init__(self, path: Path) -> None:
        """Read the key, or make one where there is none.

        Raises:
            OSError: The file can be neither read nor made.
            StoreError: The file holds something else.

        """
        self._key = _key(path)

    def name(self, person: int) -> str:
        """Return what stands for a person, always the same."""
        return hashlib.blake2b(str(person).encode(), key=self._key, digest_size=16).hexdigest()


def _key(path: Path) -> bytes:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
    else:
        key = secrets.token_bytes(KEY_BYTES)
        with os.fdopen(file, "wb") as out:
            out.write(key)
    if len(key) != KEY_BYTES:
        raise StoreError(
            f"The key in {path} is broken. Delete it; a new one is made at the next start, and what was kept with the "
            "old one can then be deleted by its age only."
        )
    return key
