"""Who announced quiet: until when is said on every page about them, to who holds the cell's key, and no fault is made of it."""

import re
import shutil

import pytest
import world
from django.test import Client
from world import FALSE, NOW, OWN, night, night_kept

from ojakgyo.apps.calls.queries import may_call
from ojakgyo.apps.calls.values import Because
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.contact.agreements.queries import agreements, gap_counts
from ojakgyo.apps.contact.quiet import until_of
from ojakgyo.apps.contact.reading_now import verify
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.domain.cards import encode
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]


def announces(night, own=OWN, days=3, who="Sonagi"):
    ((_, row),) = rows_ahead(keyholder.ring().state_key(), night.person(who), 1)
    text = encode.text(row, own_number=own, meaning=Meaning.DELAYED, suffix=(days // 10, days % 10))
    verify(night.desk("Haneul"), person=night.person(who), words=text)
    night.settle()


def page(night, path, officer="Haneul"):
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
    client.post("/language/", {"language": "en"})
    html = client.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def person(night, who="Sonagi"):
    return f"/people/{ids.text('p', night.person(who))}/"


def cell(night):
    return f"/cells/{ids.text('c', night.ids.cells['N-2'])}/"


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_every_page_says_until_when(night, own):
    before = gap_counts(night.desk("Haneul"), {1: [night.person("Sonagi")]})
    announces(night, own)
    assert before == {1: 2} and gap_counts(night.desk("Haneul"), {1: [night.person("Sonagi")]}) == {1: 0}
    assert agreements(night.desk("Haneul"), [night.person("Sonagi")])[night.person("Sonagi")].gaps == ()
    shown = page(night, person(night))
    assert "Quiet until 27 Nov" in shown and "27 Nov from 19:12, for a day" in shown
    assert "Nobody can warn" not in shown and "that Sonagi is gone" not in shown
    assert "quiet until 27 Nov" in page(night, cell(night))
    assert "Sonagi quiet until 27 Nov" in page(night, "/now/")
    assert "Sonagi quiet until 27 Nov" in page(night, "/shift/")


def test_without_the_cells_key_nothing_of_it_is_seen(night):
    """Dasom holds no key to N-2."""
    announces(night)
    for path in (person(night), "/now/", "/shift/"):
        assert "quiet until" not in page(night, path, "Dasom").lower()


def test_the_day_after_it_is_said_as_a_day_and_never_as_a_span_of_no_length(night):
    announces(night, days=1)
    night.at(NOW + 20 * HOUR_MS)
    for path in (person(night), cell(night), f"{cell(night)}sheet/", "/shift/", "/shift/sheet/"):
        shown = page(night, path)
        assert "19:12, for a day" in shown and not re.search(r"(\d\d:\d\d) ?(–|to) ?\1", shown), path


def test_once_it_is_over_what_is_missing_is_missing_again(night):
    announces(night, days=1)
    night.at(NOW + DAY_MS + 2 * HOUR_MS)
    shown = page(night, person(night))
    assert "Quiet until" not in shown and "Nobody would notice before" in shown


def test_who_may_be_asked_about_a_call_is_quiet_until_when_as_they_said_and_not_without_a_window(night):
    announces(night, days=5)
    call = f"/calls/{ids.text('p', night.person('Sonagi'))}/"
    assert may_call(night.desk("Haneul"), night.person("Sonagi")).because is Because.QUIET
    shown = page(night, call)
    assert "Not now. Quiet until 29 Nov, as they said." in shown and "No window is agreed" not in shown
    assert "29 Nov" not in page(night, call, "Dasom")  # no key to N-2
    night.at(NOW + 3 * DAY_MS)
    assert may_call(night.desk("Haneul"), night.person("Sonagi")).because is Because.WINDOW_COMES


def test_whoever_sees_no_reason_finds_the_same_answer_about_a_call_for_well_and_duress(night, database, night_kept):
    asked = []
    for own in (OWN, FALSE):
        world._close()
        shutil.copyfile(night_kept[0], database)
        night.clock.at(NOW)
        announces(night, own, days=5)
        asked.append((may_call(night.desk("Boram"), night.person("Sonagi")), until_of(night.person("Sonagi"))))
    assert asked[0] == asked[1] and asked[0][0].because is Because.ASK_FIRST and asked[0][1] is not None
