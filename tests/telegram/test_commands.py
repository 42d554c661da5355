"""Every command, as somebody in a private chat sends it."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person, buttons, labels, marked

pytestmark = pytest.mark.usefixtures("bot")


def told(base: Base, entry: str) -> str:
    return " ".join(base.entries[entry].answer.split())


async def test_start_with_an_entry_answers_it_at_once(api: BotApi, ada: Person, base: Base) -> None:
    for entry in base.entries:
        assert len(entry) <= 64
    answer = await ada.asks("/start who-is-vance")
    assert answer["text"].startswith(told(base, "who-is-vance"))
    follow_up = await ada.asks("and Musk?")
    assert told(base, "who-is-musk") in follow_up["text"]
    assert len(api.called("sendMessage")) == 2


@pytest.mark.parametrize("payload", ["", "from_a_link", "who-is-", "a" * 64, "../x"])
async def test_start_with_anything_else_greets(ada: Person, base: Base, payload: str) -> None:
    hello = await ada.asks(f"/start {payload}")
    assert hello["text"] == base.messages["start"].strip()
    assert labels(hello) == [base.entries["summary"].label]


async def test_every_answer_can_be_shared_by_a_link_that_leads_to_it(ada: Person) -> None:
    for question in ("How old is Altman?", "/summary", "/people", "/timeline", "/start who-is-vance"):
        answer = await ada.asks(question)
        copied = [button["copy_text"]["text"] for button in buttons(answer) if "copy_text" in button]
        assert len(copied) == 1
        address, payload = copied[0].split("?start=")
        assert address == "https://t.me/ArticleTestBot"
        assert len(payload) <= 64
        again = await ada.asks(f"/start {payload}")
        assert again["text"].split("\n")[0] == answer["text"].split("\n")[0]


async def test_people_names_everybody_and_leads_to_each(api: BotApi, ada: Person, base: Base) -> None:
    people = await ada.asks("/people")
    assert people["text"].startswith(told(base, "cast"))
    for entry in base.article.people:
        await ada.presses(people, base.entries[entry].label)
        assert (await api.shows())["text"].startswith(told(base, entry))


async def test_somebody_of_the_people_can_be_chosen_by_number(ada: Person, base: Base) -> None:
    await ada.asks("/people")
    assert told(base, base.article.people[3]) in (await ada.asks("the fourth one"))["text"]


async def test_the_timeline_tells_what_happened_when(ada: Person, base: Base) -> None:
    timeline = await ada.asks("/timeline")
    assert timeline["text"].startswith(told(base, "timeline"))
    assert "¶" in marked(timeline, "expandable_blockquote")[0]


async def test_the_article_is_read_in_pages_that_turn_in_one_message(api: BotApi, ada: Person, base: Base) -> None:
    page = first = await ada.asks("/article")
    assert base.article.title in page["text"]
    read = page["text"]
    assert base.messages["previous"] not in labels(page)
    while base.messages["next"] in labels(page):
        assert await ada.presses(page, base.messages["next"]) == ""
        page = await api.shows()
        assert page["message_id"] == first["message_id"]
        read += "\n" + page["text"]
    lines = [line for line in read.splitlines() if line.startswith("¶")]
    assert lines == [f"¶ {number}: {base.article.line(number).strip()}" for number in base.article.told_lines]
    await ada.presses(page, base.messages["previous"])
    assert base.messages["next"] in labels(await api.shows())


async def test_why_accounts_for_the_last_answer_and_for_one_replied_to(ada: Person, base: Base) -> None:
    assert (await ada.asks("/why"))["text"] == base.messages["why_nothing"]
    first = await ada.asks("how old is altmann??")
    await ada.asks("Who is JD Vance?")
    last = (await ada.asks("/why"))["text"]
    assert "who is jd vance" in last
    assert base.entries["who-is-vance"].label in last
    assert "%" in last
    await ada.says("/why", reply_to_message=first)
    account = (await ada.api.shows())["text"]
    assert "how old is altman" in account
    assert base.entries["altman-age"].label in account
    assert (await ada.asks("/why"))["text"] == last


@pytest.mark.parametrize(
    ("said", "account"),
    [("hello", "why_smalltalk"), ("Which soup do zebras cook?", "why_off_topic"),
     ("How old is Musk?", "why_untold"), ("word " * 800, "why_too_long")],
)  # fmt: skip
async def test_why_accounts_for_what_was_not_answered(ada: Person, base: Base, said: str, account: str) -> None:
    await ada.asks(said)
    assert base.messages[account] in (await ada.asks("/why"))["text"]


async def test_why_of_a_pressed_button_says_that_it_was_chosen(api: BotApi, ada: Person) -> None:
    await ada.presses_data(await ada.asks("/topics"), "e:altman-age")
    await api.shows()
    assert "by a button" in (await ada.asks("/why"))["text"]


@pytest.mark.parametrize("text", ["/frobnicate", "/settings", "/settings@ArticleTestBot now", "/How old is Altman?"])
async def test_an_unknown_command_is_told_so(ada: Person, base: Base, text: str) -> None:
    assert (await ada.asks(text))["text"] == base.messages["unknown_command"]
    group = Person(ada.api, 42, group=True)
    await group.says("/frobnicate")
    await group.says("/frobnicate@OtherBot", reply_to_message=await group.asks("/topics"))
    assert (await group.asks("/frobnicate@ArticleTestBot"))["text"] == base.messages["unknown_command"]


@pytest.mark.parametrize("text", ["/stop", "/cancel", "/reset", "/STOP", "cancel that"])
async def test_stop_cancel_and_reset_begin_anew(ada: Person, base: Base, text: str) -> None:
    await ada.asks("/people")
    assert (await ada.asks(text))["text"] == base.smalltalk["start-over"].reply
    assert told(base, base.article.people[3]) not in (await ada.asks("the fourth one"))["text"]


async def test_after_forget_me_nothing_is_remembered(ada: Person, base: Base) -> None:
    answer = await ada.asks("How old is Altman?")
    stranger = Person(ada.api, 777)
    await stranger.asks("How old is Altman?")
    assert (await ada.asks("/forget_me"))["text"] == base.messages["forgotten"].format(count=0)
    assert (await ada.asks("/why"))["text"] == base.messages["why_nothing"]
    await ada.says("/why", reply_to_message=answer)
    assert "I have forgotten" in (await ada.api.shows())["text"]
    assert "altman" in (await stranger.asks("/why"))["text"]


async def test_privacy_says_what_is_kept(ada: Person, base: Base) -> None:
    assert (await ada.asks("/privacy"))["text"] == base.messages["privacy"].format(days=30).strip()


async def test_the_reply_to_any_text_is_one_call(api: BotApi, ada: Person) -> None:
    texts = (
        "How old is Altman?", "hello", "How old is Musk?", "bananas", "/topics", "/article", "/why", "/people", "2",
        "How old is Altman? And who is Vance?", "/start summary", "/privacy", "/forget_me", "/help", "?",
    )  # fmt: skip
    for count, text in enumerate(texts, 1):
        # More than one person may say at once.
        await (ada if count % 2 else Person(api, 502)).asks(text)
        made = [method for method, _ in api.calls if method not in ("getUpdates", "getMe", "deleteWebhook")]
        assert len([each for each in made if not each.startswith("setMy")]) == count


async def test_after_the_topics_a_number_chooses_nothing_from_an_earlier_list(ada: Person, base: Base) -> None:
    await ada.asks("/people")
    await ada.asks("/topics")
    assert told(base, base.article.people[1]) not in (await ada.asks("2"))["text"]


@pytest.mark.usefixtures("bot")
async def test_in_a_group_why_tells_nobody_what_somebody_else_asked(api: BotApi, base: Base) -> None:
    ada, ben = Person(api, 510, group=7), Person(api, 511, group=7)
    answer = await ada.asks("/ask How old is Altman?")
    await ben.says("/why", reply_to_message=answer)
    label = base.entries["altman-age"].label
    assert (await api.shows())["text"] == base.messages["why_forgotten"].format(label=label)
    await ada.says("/why", reply_to_message=answer)
    assert "how old is altman" in (await api.shows())["text"]
