"""A line's own page says everything about it to who holds its holder's cell; Now and a list say which run out."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from world import duress, told, well

from ojakgyo.apps.calls.actions import record_call
from ojakgyo.apps.calls.queries import may_call
from ojakgyo.apps.calls.values import Because
from ojakgyo.apps.cards.actions import share_line
from ojakgyo.apps.contact.actions import agree_route
from ojakgyo.apps.home.lines.queries import line_page
from ojakgyo.apps.home.lines.removing import remove_line
from ojakgyo.apps.home.lines.values import NotOver
from ojakgyo.apps.network.actions import record_line
from ojakgyo.apps.network.chores import reseal_numbers
from ojakgyo.apps.network.lines import acts
from ojakgyo.apps.network.lines.queries import lines_held, lines_of
from ojakgyo.apps.network.models import Charge, Line, LineKind
from ojakgyo.apps.network.queries import line_states, number_of
from ojakgyo.apps.vault.actions.cells import begin_epoch
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import CallOutcome, Exposes, LineCharged, LineRemoved, LineState, RouteKind
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.ids import LineId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, SECOND_MS, Instant

WINDOWS_AFTER: list[float] = []
"""Hours until what is agreed with Beodeul opens, once a text came."""


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        assert self.post("/enter/", {"code_name": officer, "password": f"of {officer}"}).status_code == 302
        self.post("/language/", {"language": "en"})

    def read(self, address: str, **sent: str) -> str:
        answer = self.post(address, sent, follow=True) if sent else self.get(address)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(night, rest="", of="Beodeul") -> str:
    return f"/lines/{ids.text('l', night.ids.lines[of])}/{rest}"


def page_of(night, officer="Haneul", of="Beodeul"):
    return line_page(night.desk(officer), line=night.ids.lines[of])


def test_one_page_says_everything_about_a_line(night):
    desk, own = night.desk("Haneul"), night.ids.lines["Beodeul"]
    share_line(desk, line=own, person=night.person("Noeul"))
    for person, through in (("Yeoul", "Beodeul"), ("Beodeul", "Noeul"), ("Galmae-3", "Beodeul")):
        agree_route(
            desk,
            person=night.person(person),
            kind=RouteKind.RELAY,
            through=night.person(through),
            delay_ms=HOUR_MS,
            exposes=Exposes.THE_RELAY,
        )
    record_call(desk, person=night.person("Beodeul"), outcome=CallOutcome.REACHED, line=own)
    night.hears("Beodeul")
    acts.hand_on(night.desk("Haneul"), line=own, to=night.person("Sonagi"))
    acts.hand_on(night.desk("Haneul"), line=own, to=night.person("Beodeul"))
    shown = page_of(night)
    assert (shown.code_name.en, shown.cell, shown.state, shown.since) == ("Beodeul", "N-2", LineState.ACTIVE, night.now)
    assert [each.code_name.en for each in shown.before] == ["Sonagi", "Beodeul"]
    assert [name.en for _, name in shown.sharers] == ["Noeul"] and len(shown.calls) == len(shown.texts) == 1
    own_routes = [(each.warns.en if each.warns else None, each.own) for each in shown.routes]
    assert ("Yeoul", False) in own_routes and ("Galmae-3", False) in own_routes
    assert not shown.may_remove
    text = Visitor("Haneul").read(at(night))
    assert "Phone of Beodeul: in use" in text and "Noeul speaks through it too" in text
    assert "+86" not in text and "12345678" not in text


def test_whoever_holds_another_cell_sees_nothing_of_it(night):
    with pytest.raises(NotHeld):
        page_of(night, "Dasom")
    dasom = Visitor("Dasom")
    assert [dasom.get(at(night)).status_code, dasom.get(at(night, of="Galmae-3")).status_code] == [403, 200]
    sent = {"state": {"state": "burnt"}, "charge": {"expires": "2026-12-01"}, "hand-on": {"who": "Galmae-3"}}
    for act in ("state", "charge", "hand-on", "remove"):
        assert dasom.post(at(night, f"{act}/"), sent.get(act, {})).status_code == 403
    assert Line.objects.get(pk=night.ids.lines["Beodeul"]).state is LineState.ACTIVE and not Charge.objects.exists()
    assert "Beodeul" not in dasom.read("/lines/") and "Galmae-3" in dasom.read("/lines/")
    assert [Visitor("Haneul").get(f"/lines/{each}/").status_code for each in ("l_0000000000005", "p_x")] == [404, 404]


@pytest.mark.parametrize("meaning", [well, duress], ids=["well", "duress"])
def test_a_text_is_its_time_and_nothing_else_whatever_it_says(night, meaning):
    """Boram holds every cell and sees no reason: under well and duress alike one line comes to the page, and that is all."""
    charged = {"expires": Instant(night.now + 3 * DAY_MS), "topup": None, "balance": None}
    acts.note_charge(night.desk("Haneul"), line=night.ids.lines["Beodeul"], **charged)
    boram, lists = Visitor("Boram"), ("/lines/", "/lines/due/", at(night, of="Yeoul"))
    before, pages = page_of(night, "Boram"), [boram.read(address) for address in lists]
    night.hears("Beodeul", meaning)
    after = page_of(night, "Boram")
    assert [night.now - each < SECOND_MS for each in after.texts] == [True]
    assert after == replace(before, texts=after.texts, windows=after.windows, may_remove=False)
    assert [(each.opens - night.now) / HOUR_MS for each in after.windows] == WINDOWS_AFTER
    assert [boram.read(address) for address in lists] == pages


def test_what_is_on_it_is_noted_and_asked_for_on_now_and_in_the_list(night):
    haneul = Visitor("Haneul")
    assert "expire" not in haneul.read("/now/") and "No line runs out" in haneul.read("/lines/due/")
    text = haneul.read(at(night, "charge/"), expires="2026-11-27", topup="2026-12-20", balance="12.5")
    assert "Written down." in text and "12.50 yuan" in text
    (fact,) = told(LineCharged)
    assert fact.expires == instants.parse("2026-11-27T14:59:00Z") and fact.topup == instants.parse(
        "2026-12-20T00:00:00Z"
    )
    assert "1 phone expires this week" in haneul.read("/now/") and "Beodeul" in haneul.read("/lines/due/")
    assert "expires this week" not in Visitor("Dasom").read("/now/")
    haneul.read(at(night, "charge/"), expires="", topup="2026-11-26", balance="")
    assert "1 phone is to be topped up this week" in haneul.read("/now/")
    assert Charge.objects.get().balance is None
    assert haneul.post(at(night, "charge/"), {"expires": "soon"}).status_code == 409
    assert haneul.post(at(night, "charge/"), {"balance": "-1"}).status_code == 409


def test_the_acts_stand_on_the_page_and_say_why_not(night):
    haneul = Visitor("Haneul")
    assert "Phone of Beodeul: quiet" in haneul.read(at(night, "state/"), state="quiet")
    assert "Phone of Beodeul: burnt" in haneul.read(at(night, "state/"), state="burnt")
    assert "is not used again" in haneul.read(at(night, "state/"), state="active")
    assert "not held" not in haneul.read(at(night, "hand-on/", of="Yeoul"), who="Sonagi")
    assert "Phone of Sonagi" in haneul.read(at(night, of="Yeoul"))
    assert "They have it already" in haneul.read(at(night, "hand-on/", of="Yeoul"), who="Sonagi")
    assert haneul.post(at(night, "hand-on/", of="Yeoul"), {"who": "nobody"}).status_code == 409
    narae = Visitor("Narae")  # holds both cells of China
    assert narae.post(at(night, "hand-on/", of="Galmae-3"), {"who": "Beodeul"}).status_code == 403
    assert narae.post(at(night, "hand-on/", of="Galmae-3"), {"who": "Durumi"}).status_code == 302


def test_only_a_line_under_which_nothing_stands_is_removed(night):
    new = record_line(night.desk("Haneul"), holder=night.person("Noeul"), number="+8613800138000")
    acts.note_charge(night.desk("Haneul"), line=new, expires=Instant(night.now + DAY_MS), topup=None, balance=None)
    assert line_page(night.desk("Haneul"), line=new).may_remove
    record_call(night.desk("Haneul"), person=night.person("Noeul"), outcome=CallOutcome.DEAD_LINE, line=new)
    with pytest.raises(Refused) as refused:
        remove_line(night.desk("Haneul"), line=new)
    assert refused.value.code == "network.line_referred_to"
    other = record_line(night.desk("Haneul"), holder=night.person("Noeul"), number="+8613800138001")
    acts.note_charge(night.desk("Haneul"), line=other, expires=Instant(night.now + DAY_MS), topup=None, balance=None)
    assert Visitor("Haneul").post(f"/lines/{ids.text('l', other)}/remove/").status_code == 302
    assert not Line.objects.filter(pk=other).exists() and [fact.line for fact in told(LineRemoved)] == [LineId(other)]
    again = record_line(night.desk("Haneul"), holder=night.person("Sonagi"), number="+8613800138001")
    assert Line.objects.filter(pk=again).exists()


def test_it_is_reached_from_the_person_and_from_the_card(night):
    haneul, own = Visitor("Haneul"), at(night)
    person, card = ids.text("p", night.person("Beodeul")), ids.text("k", night.ids.cards["Beodeul"])
    assert all(own in haneul.get(page).content.decode() for page in (f"/people/{person}/", f"/cards/{card}/"))
    assert own not in Visitor("Dasom").get(f"/people/{person}/").content.decode()


def test_mail_and_word_of_mouth_are_lines_that_nobody_dials(night):
    """Noeul has no phone: with the other two, still none is called."""
    haneul, desk, noeul = Visitor("Haneul"), night.desk("Haneul"), night.person("Noeul")
    address = f"/people/{ids.text('p', noeul)}/line/other/"
    assert haneul.post(address, {"kind": "mail", "mail": ""}).status_code == 422
    assert haneul.post(address, {"kind": "phone", "mail": "a@practice.invalid"}).status_code == 422
    for sent in (
        {"kind": "mail", "mail": "Noeul@Practice.invalid"},
        {"kind": "word_of_mouth"},
        {"kind": "word_of_mouth"},
    ):
        assert haneul.post(address, sent).status_code == 302
    assert (
        haneul.post(address, {"kind": "mail", "mail": "noeul@practice.invalid"}).status_code == 409
    )  # it stands already
    own = {kind: line for line, kind, _ in lines_of(noeul)}
    assert [kind for _, kind, _ in lines_of(noeul)] == [LineKind.MAIL, LineKind.WORD_OF_MOUTH, LineKind.WORD_OF_MOUTH]
    assert number_of(desk, own[LineKind.MAIL]) == "noeul@practice.invalid"
    assert may_call(desk, noeul).because is Because.NO_PHONE and line_states(noeul) == ()
    shown = haneul.get(f"/lines/{ids.text('l', own[LineKind.WORD_OF_MOUTH])}/").content.decode()
    assert "Word of mouth to Noeul: in use" in shown and "/calls/p_" not in shown
    begin_epoch(desk, cell=night.ids.cells["N-2"])
    reseal_numbers(night.desk("Haneul"), night.ids.cells["N-2"])
    rows = Line.objects.filter(holder=noeul).order_by("kind")
    assert [(row.epoch, row.index is None) for row in rows] == [(2, False), (2, True), (2, True)]
    acts.hand_on(night.desk("Haneul"), line=own[LineKind.WORD_OF_MOUTH], to=night.person("Durumi"))
    assert number_of(night.desk("Narae"), own[LineKind.WORD_OF_MOUTH]) == ""


def test_nothing_goes_over_a_line_that_is_burnt_taken_quiet_or_run_out(night):
    desk, own = night.desk("Haneul"), night.ids.lines["Beodeul"]
    agree_route(
        desk,
        person=night.person("Beodeul"),
        kind=RouteKind.AGREED_LINE,
        through=None,
        delay_ms=HOUR_MS,
        exposes=Exposes.THE_LINE,
    )
    haneul = Visitor("Haneul")
    assert page_of(night).struck is None and "<s>" not in haneul.get(at(night)).content.decode()
    Charge.objects.create(line_id=own, told_ms=night.now, expires_ms=night.now - 1)
    assert page_of(night).struck is NotOver.RAN_OUT
    for state in (LineState.QUIET, LineState.SEIZED, LineState.BURNT):
        acts.change_state(night.desk("Haneul"), line=own, state=state)
        shown = haneul.get(at(night)).content.decode()
        assert page_of(night).struck == state.value and "Beodeul, agreed line</s>" in shown
        assert ("#stops" in shown) is (state is LineState.SEIZED)
    assert 'id="stops"' in haneul.get(f"/people/{ids.text('p', night.person('Beodeul'))}/").content.decode()


def test_what_is_for_ever_is_folded_and_says_what_follows(night):
    shown = Visitor("Haneul").get(at(night)).content.decode()
    folded = shown.partition("<summary>For ever</summary>")[2].partition("</details>")[0]
    assert all(f'value="{state}"' in folded for state in ("seized", "burnt")) and "never used again" in folded
    assert 'value="quiet"' not in folded and 'value="burnt"' not in shown.replace(folded, "")


def test_a_day_of_another_year_says_its_year_and_one_long_past_is_refused(night):
    haneul = Visitor("Haneul")
    assert "This day lies more than a year back. Check the year." in haneul.read(
        at(night, "charge/"), expires="2020-12-01", topup="", balance=""
    )
    assert not Charge.objects.exists()
    text = haneul.read(at(night, "charge/"), expires="2025-12-20", topup="2027-02-01", balance="")
    assert "expired 20 Dec 2025" in text and "1 Feb 2027" in text
    assert "expired 20 Dec 2025" in haneul.read("/lines/")


def test_the_list_goes_by_cell_and_code_name_and_numbers_the_phones_of_one(night):
    desk = night.desk("Haneul")
    record_line(desk, holder=night.person("Beodeul"), number="+8613800138002")
    listed, more = lines_held(night.desk("Boram"))
    assert more == 0 and len({each.cell for each in listed}) > 1
    keys = [(each.cell, each.code_name.en) for each in listed]
    assert keys == sorted(keys)
    assert [each.nth for each in listed if each.code_name.en == "Beodeul"] == [1, 2]
    assert {each.nth for each in listed if each.code_name.en != "Beodeul"} == {None}
    assert "Phone 2" in Visitor("Haneul").read("/lines/")


def test_a_line_that_is_no_phone_has_no_charge_and_none_of_a_phones_ways(night):
    noeul = night.person("Noeul")
    assert Visitor("Haneul").post(f"/people/{ids.text('p', noeul)}/line/other/", {"kind": "word_of_mouth"})
    agree_route(
        night.desk("Haneul"),
        person=noeul,
        kind=RouteKind.AGREED_LINE,
        through=None,
        delay_ms=HOUR_MS,
        exposes=Exposes.THE_LINE,
    )
    ((line, *_),) = lines_of(noeul)
    assert line_page(night.desk("Haneul"), line=line).routes == ()
    text = Visitor("Haneul").read(f"/lines/{ids.text('l', line)}/")
    assert "Works until" not in text and "yuan" not in text and "agreed line" not in text
