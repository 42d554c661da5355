from bot.base.model import Evidence
from bot.dialogue.model import Option, Reply, Stated
from bot.render.plain import Part, full, laid_out, spoken, wrapped

MESSAGES = {"also_ask": "Ask on:", "curators_note": "Note:"}
AGE = Stated("age", 0.9, "He is 39.", (Evidence(49, "the 39-year-old CEO"),), ())
GIFT = Stated("gift", 0.8, "He gave millions.", (Evidence(29, "who donated"), Evidence(9, "in [the] party")), ("Odd.",))
OPTIONS = (Option("job", "What is his job?"), Option("rich", "Is he rich?"))


def test_an_answer_shows_its_quotes_with_their_lines_the_note_and_what_else_can_be_asked() -> None:
    assert full(Reply("answer", "", (GIFT,), OPTIONS), MESSAGES).splitlines() == [
        "He gave millions.",
        "  ¶ 29  who donated",
        "  ¶ 9   in [the] party",
        "  Note: Odd.",
        "",
        "Ask on:",
        "- What is his job?",
        "- Is he rich?",
    ]


def test_several_answers_and_what_is_said_beside_them_stand_apart() -> None:
    assert full(Reply("answer", "The rest is not told.", (AGE, GIFT), ()), MESSAGES).splitlines() == [
        "He is 39.",
        "  ¶ 49  the 39-year-old CEO",
        "",
        "He gave millions.",
        "  ¶ 29  who donated",
        "  ¶ 9   in [the] party",
        "  Note: Odd.",
        "",
        "The rest is not told.",
    ]


def test_the_options_of_other_replies_follow_what_is_said_without_a_heading() -> None:
    assert full(Reply("clarify", "Which one?", (), OPTIONS), MESSAGES) == (
        "Which one?\n\n- What is his job?\n- Is he rich?"
    )


def test_options_can_be_numbered_for_choosing() -> None:
    options = [text for part, text in laid_out(Reply("clarify", "Which?", (), OPTIONS), MESSAGES, numbered=True)
               if part is Part.OPTION]  # fmt: skip
    assert options == ["  1  What is his job?", "  2  Is he rich?"]


def test_only_the_sentences_are_spoken_the_answers_first() -> None:
    assert spoken(Reply("answer", "The rest is not told.", (AGE, GIFT), OPTIONS)) == (
        "He is 39. He gave millions. The rest is not told."
    )
    assert spoken(Reply("smalltalk", "Hello!", (), ())) == "Hello!"


def test_wrapped_text_keeps_within_the_width_and_aligns_after_its_start() -> None:
    text = wrapped("one two three four five six seven eight nine ten", 30, "  ¶ 5   ")
    assert text.splitlines() == ["  ¶ 5   one two three four", "        five six seven eight", "        nine ten"]
    assert wrapped("one two three", 0, "> ") == "> one two three"


def test_a_width_too_small_for_words_still_gives_every_word() -> None:
    assert wrapped("extraordinary infrastructure", 1, "- ").split() == ["-", "extraordinary", "infrastructure"]
