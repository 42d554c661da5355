"""What the small world of `tests/world.py` tells, and what people ask that it does not tell."""

from bot.base.model import Entry, Evidence, Lead, Unstated

LINES = (
    "Altman believes that Trump will champion artificial intelligence.",
    "",
    "Musk, who donated hundreds of millions of dollars to Trump, sued OpenAI, the company he helped start.",
    "",
    "Vance asked whether OpenAI and Meta want regulation because it helps them.",
    "",
    "Artificial intelligence needs energy, computer chips and data centers.",
    "",
    "The 39-year-old CEO spoke on November 6.",
)


def entries() -> tuple[Entry, ...]:
    return (
        _entry(
            "altman-age",
            9,
            "The 39-year-old CEO",
            ("How old is Altman?", "Altman's age", "What is the age of Altman?", "age of Sam Altman", "is Altman old"),
            answer="Altman is 39.",
        ),
        _entry(
            "altman-expects",
            1,
            "Trump will champion artificial intelligence",
            (
                "What does Altman expect of Trump?",
                "Altman's hope for Trump",
                "Does Altman believe in Trump?",
                "Is Trump Altman's hope?",
                "What does Altman hope for from Trump?",
            ),
            answer="Altman expects Trump to champion artificial intelligence.",
            follow_ups=("altman-age", "musk-donated"),
            lead=Lead(yes=("expect",), no=("doubt",)),
        ),
        _entry(
            "musk-donated",
            3,
            "donated hundreds of millions of dollars to Trump",
            (
                "How much did Musk donate?",
                "Musk's donation to Trump",
                "What did Musk give Trump?",
                "How much money did Musk donate to Trump?",
                "Did Musk donate to Trump?",
            ),
            answer="Musk donated hundreds of millions of dollars.",
            lead=Lead(yes=("donate",)),
        ),
        _entry(
            "musk-sued",
            3,
            "sued OpenAI, the company he helped start",
            (
                "Who sued OpenAI?",
                "Did Musk sue OpenAI?",
                "the lawsuit of Musk against OpenAI",
                "Whom did Musk sue?",
                "Was OpenAI sued by Musk?",
            ),
            answer="Musk sued OpenAI.",
        ),
        _entry(
            "vance-regulation",
            5,
            "whether OpenAI and Meta want regulation because it helps them",
            (
                "What does Vance ask about regulation?",
                "Why do OpenAI and Meta want regulation?",
                "Vance on regulation",
                "What does Vance criticise?",
                "Vance's doubts about regulation",
            ),
            answer="Vance asked whether regulation helps OpenAI and Meta.",
        ),
        _entry(
            "ai-needs",
            7,
            "needs energy, computer chips and data centers",
            (
                "What does artificial intelligence need?",
                "What infrastructure does it need?",
                "the need for data centers",
                "Why are chips and energy needed?",
                "energy, chips and data centers",
            ),
            answer="It needs energy, computer chips and data centers.",
            follow_ups=("altman-expects",),
        ),
        _entry(
            "summary",
            1,
            "Altman believes that Trump",
            ("What is it about?", "summary", "sum it up", "a summary please", "the gist of the article"),
            answer="Altman believes in Trump.",
        ),
    )


def _entry(  # noqa: PLR0913 (an entry has so many parts)
    id_: str,
    line: int,
    quote: str,
    asked: tuple[str, ...],
    *,
    answer: str,
    follow_ups: tuple[str, ...] = (),
    lead: Lead | None = None,
) -> Entry:
    return Entry(id_, asked[0], answer, (Evidence(line, quote),), asked[1:], follow_ups, lead or Lead())


def unstated() -> tuple[Unstated, ...]:
    return (
        Unstated(
            "wife",
            "The article does not speak of the wife of {who}.",
            ("altman", "musk", "trump"),
            ("altman-age",),
            ("Who is {who}'s wife?", "{who}'s wife", "Is {who} married?", "the wife of {who}", "married {who}"),
        ),
        Unstated(
            "verdict",
            "The article does not tell how the lawsuit ended.",
            (),
            ("musk-sued",),
            ("Who won the lawsuit?", "the verdict", "Did Musk win in court?", "What did the judge say?", "who won"),
        ),
    )
