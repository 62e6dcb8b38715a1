"""Texts that came in are listed alike for everybody; their words show once, to who holds the cell, and that is recorded."""

import pytest
from django.test import Client
from lxml import html
from world import duress, night, night_kept, told, well

from ojakgyo.apps.contact.actions import keep_unreadable, receive_sms, show_words
from ojakgyo.apps.contact.messages import came_in
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.contact.spool import Sms
from ojakgyo.apps.contact.values import Opens
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.vault.seats import CONFIRMED_S, seats
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.facts import Channel, WordsShown
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import MessageId

__all__ = ["night", "night_kept"]
STRANGER = Sms(number="+8610099999999", words="who is this")


def stranger_writes(night) -> None:
    receive_sms(house_desk(), ext_id=b"of a stranger", sms=STRANGER)
    night.settle()


def newest() -> MessageId:
    return MessageId(Inbound.objects.order_by("-seq").values_list("message", flat=True)[0])


def seated(officer: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


def listed(client: Client) -> list[str]:
    """Line by line, without the time in front."""
    lines = html.fromstring(client.get("/log/").content.decode()).xpath("//*[@aria-labelledby='came-in']//li")
    return [" ".join(line.xpath("span")[0].text_content().split()) for line in lines]


def address(message: MessageId) -> str:
    return f"/messages/{ids.text('m', message)}/words/"


@pytest.mark.parametrize("what", [well, duress])
def test_a_text_is_listed_alike_whatever_it_says_with_a_button_for_who_holds_the_cell(night, what):
    night.hears("Beodeul", what)
    assert listed(seated("Haneul")) == listed(seated("Boram")) == ["Beodeul Show the words"]
    assert listed(seated("Dasom")) == ["Beodeul"]


def test_a_strangers_text_is_for_the_shares_alone(night):
    stranger_writes(night)
    assert [each.opens for each in came_in(night.desk("Haneul"))] == [Opens.BY_SHARES]
    by = "a number nobody is known by Find whose it is and record the phone on their page."
    assert listed(seated("Haneul")) == [f"{by} Only the shares open this."]
    assert seated("Haneul").post(address(newest())).status_code == 403
    assert told(WordsShown) == []


def test_the_words_show_once_in_the_answer_to_a_button_and_it_is_written_down(night):
    night.hears("Beodeul")
    client = seated("Boram")
    assert client.get(address(newest())).status_code == 405
    words = show_words(night.desk("Haneul"), message=newest()).words
    shown = client.post(address(newest()))
    assert words in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert words not in client.get("/log/").content.decode()
    assert [fact.message for fact in told(WordsShown)] == [newest()] * 2


def test_after_five_minutes_the_password_is_asked_for_before_any_word_is_shown(night, monkeypatch):
    night.hears("Beodeul")
    client, tick = seated("Boram"), seats._tick
    monkeypatch.setattr(seats, "_tick", lambda: tick() + CONFIRMED_S + 1)
    for typed in ({}, {"password_again": "of Dasom"}):
        asked = client.post(address(newest()), typed)
        assert asked.status_code == 409
        assert 'name="password_again"' in asked.content.decode()
    assert told(WordsShown) == []
    words = show_words(night.desk("Haneul"), message=newest()).words
    assert words in client.post(address(newest()), {"password_again": "of Boram"}).content.decode()


def test_who_does_not_hold_the_cell_is_refused_and_nothing_is_recorded(night):
    night.hears("Beodeul")
    with pytest.raises(NotHeld):
        show_words(night.desk("Dasom"), message=newest())
    assert seated("Dasom").post(address(newest())).status_code == 403
    assert told(WordsShown) == []


def test_an_address_of_no_message_leads_nowhere(night):
    assert seated("Haneul").post(address(MessageId(7))).status_code == 409
    assert seated("Haneul").post("/messages/p_0000000000007/words/").status_code == 404


@pytest.mark.parametrize(
    ("channel", "leads"), [(None, "/log/#came-in"), (Channel.SIGNED, "/ears/"), (Channel.SPOOL, "/ears/")]
)
def test_what_is_to_be_looked_at_on_now_leads_to_where_one_can(night, channel, leads):
    if channel is None:
        stranger_writes(night)
    else:
        keep_unreadable(house_desk(), ext_id=b"garbled", written=b"\x00", channel=channel)
    found = html.fromstring(seated("Haneul").get("/now/").content.decode()).xpath(
        "//*[@aria-labelledby='troubles']//li//a"
    )
    assert [each.get("href") for each in found] == [leads]
