"""A plug-in of pytest that fails every test whose log or output holds the token of the tests' bot."""

from __future__ import annotations

from collections.abc import Generator

import pytest

SECRET = "AAtest-Secret_half"
"""The half of the token of `tests.telegram.botapi.BotApi` that nobody may read anywhere; the other one is public."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look through what was logged and printed during the test so far, its set-up and its end too."""
    report = yield
    if report.passed and any(SECRET in content for _, content in report.sections):
        report.outcome = "failed"
        report.longrepr = "The token of the bot is in the log or the output of this test."
    return report
