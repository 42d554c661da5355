from bot.recent import Recent


def kept(recent: Recent[str, str]) -> list[str | None]:
    return [recent.get(key) for key in ("a", "b", "c")]


def test_what_was_put_is_got_back() -> None:
    recent: Recent[int, str] = Recent(3)
    recent.put(7, "seven")
    assert recent.get(7) == "seven"


def test_an_unknown_key_has_no_value_and_takes_no_room() -> None:
    recent: Recent[str, str] = Recent(3)
    assert recent.get("new") is None
    assert len(recent) == 0


def test_a_value_that_is_not_there_is_made_once() -> None:
    recent: Recent[str, list[str]] = Recent(3)
    recent.of("a", list).append("one")
    recent.of("a", list).append("two")
    assert recent.get("a") == ["one", "two"]


def test_the_value_unused_for_longest_is_forgotten_first() -> None:
    recent: Recent[str, str] = Recent(2)
    for key in ("a", "b"):
        recent.put(key, key)
    recent.get("a")
    recent.put("c", "c")
    assert kept(recent) == ["a", None, "c"]


def test_putting_a_value_again_counts_as_use_and_replaces_it() -> None:
    recent: Recent[str, str] = Recent(2)
    for key, value in (("a", "old"), ("b", "b"), ("a", "new"), ("c", "c")):
        recent.put(key, value)
    assert kept(recent) == ["new", None, "c"]


def test_no_more_values_are_kept_than_there_may_be() -> None:
    recent: Recent[int, str] = Recent(10_000)
    for number in range(10_050):
        recent.put(number, "x")
    assert len(recent) == 10_000
    assert recent.get(49) is None
    assert recent.get(50) == "x"


def test_what_is_wanted_is_taken_out_and_the_rest_stays() -> None:
    recent: Recent[str, str] = Recent(3)
    for key, value in (("a", "odd"), ("b", "even"), ("c", "odd, too")):
        recent.put(key, value)
    recent.get("a")
    assert recent.take(lambda value: value.startswith("odd")) == ("odd, too", "odd")
    assert kept(recent) == [None, "even", None]
