"""The plug-in that looks for the token finds it, wherever it was told."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.secrets import SECRET
from tests.telegram.botapi import BotApi

ROOT = Path(__file__).parent.parent


def test_what_is_looked_for_is_the_secret_of_the_tests_bot() -> None:
    assert BotApi().token.endswith(f":{SECRET}")


@pytest.mark.parametrize(
    ("says", "failed"),
    [("print(token)", 1), ("os.write(2, token.encode())", 1), ("logging.warning('at %s', token)", 1), ("token", 0)],
)
def test_a_test_that_tells_the_token_fails(tmp_path: Path, says: str, failed: int) -> None:
    test = f"import logging, os\ntoken = {SECRET[:9]!r} + {SECRET[9:]!r}\ndef test_it():\n    {says}\n"
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.secrets",
        "-p",
        "no:randomly",
        "--rootdir",
        str(tmp_path),
    ]
    done = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == failed, done.stdout.decode()
