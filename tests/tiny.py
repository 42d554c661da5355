"""A sound base of three entries. How people write and what the bot says are those of the real one."""

from pathlib import Path
from shutil import copy

from bot.base.load import load
from bot.base.places import data_folder
from bot.learning.learn import learn_words
from tests.world import CALIBRATION

ARTICLE = """\
Altman believes that Trump will champion artificial intelligence.

The 39-year-old CEO is rich; he likes [small] firms.
"""

KNOWLEDGE = {
    "article.yaml": """\
seed: tiny.txt
title: A tiny article
offers: [summary]
cast: summary
people: [altman-age]
timeline: altman-expects-of-trump
slips:
  - {line: 3, words: rich, note: Nobody knows how rich.}
""",
    "entities.yaml": """\
- {id: altman, name: Sam Altman, type: person, sex: m, aliases: [altman]}
- {id: trump, name: Donald Trump, type: person, sex: m, aliases: [trump]}
""",
    "lexicon.yaml": """\
- {id: hope, means: expect, words: [hope, expect, believe, await, faith]}
- {id: short, means: in short, words: [summary, sum up, in short, gist, in brief, recap]}
""",
    "unstated/1-all.yaml": """\
- id: wife
  says: The article does not speak of a wife.
  nearest: [altman-age]
""",
    "smalltalk.yaml": """\
- {id: greeting, reply: Hello!, phrasings: [hi, hello]}
- {id: emoji, reply: Nice., phrasings: ["😀"]}
- {id: nothing-said, reply: Say something., phrasings: ["..."]}
""",
    "entries/1-all.yaml": """\
topic: All there is
entries:
  - id: altman-expects-of-trump
    label: What does Altman expect of Trump?
    answer: He expects Trump to champion artificial intelligence.
    evidence: [{line: 1, quote: Trump will champion artificial intelligence}]
    follow_ups: [altman-age]
  - id: altman-age
    label: How old is Altman?
    answer: Altman is 39.
    evidence: [{line: 3, quote: "The 39-year-old CEO is rich; he likes [small] firms."}]
  - id: summary
    label: What is the article about?
    answer: Altman believes in Trump.
    evidence: [{line: 1, quote: Altman believes that Trump}]
""",
    "phrasings/1-all.yaml": """\
altman-expects-of-trump:
  - What does Altman hope from Trump?
  - What does Altman believe about Trump?
  - Altman's hope for Trump
  - Does Altman expect much of Trump?
  - Altman's faith in Trump
  - What does Altman await from Trump?
  - Trump as Altman's hope
  - Why does Altman have faith in Trump?
  - Has Altman hope in Trump?
  - Altman expects what of Trump?
  - What is expected of Trump by Altman?
  - What will Trump do, as Altman believes?
altman-age:
  - What is Altman's age?
  - Altman age
  - How many years old is Altman?
  - what age is altman
  - Tell me the age of Altman
  - Altman's years
  - how old Altman is
  - how old is Sam Altman
  - age of Sam Altman
  - The age of Altman, please
  - Is Altman old?
  - Sam Altman, how old
summary:
  - summary
  - sum up the article
  - the article in short
  - the gist of the article
  - the article in brief
  - a recap of the article
  - a summary please
  - give me the gist
  - recap the article
  - in short, the article
  - sum up this article please
  - article summary
wife: [wife, who is his wife, is he married, spouse, the name of his wife]
""",
}


def write_tiny_base(folder: Path) -> Path:
    knowledge = folder / "knowledge"
    for part in ("entries", "unstated", "phrasings"):
        (knowledge / part).mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "seeds" / "tiny.txt").write_text(ARTICLE, encoding="utf-8")
    for name, text in KNOWLEDGE.items():
        (knowledge / name).write_text(text, encoding="utf-8")
    weights = "".join(f"{name}: {value}\n" for name, value in CALIBRATION.items())
    (knowledge / "calibration.yaml").write_text(weights, encoding="utf-8")
    for name in ("wording.yaml", "messages.yaml", "languages.yaml"):
        copy(data_folder() / "knowledge" / name, knowledge / name)
    learn_words(load(folder), knowledge)
    return folder
