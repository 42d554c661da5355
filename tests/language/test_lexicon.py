import pytest

from bot.language.lexicon import GAP, GAP_WORDS, Lexicon, Mention


def lexicon(**features: str) -> Lexicon:
    made = Lexicon()
    for feature, expression in features.items():
        made.add(expression.split(), feature)
    return made


def found(made: Lexicon, text: str) -> list[tuple[tuple[int, ...], tuple[str, ...]]]:
    return [(mention.places, mention.features) for mention in made.find(text.split())]


def test_an_expression_is_found_wherever_it_stands() -> None:
    assert found(lexicon(car="electric car"), "an electric car and electric car") == [
        ((1, 2), ("car",)),
        ((4, 5), ("car",)),
    ]


def test_part_of_an_expression_is_nothing() -> None:
    assert found(lexicon(car="electric car"), "electric shock , car") == []


def test_the_longest_come_first_then_those_further_left_and_they_may_overlap() -> None:
    made = lexicon(rich="rich", richest="rich man", man="man", world="man in the world")
    assert found(made, "rich man in the world") == [
        ((1, 2, 3, 4), ("world",)),
        ((0, 1), ("richest",)),
        ((0,), ("rich",)),
        ((1,), ("man",)),
    ]


def test_one_expression_may_mean_several_things_each_once() -> None:
    made = lexicon(one="charge", two="charge")
    made.add(["charge"], "one")
    assert found(made, "charge") == [((0,), ("one", "two"))]


@pytest.mark.parametrize("skipped", range(1, GAP_WORDS + 1))
def test_a_gap_leaves_room_for_a_few_words_which_are_not_part_of_it(skipped: int) -> None:
    made = lexicon(sue=f"take {GAP} to court")
    row = "take" + " x" * skipped + " to court"
    assert found(made, row) == [((0, skipped + 1, skipped + 2), ("sue",))]


@pytest.mark.parametrize("row", ["take to court", "take a b c d to court", "take him to", "to court"])
def test_a_gap_is_neither_empty_nor_wide(row: str) -> None:
    assert found(lexicon(sue=f"take {GAP} to court"), row) == []


def test_an_empty_expression_means_nothing() -> None:
    made = Lexicon()
    made.add([], "void")
    assert made.find(["a", "b"]) == []


def test_nothing_is_found_in_nothing() -> None:
    assert lexicon(a="a").find([]) == []


def test_a_mention_tells_its_places_and_meanings() -> None:
    assert lexicon(car="car").find(["the", "car"]) == [Mention((1,), ("car",))]
