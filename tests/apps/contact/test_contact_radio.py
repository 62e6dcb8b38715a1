"""Radio silence: begun by one officer, ended by one; windows in it are unknown, and judged after it."""

import pytest
from django.test import Client
from world import duress, told, well

from ojakgyo.apps.contact.actions import agree_route, agree_window
from ojakgyo.apps.contact.agreements.rehearsing import rehearse_route
from ojakgyo.apps.contact.models import Route, Silence, Window, WindowState
from ojakgyo.apps.contact.queries import checkins, overdue
from ojakgyo.apps.contact.radio.acts import begin_radio_silence, end_radio_silence
from ojakgyo.apps.contact.values import CheckinState
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import (
    Exposes,
    RadioSilenceBegun,
    RadioSilenceEnded,
    RouteKind,
    RouteRehearsed,
    SignalKind,
    WindowMissed,
)
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant


def seated(night, officer="Haneul"):
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
    client.post("/language/", {"language": "en"})
    return client


def begins(night, hours):
    begin_radio_silence(night.desk("Haneul"), until=Instant(night.now + hours * HOUR_MS))


@pytest.fixture
def window(night):
    """Of an hour, with a grace of an hour."""
    opens = Instant(night.now + MINUTE_MS)
    closes, person = Instant(opens + HOUR_MS), night.person("Seori-5")
    pk = agree_window(night.desk("Haneul"), person=person, opens=opens, closes=closes, grace_ms=HOUR_MS)
    return Window.objects.get(pk=pk)


def state(night):
    (line,) = (each for each in checkins(night.desk("Haneul")) if each.subject == night.person("Seori-5"))
    return line.state


def kept(window):
    return Window.objects.get(pk=window.pk).state


@pytest.mark.parametrize("what", [well, duress], ids=["well", "duress"])
def test_a_text_after_it_within_the_grace_of_their_own_keeps_the_window(night, window, what):
    begins(night, 6)
    night.goes_on(hours=6.2)
    night.hears("Seori-5", what)
    assert kept(window) == WindowState.KEPT
    night.goes_on(hours=2)
    assert told(WindowMissed) == [] and not Silence.objects.filter(pk=window.pk).exists()
    assert not Signal.objects.filter(kind=SignalKind.MISSED_WINDOW, window=window.pk).exists()


def test_windows_in_it_are_unknown_and_missed_only_after_their_grace_counted_from_its_end(night, window):
    begins(night, 6)
    night.goes_on(hours=5)
    assert (state(night), kept(window), Silence.objects.count()) == (CheckinState.UNKNOWN, WindowState.AGREED, 0)
    night.goes_on(hours=1.5)
    assert (state(night), kept(window)) == (CheckinState.LATE, WindowState.AGREED)
    night.goes_on(hours=0.6)
    assert (state(night), kept(window)) == (CheckinState.MISSED, WindowState.MISSED)
    assert Silence.objects.filter(pk=window.pk).exists()


def test_nobody_is_overdue_for_what_a_radio_silence_touched_before_it_is_over(night, window):
    begins(night, 3)
    person = night.person("Seori-5")
    night.goes_on(hours=2.9)
    assert overdue(night.desk("Haneul"), [person]) == {}
    night.goes_on(hours=0.5)
    assert overdue(night.desk("Haneul"), [person])[person] == pytest.approx(0.4 * HOUR_MS, abs=1000)


def test_ended_before_its_time_the_grace_counts_from_then(night, window):
    begins(night, 12)
    night.goes_on(hours=4)
    end_radio_silence(night.desk("Narae"))
    night.goes_on(minutes=50)
    assert kept(window) == WindowState.AGREED
    night.goes_on(minutes=20)
    assert kept(window) == WindowState.MISSED


def test_who_writes_is_heard_all_the_same(night, window):
    begins(night, 6)
    night.goes_on(hours=1)
    night.hears("Seori-5")
    assert (state(night), kept(window)) == (CheckinState.HEARD, WindowState.KEPT)


def test_one_at_a_time_from_ten_minutes_to_three_days_by_who_has_keys_in_hand(night):
    for span in (9 * MINUTE_MS, 73 * HOUR_MS):
        with pytest.raises(Refused, match=r"contact\.radio_span"):
            begin_radio_silence(night.desk("Haneul"), until=Instant(night.now + span))
    with pytest.raises(NotHeld):
        begin_radio_silence(night.keyless("Haneul"), until=Instant(night.now + HOUR_MS))
    with pytest.raises(Refused, match=r"contact\.radio_over"):
        end_radio_silence(night.desk("Haneul"))
    begins(night, 1)
    with pytest.raises(Refused, match=r"contact\.radio_runs"):
        begins(night, 2)
    night.goes_on(hours=1)
    begins(night, 1)
    assert len(told(RadioSilenceBegun)) == 2


def test_it_is_begun_and_ended_on_the_page_of_the_shift_and_said_on_now(night):
    client = seated(night)
    assert client.post("/shift/radio/begin/", {"hours": "6"}).status_code == 302
    for page in ("/shift/", "/now/"):
        assert "nobody is called, and no silence is judged." in client.get(page).content.decode()
    assert client.post("/shift/radio/begin/", {"hours": "6"}).status_code == 409
    assert client.post("/shift/radio/begin/", {"hours": "999"}).status_code == 409
    assert client.post("/shift/radio/end/").status_code == 302
    assert client.post("/shift/radio/end/").status_code == 409
    assert len(told(RadioSilenceEnded)) == 1


def test_a_route_is_noted_as_tried_today_by_who_holds_the_cell(night):
    person = night.person("Seori-5")
    number = agree_route(
        night.desk("Haneul"),
        person=person,
        kind=RouteKind.AGREED_LINE,
        through=None,
        delay_ms=HOUR_MS,
        exposes=Exposes.NOTHING_NEW,
    )
    with pytest.raises(NotHeld):
        rehearse_route(night.keyless("Haneul"), person=person, route=number)
    client, own = seated(night), ids.text("p", person)
    assert f'/people/{own}/route/{number}/rehearsed/"' in client.get(f"/people/{own}/").content.decode()
    assert client.post(f"/people/{own}/route/{number}/rehearsed/").status_code == 302
    assert Route.objects.get(pk=number).rehearsed_ms == night.now
    assert [each.route for each in told(RouteRehearsed)] == [RouteKind.AGREED_LINE]
    with pytest.raises(Refused):
        rehearse_route(night.desk("Haneul"), person=person, route=number + 999)


def test_on_a_calm_day_now_says_what_is_missing_and_leads_to_where_it_is_mended(night):
    page = seated(night).get("/now/").content.decode()
    gap = page.partition('id="calm"')[2].partition("</section>")[0]
    assert "Nobody" in gap and ('/#route"' in gap or '/#noticer"' in gap)
    night.is_under_duress("Beodeul")
    assert 'id="calm"' not in seated(night).get("/now/").content.decode()


def test_who_holds_no_cell_is_told_of_no_gap_in_it(night):
    """Narae holds C-1 and C-2 alone."""
    page = seated(night, "Narae").get("/now/").content.decode()
    gap = page.partition('id="calm"')[2].partition("</section>")[0]
    assert "Beodeul" not in gap and "Seori-5" not in gap
