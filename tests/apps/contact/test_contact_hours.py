"""Hours: windows around now, of the next days and of ninety days back, by when something came in and by nothing it said."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from world import duress, well

from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.ears import Hearing
from ojakgyo.apps.contact.gateways.acts import note_deaf, note_heard
from ojakgyo.apps.contact.hours.queries import days, history, hours_by_cell, strip
from ojakgyo.apps.contact.hours.values import BlankKind, Told
from ojakgyo.apps.contact.models import Miss, RadioSilence, Window
from ojakgyo.apps.contact.outages.acts import explain_miss
from ojakgyo.apps.contact.outages.queries import miss_rates
from ojakgyo.apps.contact.values import DeafEar, Ears
from ojakgyo.domain.checkins.hours import How
from ojakgyo.domain.facts import Channel, MissCause
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Instant

SILENT = Hearing().ears()
"""Nothing is known to be deaf."""


def seated(officer):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


def hows(shown):
    return {row.code_name.en: [each.how for each in row.windows] for row in shown.rows}


def agreed(night, name, *, opens_h, grace_h=1):
    opens = Instant(night.now + opens_h * HOUR_MS)
    who = {"person": night.person(name), "opens": opens, "closes": Instant(opens + HOUR_MS)}
    return agree_window(night.desk("Haneul"), **who, grace_ms=grace_h * HOUR_MS)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_strip_shows_what_is_late_what_was_missed_and_what_comes(night):
    missed = agreed(night, "Seori-5", opens_h=1)
    night.goes_on(hours=4)
    agreed(night, "Galmae-3", opens_h=2)
    agreed(night, "Durumi", opens_h=13)
    shown = hows(strip(night.desk("Haneul"), ears=SILENT))
    assert shown == {"Beodeul": [How.LATE], "Seori-5": [How.MISSED], "Galmae-3": [How.DUE]}
    explain_miss(night.desk("Haneul"), person=night.person("Seori-5"), window=missed, cause=MissCause.BATTERY)
    assert hows(strip(night.desk("Haneul"), ears=SILENT))["Seori-5"] == [How.EXPLAINED]


@pytest.mark.parametrize("what", [well, duress])
@pytest.mark.parametrize("officer", ["Haneul", "Boram"])
def test_well_and_duress_leave_the_same_hours_for_every_officer(night, officer, what):
    """Haneul may see every reason, Boram none: to both it is one text that kept the window late, whatever it said."""
    night.hears("Beodeul", what)
    desk = night.desk(officer)
    (row,) = strip(desk, ears=SILENT).rows
    (told,) = row.windows
    closes = night.now - 2 * HOUR_MS
    assert night.now - SECOND_MS < told.heard <= night.now
    assert told == Told(
        opens=closes - 2 * HOUR_MS, closes=closes, judged_from=closes + DAY_MS, how=How.KEPT_LATE, heard=told.heard
    )
    newest, *_ = history(desk, night.person("Beodeul")).weeks
    assert (newest.kept, newest.late, newest.missed, newest.waiting) == (1, 1, 0, 0)
    assert "1 kept, 1 late, 0 missed" in read(seated(officer), f"/people/{ids.text('p', row.person)}/")
    hours = read(seated(officer), "/contact/hours/")
    assert "Nobody is late" in hours and "1 kept, 0 open or to come" in hours


def test_who_holds_some_cells_sees_their_people_and_a_count_of_the_rest(night):
    agreed(night, "Galmae-3", opens_h=2)
    shown = strip(night.desk("Narae"), ears=SILENT)
    assert (list(hows(shown)), shown.elsewhere) == (["Galmae-3"], 1)
    page = read(seated("Narae"), "/contact/hours/")
    assert "Galmae-3" in page and "Beodeul" not in page
    assert "1 window more belongs to cells you hold no key to." in page


def test_keys_put_down_show_nobody(night):
    assert strip(night.keyless("Haneul"), ears=SILENT).rows == ()


def test_no_window_beyond_three_days_is_shown(night):
    agreed(night, "Seori-5", opens_h=71)
    agreed(night, "Galmae-3", opens_h=73)
    desk = night.desk("Haneul")
    found = days(desk, ears=SILENT)
    assert [(each.code, [row.code_name.en for row in each.rows]) for each in hours_by_cell(desk, found)] == [
        ("N-2", ["Yeoul"]),
        ("N-3", ["Seori-5"]),
    ]
    page = read(seated("Haneul"), "/contact/hours/days/")
    assert "Seori-5" in page and "Galmae-3" not in page and "2 windows in the next three days" in page


def test_deaf_times_stand_from_when_nothing_was_heard_until_it_was(night):
    begun = Instant(night.now - 30 * MINUTE_MS)
    note_deaf(night.desk("Haneul"), ear=0, channel=Channel.SPOOL, since=begun)
    (blank,) = strip(night.desk("Haneul"), ears=SILENT).blanks
    assert (blank.kind, blank.begins, blank.ends) == (BlankKind.DEAF, begun, None)
    night.goes_on(minutes=10)
    note_heard(night.desk("Haneul"), ear=0, channel=Channel.SPOOL)
    (blank,) = strip(night.desk("Haneul"), ears=SILENT).blanks
    assert blank.ends == night.now
    assert "Spool not heard" in read(seated("Haneul"), "/contact/hours/")
    night.goes_on(hours=13)
    assert strip(night.desk("Haneul"), ears=SILENT).blanks == ()


def test_the_moment_in_which_a_house_opens_its_ears_is_no_deafness(night):
    for gateway, lasted_ms in ((0, MINUTE_MS), (0, MINUTE_MS + 1)):
        note_deaf(night.desk("Haneul"), ear=gateway, channel=Channel.SPOOL, since=Instant(night.now - lasted_ms))
        note_heard(night.desk("Haneul"), ear=gateway, channel=Channel.SPOOL)
    assert len(strip(night.desk("Haneul"), ears=SILENT).blanks) == 1


def test_what_is_deaf_at_this_moment_and_not_written_down_stands_once(night):
    since = Instant(night.now - MINUTE_MS)
    ears = Ears(
        channels=1, hearing=0, deaf_since=since, deaf=(DeafEar(channel=Channel.SPOOL, gateway=None, since=since),)
    )
    assert [each.begins for each in strip(night.desk("Haneul"), ears=ears).blanks] == [since]
    note_deaf(night.desk("Haneul"), ear=0, channel=Channel.SPOOL, since=since)
    assert [each.begins for each in strip(night.desk("Haneul"), ears=ears).blanks] == [since]


def test_a_radio_silence_stands_until_its_end_and_its_windows_are_unknown(night):
    RadioSilence.objects.create(begun_ms=night.now - HOUR_MS, until_ms=night.now + 3 * HOUR_MS)
    shown = strip(night.desk("Haneul"), ears=SILENT)
    assert [(each.kind, each.ends) for each in shown.blanks] == [(BlankKind.STILL, night.now + 3 * HOUR_MS)]
    assert hows(shown) == {"Beodeul": [How.UNKNOWN]}


def test_ninety_days_count_what_was_kept_missed_and_explained(night):
    person, desk = night.person("Seori-5"), night.desk("Haneul")
    for number, state, heard_h in ((3, "kept", 0.5), (10, "kept", 3), (17, "missed", None), (24, "missed", None)):
        opens = night.now - number * DAY_MS
        heard = None if heard_h is None else opens + int(heard_h * HOUR_MS)
        row = Window.objects.create(
            person_id=person, opens_ms=opens, closes_ms=opens + HOUR_MS, grace_ms=DAY_MS, state=state, heard_ms=heard
        )
    Window.objects.create(
        person_id=person,
        opens_ms=night.now - 91 * DAY_MS,
        closes_ms=night.now - 91 * DAY_MS + 1,
        grace_ms=0,
        state="missed",
    )
    explain_miss(desk, person=person, window=row.pk, cause=MissCause.TAKEN)
    found = history(desk, person)
    assert (found.kept, found.late, found.missed, found.explained) == (2, 1, 2, 1)
    assert len(found.weeks) in (13, 14) and sum(len(week.windows) for week in found.weeks) == 5
    client = seated("Haneul")
    page = client.get(f"/people/{ids.text('p', person)}/").content.decode()
    assert "2 kept, 1 late, 2 missed" in page and page.count('class="gone known"') == 1
    shown = page[page.index('id="history"') : page.index("Everybody")].replace('value="taken">they were taken', "")
    assert "noted" in shown and "taken" not in shown, "that it is known is said, not what"


def test_a_foreign_person_has_no_history_on_the_page(night):
    page = read(seated("Narae"), f"/people/{ids.text('p', night.person('Beodeul'))}/")
    assert "Ninety days" not in page


def test_the_strip_needs_as_many_queries_for_many_windows_as_for_few(night):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            strip(night.desk("Haneul"), ears=SILENT)
        return len(queries)

    few = counted()
    for name in ("Seori-5", "Galmae-3", "Durumi", "Haebaragi", "Sonagi"):
        agreed(night, name, opens_h=2)
    assert counted() == few


def test_on_their_page_it_is_noted_why_a_window_was_missed_and_what_is_known_of_it_changes(night):
    missed = agreed(night, "Seori-5", opens_h=1)
    night.goes_on(hours=4)
    own = f"/people/{ids.text('p', night.person('Seori-5'))}/"
    haneul, before = seated("Haneul"), miss_rates([night.person("Seori-5")])
    shown = read(haneul, own)
    assert "not known yet" in shown and "stage 2 of 4 · nobody looks after it yet" in shown
    refused = haneul.post(f"{own}miss/{missed}/", {"cause": ""})
    assert refused.status_code == 422 and Miss.objects.count() == 0
    assert haneul.post(f"{own}miss/{missed + 1}/", {"cause": "battery"}).status_code == 409
    assert haneul.post(f"{own}miss/{missed}/", {"cause": "battery"}).status_code == 302
    assert "not known yet" not in read(haneul, own) and "1 explained" in read(haneul, own)
    assert miss_rates([night.person("Seori-5")]) != before
    elsewhere = f"/people/{ids.text('p', night.person('Beodeul'))}/miss/{missed}/"
    assert haneul.post(elsewhere, {"cause": "taken"}).status_code == 409
    assert Miss.objects.get().cause is MissCause.BATTERY
