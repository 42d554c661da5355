"""The inline menu: every page of it, and buttons that lead nowhere any more."""

from __future__ import annotations

import re

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram.buttons import Buttons
from bot.telegram.menu import PAGE, Menu
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.markup import check_keyboard, check_text, parse_html
from tests.telegram.people import Person, buttons, labels


async def test_every_entry_can_be_reached_and_every_page_is_sound(base: Base) -> None:
    menu, known = Menu(base), Buttons(base, "ArticleTestBot", thumbs=True)
    seen: set[str] = set()
    to_visit = ["m"]
    while to_visit:
        data = to_visit.pop()
        page = menu.page(data)
        if page is None:
            assert known.entry(data), data
        if page is None or data in seen:
            seen.add(data)
            continue
        seen.add(data)
        assert page.keyboard
        keyboard = page.keyboard.to_dict()
        check_text(parse_html(page.html[0]).text)
        check_keyboard(keyboard)
        found = [button["callback_data"] for row in keyboard["inline_keyboard"] for button in row]
        assert len([each for each in found if each.startswith("e:")]) <= PAGE
        to_visit += found
    assert {f"e:{entry}" for entry in base.entries} <= seen


@pytest.mark.usefixtures("bot")
async def test_a_long_topic_is_paged_in_place(api: BotApi, ada: Person, base: Base) -> None:
    topic = max(base.topics, key=lambda each: len(each.entries))
    assert len(topic.entries) > PAGE
    menu = await ada.asks("/topics")
    await ada.presses(menu, topic.title)
    first = await api.shows()
    assert base.messages["previous"] not in labels(first)
    await ada.presses(first, base.messages["next"])
    second = await api.shows()
    assert second["message_id"] == menu["message_id"]
    shown = [each["callback_data"] for page in (first, second) for each in buttons(page)]
    assert [each for each in shown if each.startswith("e:")] == [f"e:{entry}" for entry in topic.entries]
    await ada.presses(second, base.messages["previous"])
    assert labels(await api.shows()) == labels(first)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "data",
    ["e:no-such-entry", "t:no-such-topic", "t:4-musk:99", "e:", "t:", "x", "M", "e", "т:😀", "a:99", "a:", "nope"],
)
async def test_a_stale_button_is_answered_with_a_note(api: BotApi, ada: Person, base: Base, data: str) -> None:
    menu = await ada.asks("/topics")
    assert await ada.presses_data(menu, data) == base.messages["stale_button"]
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert not api.called("editMessageText")


@pytest.mark.usefixtures("bot")
async def test_a_second_press_of_the_same_button_does_no_harm(api: BotApi, ada: Person, base: Base) -> None:
    menu = await ada.asks("/topics")
    await ada.presses(menu, base.topics[0].title)
    page = await api.shows()
    await ada.presses(menu, base.topics[0].title)
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert len(api.called("editMessageText")) == 2
    assert len(api.called("sendMessage")) == 2
    assert labels(page)


@pytest.mark.usefixtures("bot")
async def test_a_menu_too_old_to_be_edited_is_sent_anew(api: BotApi, ada: Person, base: Base) -> None:
    menu = await ada.asks("/topics")
    api.uneditable.add(menu["message_id"])
    await ada.presses(menu, base.topics[0].title)
    anew = await api.shows()
    assert anew["message_id"] != menu["message_id"]
    assert base.messages["back"] in labels(anew)


@pytest.mark.usefixtures("bot")
async def test_a_press_that_is_too_old_to_be_acknowledged_still_works(api: BotApi, ada: Person) -> None:
    menu = await ada.asks("/topics")
    press = {"id": "99", "from": ada.user, "chat_instance": "1", "message": menu, "data": "e:summary"}
    await api.publish("callback_query", press)
    assert (await api.shows())["text"]


@pytest.mark.parametrize(
    "text",
    ["Wer ist Musk?", "Which soup do zebras cook?", "none of these", "word " * 800],
    ids=["foreign", "off topic", "declined", "too long"],
)
async def test_under_what_leaves_somebody_lost_a_button_sends_all_topics(  # noqa: PLR0913, PLR0917
    api: BotApi, wavering: Conversation, running: Running, ada: Person, base: Base, text: str
) -> None:
    async with running(wavering):
        await ada.asks("Is Musk a critic?")
        reply = await ada.asks(text)
        assert labels(reply)[-1] == base.messages["all_topics"]
        assert await ada.presses(reply, base.messages["all_topics"]) == ""
        menu = await api.shows()
    assert menu["message_id"] != reply["message_id"]
    assert labels(menu) == [topic.title for topic in base.topics]


@pytest.mark.usefixtures("bot")
async def test_a_press_without_its_message_is_answered(api: BotApi, ada: Person, base: Base) -> None:
    menu = await ada.asks("/topics")
    await ada.presses_data({"message_id": menu["message_id"], "date": 0, "chat": ada.chat}, "e:summary")
    assert (await api.shows())["text"]
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


def test_nothing_is_said_in_emoji_alone(base: Base) -> None:
    said = [*base.messages.values(), *(entry.label for entry in base.entries.values())]
    said += [block.reply for block in base.smalltalk.values()]
    mute = [line for text in said for line in text.splitlines() if line.strip() and not re.search(r"[^\W\d_]{2}", line)]
    assert mute == []
