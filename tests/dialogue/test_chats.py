from bot.dialogue.chats import Chats
from bot.dialogue.model import Context


def test_a_chat_gets_back_the_context_that_was_put() -> None:
    chats = Chats()
    chats.put(7, Context(entries=("summary",)))
    assert chats.get(7) == Context(entries=("summary",))


def test_an_unknown_chat_has_an_empty_context_and_takes_no_room() -> None:
    chats = Chats()
    assert chats.get("new") == Context()
    assert len(chats) == 0


def test_the_chat_unused_for_longest_is_forgotten_first() -> None:
    chats = Chats(limit=2)
    for key in ("a", "b"):
        chats.put(key, Context(entries=(key,)))
    chats.get("a")
    chats.put("c", Context(entries=("c",)))
    assert [chats.get(key).entries for key in ("a", "b", "c")] == [("a",), (), ("c",)]


def test_putting_a_context_again_counts_as_use_and_replaces_it() -> None:
    chats = Chats(limit=2)
    for key, entry in (("a", "old"), ("b", "b"), ("a", "new"), ("c", "c")):
        chats.put(key, Context(entries=(entry,)))
    assert [chats.get(key).entries for key in ("a", "b", "c")] == [("new",), (), ("c",)]


def test_no_more_than_ten_thousand_chats_are_remembered() -> None:
    chats = Chats()
    for number in range(10_050):
        chats.put(number, Context(entries=("x",)))
    assert len(chats) == 10_000
    assert chats.get(49) == Context()
    assert chats.get(50) == Context(entries=("x",))
