"""When requests go out and how often they are repeated, by a clock that jumps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import httpx
import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.error import TelegramError as AnyError

from bot.telegram import pacing, patience
from bot.telegram.pacing import Limits, Pacing, Rate
from bot.telegram.patience import Patience, Response, UnsentError
from tests.telegram.clock import in_no_time
from tests.telegram.people import Person

TELEGRAMS = pacing.TELEGRAMS


@pytest.fixture(autouse=True)
def as_in_earnest(brisk: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(pacing, "TELEGRAMS", TELEGRAMS)
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.5)
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


class Line:
    """The line to Telegram: notes when each request goes out, and fails with the errors it is given, in order."""

    def __init__(self, *errors: AnyError) -> None:
        self._errors = list(errors)
        self._patience = Patience()
        self.times: list[tuple[int, float]] = []

    async def makes(self, chat: int = 1, endpoint: str = "sendMessage") -> Response:
        async def call() -> Response:
            self.times.append((chat, asyncio.get_running_loop().time()))
            if self._errors:
                raise self._errors.pop(0)
            return True

        data = {"chat_id": chat} if chat else {}
        return await self._patience.process_request(call, (), {}, endpoint, data, None)

    async def makes_all(self, chats: Sequence[int]) -> None:
        await asyncio.gather(*map(self.makes, chats))

    def at(self, chat: int | None = None) -> list[float]:
        return [time for each, time in self.times if chat in (None, each)]


def caused(error: AnyError, cause: Exception) -> AnyError:
    error.__cause__ = cause
    return error


def most_within(times: Sequence[float], seconds: float) -> int:
    """Return the most that ever go out within so many seconds, the end not counted."""
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def test_a_chat_gets_a_few_at_once_and_then_one_a_second() -> None:
    line = Line()
    in_no_time(line.makes_all([1] * 20))
    times = line.at()
    assert times[2] < 0.2
    assert times[-1] == pytest.approx(17, abs=0.2)
    assert most_within(times[3:], 0.99) == 1
    assert most_within(times, 10) <= 13


def test_a_group_gets_no_more_than_twenty_in_any_minute() -> None:
    line = Line()
    in_no_time(line.makes_all([-100] * 70))
    assert 18 <= most_within(line.at(), 60) <= 20
    assert line.at()[-1] < 70 * 60 / 15


def test_all_chats_together_get_no_more_than_thirty_in_any_second() -> None:
    line = Line()
    in_no_time(line.makes_all(range(1, 301)))
    assert 28 <= most_within(line.at(), 1) <= 30
    assert line.at()[-1] < 300 / 27


def test_what_waits_in_one_chat_takes_no_place_from_the_others() -> None:
    line = Line()
    in_no_time(line.makes_all([1] * 100 + [-100] * 100 + [2]))
    assert line.at(2)[0] < 0.5


def test_what_has_no_chat_waits_for_nothing() -> None:
    async def work() -> Line:
        line = Line()
        await asyncio.gather(*(line.makes(0, "answerCallbackQuery") for _ in range(100)))
        return line

    assert in_no_time(work()).at()[-1] < 0.01


def test_too_many_requests_has_that_chat_alone_wait_with_all_it_has_to_say() -> None:
    async def work() -> Line:
        line = Line(RetryAfter(30))
        asked = asyncio.ensure_future(line.makes_all([1]))
        await asyncio.sleep(1)
        await asyncio.gather(asked, line.makes_all([1, 2, 3, -4]))
        return line

    line = in_no_time(work())
    assert line.at(1)[0] < 0.01
    assert all(30 < time < 33 for time in line.at(1)[1:])
    assert len(line.at(1)) == 3
    assert all(time < 1.5 for chat in (2, 3, -4) for time in line.at(chat))


def test_too_many_requests_time_and_again_is_given_up() -> None:
    line = Line(*[RetryAfter(5)] * 9)
    with pytest.raises(UnsentError):
        in_no_time(line.makes())
    assert len(line.times) == 4
    assert 15 < line.at()[-1] < 17


@pytest.mark.parametrize("endpoint", ["setMyCommands", "answerInlineQuery", "answerCallbackQuery"])
def test_what_the_bot_can_do_without_does_not_wait_for_a_flood_to_pass(endpoint: str) -> None:
    line = Line(RetryAfter(3600))
    with pytest.raises(RetryAfter):
        in_no_time(line.makes(0, endpoint))
    assert len(line.at()) == 1


def test_a_getMe_waits_as_long_as_telegram_asks_for() -> None:  # noqa: N802
    line = Line(RetryAfter(20))
    assert in_no_time(line.makes(0, "getMe"))
    assert line.at()[1] == pytest.approx(20, abs=0.2)


SURE = [
    NetworkError("Internal Server Error (500)"),
    caused(NetworkError("Bad Gateway (502)"), AnyError("Invalid server response")),
    caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")),
    caused(TimedOut(), httpx.ConnectTimeout("late")),
    caused(TimedOut(), httpx.PoolTimeout("all taken")),
]
UNSURE = [
    caused(TimedOut(), httpx.ReadTimeout("late")),
    caused(TimedOut(), httpx.WriteTimeout("late")),
    caused(NetworkError("httpx.ReadError"), httpx.ReadError("reset")),
    caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("cut")),
    AnyError("Invalid server response"),
]
FINAL = [BadRequest("Chat not found"), Forbidden("blocked"), ChatMigrated(-1007)]


@pytest.mark.parametrize("error", SURE, ids=repr)
def test_a_send_that_surely_had_no_effect_is_repeated_with_growing_pauses_to_a_bound(error: AnyError) -> None:
    line = Line(*[error] * 99)
    with pytest.raises(UnsentError):
        in_no_time(line.makes())
    times = line.at()
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert len(pauses) == patience.ATTEMPTS_TO_REPLY - 1
    for number, pause in enumerate(pauses):
        assert 0.5 * 2**number <= pause <= 0.5 * 2**number + 1
    assert times[-1] < 20


@pytest.mark.parametrize("error", UNSURE, ids=repr)
def test_a_send_that_may_have_arrived_is_repeated_once(error: AnyError) -> None:
    line = Line(*[error] * 99)
    with pytest.raises(type(error)):
        in_no_time(line.makes())
    assert len(line.times) == 2


@pytest.mark.parametrize("error", UNSURE, ids=repr)
@pytest.mark.parametrize(
    ("endpoint", "attempts"), [("editMessageText", 6), ("answerCallbackQuery", 3), ("deleteMessage", 3)]
)
def test_what_changes_nothing_the_second_time_is_repeated_freely(error: AnyError, endpoint: str, attempts: int) -> None:
    line = Line(*[error] * 99)
    with pytest.raises(UnsentError if endpoint == "editMessageText" else type(error)):
        in_no_time(line.makes(1, endpoint))
    assert len(line.times) == attempts


@pytest.mark.parametrize("error", FINAL, ids=repr)
def test_what_telegram_refuses_is_not_asked_again(error: AnyError) -> None:
    line = Line(*[error] * 99)
    with pytest.raises(type(error)):
        in_no_time(line.makes())
    assert len(line.times) == 1


def test_a_token_that_is_refused_is_not_tried_again_at_once_but_may_be_later() -> None:
    line = Line(*[InvalidToken("401")] * 99)
    with pytest.raises(UnsentError):
        in_no_time(line.makes())
    assert len(line.times) == 1


def test_what_may_have_arrived_once_is_worth_another_try_later_and_what_may_have_twice_is_not() -> None:
    sure = [SURE[0]] * (patience.ATTEMPTS_TO_REPLY - 1)
    line = Line(UNSURE[0], *sure, *sure, UNSURE[2])

    async def makes_twice() -> None:
        patience.in_hand.set(7)
        with pytest.raises(UnsentError):
            await line.makes()
        assert len(line.times) == patience.ATTEMPTS_TO_REPLY
        with pytest.raises(NetworkError, match="ReadError"):
            await line.makes()
        assert len(line.times) == 2 * patience.ATTEMPTS_TO_REPLY
        await line.makes()

    async def makes_for_two() -> None:
        patience.in_hand.set(8)
        with pytest.raises(UnsentError):
            await line.makes()
        patience.in_hand.set(9)  # another question, with the same answer
        await line.makes()

    in_no_time(makes_twice())
    line = Line(UNSURE[0], *sure, UNSURE[0])
    in_no_time(makes_for_two())


def test_a_send_that_may_have_arrived_is_not_sent_a_third_time_between_other_failures() -> None:
    line = Line(UNSURE[0], SURE[0], SURE[2], UNSURE[2], SURE[0])
    with pytest.raises(NetworkError, match="ReadError"):
        in_no_time(line.makes())
    assert len(line.times) == 4


def test_repetitions_keep_to_the_pace_too() -> None:
    line = Line(*[SURE[0]] * 5)
    in_no_time(line.makes_all([1] * 8))
    assert most_within(line.at(), 10) <= 13


def test_the_paces_of_few_chats_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "CHATS", 50)
    fast = Rate(1e6, 1e6)

    async def work() -> int:
        paces = Pacing(Limits(fast, fast, fast))
        for chat in range(1, 2000):
            await paces.turn(chat)
        return len(paces)

    assert in_no_time(work()) == 50


@pytest.mark.usefixtures("bot")
async def test_the_bot_keeps_to_the_pace_of_a_chat_over_the_wire(ada: Person) -> None:
    clock = asyncio.get_running_loop()
    for _ in range(5):
        await ada.says("/help")
    start = clock.time()
    times = []
    for _ in range(5):
        await ada.api.shows()
        times.append(clock.time() - start)
    assert times[2] < 0.9
    assert times[4] > 1.8
    assert times[4] - times[2] > 1.5
