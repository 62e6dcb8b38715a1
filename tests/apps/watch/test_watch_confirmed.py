"""What right codes confirmed stands where somebody who may see it looks, and nowhere else."""

import re

from test_watch_captured import said, seated

from ojakgyo.apps.cards import actions as cards
from ojakgyo.apps.chronicle.acts import record as keep
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch.confirmed import confirmed
from ojakgyo.apps.watch.queries import page
from ojakgyo.apps.watch.rings import queries as rings
from ojakgyo.apps.watch.values import ConfirmedKind
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import HOUR_MS


def tells(night, kind, who, *, hours_ago=0, **said):
    where = {"card": night.ids.cards.get(who, 1), "row": 0, "message": 1, "told": night.now - hours_ago * HOUR_MS}
    with writing("test"):
        keep(house_desk(), kind(person=night.person(who), **where, **said))


def handed(night, who, about=None, pocket=None, **more):
    person = None if about is None else night.person(about)
    tells(night, facts.HandoverConfirmed, who, about=person, pocket=pocket, **more)


def arrived(night, who, about=None, pocket=None, **more):
    person = None if about is None else night.person(about)
    tells(night, facts.ArrivalConfirmed, who, about=person, pocket=pocket, **more)


def seen(night, who, officer="Haneul"):
    return confirmed(night.desk(officer), [night.person(who)])


def by(line):
    return [each.by.en for each in line.sayings]


def panel(officer, address):
    return said(seated(officer).get(address))


def rings_of(night, who):
    return f"/network/{ids.text('p', night.person(who))}/"


def test_money_is_said_with_its_amount_newest_first_and_by_a_real_text(night):
    tells(night, facts.ReceiptConfirmed, "Beodeul", hours_ago=3, amount=1200)
    night.hears("Beodeul", Meaning.RECEIVED)
    lines = seen(night, "Beodeul")
    assert [(line.kind, line.amount) for line in lines] == [
        (ConfirmedKind.RECEIVED, None),
        (ConfirmedKind.RECEIVED, 1200),
    ]
    words = panel("Haneul", rings_of(night, "Beodeul"))
    assert "Beodeul received 1200, as said" in words and "no amount was said" in words


def test_a_handover_that_both_helpers_and_the_person_confirm_is_confirmed_by_three(night):
    handed(night, "Beodeul", "Noeul", 27, hours_ago=5)
    handed(night, "Yeoul", "Noeul", 64, hours_ago=2)
    for who in ("Beodeul", "Yeoul", "Noeul"):
        (line,) = seen(night, who)
        assert (line.times, line.about.en, by(line)) == (2, "Noeul", ["Beodeul", "Yeoul"])
    handed(night, "Noeul", hours_ago=1)
    (line,) = seen(night, "Beodeul")
    assert by(line) == ["Beodeul", "Yeoul", "Noeul"] and [each.own for each in line.sayings] == [False, False, True]
    words = panel("Haneul", rings_of(night, "Yeoul"))
    assert "Noeul was handed over" in words and "confirmed by three" in words and "by their own code" in words


def test_who_says_it_twice_confirms_it_once_and_another_week_is_another_handover(night):
    handed(night, "Beodeul", "Noeul", 27, hours_ago=200)
    handed(night, "Yeoul", "Noeul", 64, hours_ago=2)
    handed(night, "Yeoul", "Noeul", 64, hours_ago=1)
    assert [by(line) for line in seen(night, "Noeul")] == [["Yeoul"], ["Beodeul"]]
    assert "confirmed by" not in panel("Haneul", rings_of(night, "Noeul")).replace("Confirmed by code", "")


def test_an_arrival_by_the_own_code_and_by_a_helper_is_one_and_no_handover(night):
    arrived(night, "Noeul", "Noeul")
    arrived(night, "Beodeul", "Noeul", 27)
    handed(night, "Beodeul", "Noeul", 27)
    kinds = {line.kind: by(line) for line in seen(night, "Noeul")}
    assert kinds == {ConfirmedKind.ARRIVED: ["Noeul", "Beodeul"], ConfirmedKind.HANDED_OVER: ["Beodeul"]}
    assert "confirmed by two" in panel("Haneul", rings_of(night, "Noeul"))


def test_a_number_that_stood_for_nobody_is_said_as_such(night):
    arrived(night, "Beodeul", pocket=7)
    handed(night, "Beodeul", pocket=91)
    words = panel("Haneul", rings_of(night, "Beodeul"))
    assert "Somebody arrived: number 07, which stood for nobody" in words
    assert "Somebody was handed over: number 91, which stood for nobody" in words


def test_it_stands_on_the_page_of_a_warning_too(night):
    tells(night, facts.ReceiptConfirmed, "Beodeul", amount=30)
    night.is_under_duress()
    shown = page(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    assert [(line.amount, by(line)) for line in shown.confirmed] == [(30, ["Beodeul"])]
    assert "Confirmed by code" in panel("Haneul", f"/watch/{ids.text('w', night.id_of('Yeoul'))}/")


def test_who_may_not_see_it_gets_the_same_page_to_the_letter(night):
    night.is_under_duress()
    addresses = [
        f"/watch/{ids.text('w', night.id_of('Yeoul'))}/",
        *(f"/people/{ids.text('p', night.person('Beodeul'))}/",),
    ]
    seats = {officer: seated(officer) for officer in ("Boram", "Dasom")}
    before = {(who, address): body(seat.get(address)) for who, seat in seats.items() for address in addresses}
    tells(night, facts.ReceiptConfirmed, "Beodeul", amount=30)
    handed(night, "Beodeul", "Yeoul", 27)
    assert {(who, address): body(seat.get(address)) for who, seat in seats.items() for address in addresses} == before
    assert seen(night, "Beodeul", "Boram") == seen(night, "Beodeul", "Dasom") == ()


def body(answer):
    assert answer.status_code == 200
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)


def test_what_somebody_of_another_cell_said_is_for_who_may_see_what_is_read_of_them(night):
    """Dasom holds C-2, where Haebaragi is, and not N-2, where Beodeul is."""
    handed(night, "Beodeul", "Haebaragi", 27)
    assert seen(night, "Haebaragi", "Dasom") == () and by(seen(night, "Haebaragi")[0]) == ["Beodeul"]
    arrived(night, "Haebaragi", "Haebaragi")
    arrived(night, "Beodeul", "Haebaragi", 27)
    (line,) = seen(night, "Haebaragi", "Dasom")
    assert (line.kind, by(line)) == (ConfirmedKind.ARRIVED, ["Haebaragi"])


def test_the_rings_offer_no_way_through_who_is_in_quarantine(night):
    """Haebaragi is Yeoul's relay."""

    def way():
        found = rings.rings(night.desk("Haneul"), person=night.person("Beodeul"), risk=5)
        return next(each.way for each in found.named)

    assert way().through.en == "Haebaragi"
    cards.begin_quarantine(night.desk("Haneul"), person=night.person("Haebaragi"))
    night.settle()
    assert way().through is None and way().route is None
    cards.begin_quarantine(night.desk("Haneul"), person=night.person("Yeoul"))
    assert way() is None
