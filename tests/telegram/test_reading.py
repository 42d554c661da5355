"""What a message asks: captions, forwarded and quoted words, and messages longer than any question."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person

QUESTION = "How old is Altman?"
PHOTO = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
STORY = "I read the whole thing on the train this morning, and it was crowded. " * 12


@pytest.mark.usefixtures("bot")
async def test_a_caption_is_read_as_the_question(api: BotApi, ada: Person) -> None:
    await ada.sends(photo=PHOTO, caption=QUESTION)
    assert "39" in (await api.shows())["text"]
    file = {"file_id": "f", "file_unique_id": "u"}
    await ada.sends(document=file, caption=QUESTION)
    assert "39" in (await api.shows())["text"]
    await ada.sends(voice=file | {"duration": 1}, caption=QUESTION)
    assert "39" in (await api.shows())["text"]


@pytest.mark.usefixtures("bot")
async def test_the_caption_of_an_album_is_answered_once(api: BotApi, ada: Person, base: Base) -> None:
    await ada.sends(photo=PHOTO, media_group_id="album", caption=QUESTION)
    await ada.sends(photo=PHOTO, media_group_id="album")
    await ada.sends(photo=PHOTO, media_group_id="album")
    assert "39" in (await api.shows())["text"]
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


@pytest.mark.usefixtures("bot")
async def test_a_forwarded_text_is_read(api: BotApi, ada: Person) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Bob"}
    await ada.sends(text=QUESTION, forward_origin=origin)
    assert "39" in (await api.shows())["text"]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("said", ["?", "Is that so?", "👀", "and what do you say to that"])
async def test_a_quote_from_another_chat_says_what_is_meant(api: BotApi, ada: Person, said: str) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Bob"}
    quote = {"text": QUESTION, "position": 0, "is_manual": True}
    await ada.says(said, external_reply={"origin": origin}, quote=quote)
    assert "39" in (await api.shows())["text"]


@pytest.mark.usefixtures("bot")
async def test_beside_a_quote_a_question_of_its_own_comes_first(api: BotApi, ada: Person, base: Base) -> None:
    quote = {"text": "Musk donated", "position": 0}
    other = await ada.sends(text="Musk donated to the campaign", forward_origin=None)
    await api.shows()
    await ada.says("Who is JD Vance?", reply_to_message=other, quote=quote)
    assert (await api.shows())["text"].startswith(" ".join(base.entries["who-is-vance"].answer.split()))


@pytest.mark.usefixtures("bot")
async def test_a_quote_of_the_bots_own_words_is_no_question(api: BotApi, ada: Person, base: Base) -> None:
    answer = await ada.asks("How much did Musk donate?")
    await ada.says("thanks", reply_to_message=answer, quote={"text": "hundreds of millions", "position": 0})
    assert (await api.shows())["text"] == base.smalltalk["thanks"].reply


@pytest.mark.usefixtures("bot")
async def test_of_a_long_message_the_first_question_is_answered(ada: Person, base: Base) -> None:
    answer = await ada.asks(f"{STORY} {QUESTION} {STORY}")
    assert answer["text"].startswith(" ".join(base.entries["altman-age"].answer.split()))


@pytest.mark.usefixtures("bot")
async def test_a_long_message_without_a_question_is_met_with_a_plain_request(ada: Person, base: Base) -> None:
    for text in (STORY, "x" * 4096, "word " * 800):
        assert (await ada.asks(text))["text"] == base.messages["too_long"]
