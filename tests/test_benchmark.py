"""How long a reply takes beside rapidfuzz over the same phrasings; run it with `--benchmark-only -s`."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.dialogue.conversation import Conversation
from bot.evaluation.alternatives import alternatives, phrasings
from bot.evaluation.labelled import read

DEV = Path(__file__).parent / "questions" / "dev.jsonl"


@pytest.fixture(autouse=True)
def _only_when_asked_for(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("benchmark_only"):
        pytest.skip("run with --benchmark-only")


@pytest.fixture(scope="module")
def messages() -> list[str]:
    return [message.q for message in read([DEV])]


def seconds_of_each(reply: Callable[[str], object], messages: list[str]) -> list[float]:
    """Return how long the reply to each message takes, the best of three."""
    found = []
    for message in messages:
        taken = []
        for _ in range(3):
            started = time.perf_counter()
            reply(message)
            taken.append(time.perf_counter() - started)
        found.append(min(taken))
    return found


def test_a_reply_of_the_core_beside_rapidfuzz(
    benchmark: BenchmarkFixture, conversation: Conversation, messages: list[str]
) -> None:
    fuzzy = next(each for each in alternatives() if each.name == "rapidfuzz WRatio").make(phrasings(conversation.base))
    benchmark(lambda: [conversation.respond(message) for message in messages])
    core, other = seconds_of_each(conversation.respond, messages), seconds_of_each(fuzzy, messages)
    ratio = statistics.median(core) / statistics.median(other)
    benchmark.extra_info["ratio"] = round(ratio, 3)
    print(
        f"\nmedian of a reply: {statistics.median(core) * 1e3:.2f} ms; rapidfuzz WRatio over the same phrasings: "
        f"{statistics.median(other) * 1e3:.2f} ms; ratio {ratio:.2f}"
    )
    assert len(core) == len(messages)
