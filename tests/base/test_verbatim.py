from tests.base.copied import Copy


def test_a_quote_of_another_line_is_told_which(copied: Copy) -> None:
    copied.add_entry(evidence=[{"line": 13, "quote": "I look forward to working with his administration"}])
    (problem,) = copied.problems()
    assert problem.startswith("entries/9-broken.yaml: broken: Line 13 of the article does not hold the quote")
    assert problem.endswith("It stands in line 15: change the number.")


def test_a_quote_with_a_word_changed_is_told_what_comes_closest(copied: Copy) -> None:
    copied.add_entry(evidence=[{"line": 15, "quote": "I look ahead to working with his administration"}])
    (problem,) = copied.problems()
    assert 'The closest is line 15, "I look forward to working with his administration' in problem


def test_a_quote_from_nowhere_is_told_so(copied: Copy) -> None:
    copied.add_entry(evidence=[{"line": 999, "quote": "Zebras graze quietly."}])
    (problem,) = copied.problems()
    assert problem.endswith("No line comes near it: quote the article word for word.")


def test_a_slip_whose_words_are_not_in_its_line_is_found(copied: Copy) -> None:
    copied.append("article.yaml", {"line": 5, "words": "Mercenary Seven", "note": "Odd."}, indent="  ")
    (problem,) = copied.problems()
    assert problem == (
        'article.yaml: slips: Line 5 of the article does not hold the words "Mercenary Seven". '
        "It stands in line 43: change the number."
    )


def test_a_line_that_no_entry_cites_is_found(copied: Copy) -> None:
    (seed,) = (copied.folder / "seeds").glob("*.txt")
    lines = [*seed.read_text(encoding="utf-8").splitlines(), "Something new."]
    seed.write_text("\n".join(lines), encoding="utf-8")
    (problem,) = copied.problems()
    assert problem.startswith(f'article.yaml: line {len(lines)}: No entry cites this line: "Something new.".')
