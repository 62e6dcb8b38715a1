"""May I call? One word, one reason, until when; a no in the same words whatever speaks for it, and for whoever asks."""

import re

import pytest
from django.test import Client
from world import duress, told

from ojakgyo.apps.calls.actions import record_call, show_number
from ojakgyo.apps.calls.queries import calls_today, may_call
from ojakgyo.apps.calls.values import Answer, Because, Word
from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.network.burning import burn_lines
from ojakgyo.apps.network.models import Line, Link
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.watch.explaining import LIKELY
from ojakgyo.apps.watch.latest import latest
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import (
    CallOutcome,
    Credibility,
    LinkKind,
    LinkSource,
    NumberShown,
    Reliability,
    ReportKind,
)
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import HOUR_MS, Instant

NUMBER = "+8610012345678"
CSRF = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>')


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, night, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.night = night
        self.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
        self.post("/language/", {"language": "en"})

    def address(self, about: str, rest: str = "") -> str:
        return f"/calls/{ids.text('p', self.night.person(about))}/{rest}"

    def answer(self, about: str) -> str:
        """The desk's part of the page, without what differs by chance."""
        html = self.get(self.address(about)).content.decode()
        return CSRF.sub("", html.partition("<main")[2].partition("</main>")[0])


@pytest.fixture
def in_window(night):
    """Beodeul and Yeoul may be called for another hour."""
    for name in ("Beodeul", "Yeoul"):
        opens = Instant(night.now - 60_000)
        agree_window(
            night.desk("Haneul"),
            person=night.person(name),
            opens=opens,
            closes=Instant(night.now + HOUR_MS),
            grace_ms=72 * HOUR_MS,
        )
    return night


@action
def burn(desk, person):
    burn_lines(desk, Line.objects.filter(holder_id=person))


def word(night, about, *, to="Haneul"):
    return may_call(night.desk(to), night.person(about))


def test_in_the_window_yes_until_it_closes_and_before_it_not_now_until_it_opens(in_window):
    assert word(in_window, "Beodeul") == Answer(Word.YES, Because.WINDOW_OPEN, Instant(in_window.now + HOUR_MS))
    assert word(in_window, "Galmae-3") == Answer(Word.LATER, Because.NO_WINDOW)
    in_window.goes_on(hours=2)
    later = word(in_window, "Yeoul")
    assert (later.word, later.because) == (Word.LATER, Because.WINDOW_COMES)
    assert word(in_window, "Durumi") == Answer(Word.NO, Because.NO_PHONE)


def test_who_holds_no_key_hears_the_same_no_whatever_has_happened(in_window):
    """Dasom is safety, without the key to N-2."""
    dasom = Visitor(in_window, "Dasom")
    before = dasom.answer("Beodeul")
    assert "You hold no key to this cell." in before
    in_window.hears("Beodeul", duress)
    assert dasom.answer("Beodeul") == before
    assert NUMBER not in before


def by_duress(night):
    night.hears("Beodeul", duress)


def by_report(night):
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)


def by_burning(night):
    burn(night.desk("Haneul"), night.person("Beodeul"))


def test_a_no_is_the_same_page_whatever_speaks_for_it_and_for_safety_too(in_window):
    """Boram, who is not safety, is told to ask first, before all that and after."""
    haneul, boram = Visitor(in_window, "Haneul"), Visitor(in_window, "Boram")
    no, asks = set(), {boram.answer("Beodeul")}
    assert "Yes." in haneul.answer("Beodeul")
    for why in (by_burning, by_report, by_duress):
        why(in_window)
        assert word(in_window, "Beodeul") == Answer(Word.NO, Because.OTHER_HANDS)
        no, asks = no | {haneul.answer("Beodeul")}, asks | {boram.answer("Beodeul")}
    (said,), (asked,) = no, asks
    assert "This phone may be in other hands." in said
    assert "Not now." in asked and "Ask a safety officer first." in asked
    for each in (said, asked):
        assert not re.search("duress|report|burnt|taken", each, re.IGNORECASE)
        assert "/number/" not in each


@pytest.mark.parametrize("why", [by_duress, by_report, by_burning])
def test_each_of_these_alone_is_a_no(in_window, why):
    assert word(in_window, "Beodeul").word is Word.YES
    why(in_window)
    assert word(in_window, "Beodeul") == Answer(Word.NO, Because.OTHER_HANDS)
    assert word(in_window, "Beodeul", to="Boram") == Answer(Word.LATER, Because.ASK_FIRST)


def test_no_good_number_and_no_good_report_ends_a_no_after_duress(in_window):
    by_duress(in_window)
    in_window.goes_on(minutes=10)
    in_window.hears("Beodeul")
    good = {"reliability": Reliability.GOOD, "credibility": Credibility.CONFIRMED}
    in_window.is_told("Beodeul", ReportKind.SEEN_WELL, **good)
    assert latest.analysis(in_window.desk("Haneul")).beliefs[in_window.person("Beodeul")].probability < LIKELY
    assert word(in_window, "Beodeul").word is Word.NO


def test_the_list_names_who_may_be_called_and_nobody_with_a_no(in_window):
    def named(officer):
        return [line.code_name.en for line in calls_today(in_window.desk(officer))]

    assert sorted(named("Haneul")) == ["Beodeul", "Yeoul"]
    assert named("Dasom") == []
    by_report(in_window)
    assert named("Haneul") == ["Yeoul"]
    assert sorted(named("Boram")) == ["Beodeul", "Yeoul"]
    assert all(line.ask_first for line in calls_today(in_window.desk("Boram")))


def test_the_number_is_shown_only_while_the_answer_is_yes_and_it_is_written_down(in_window):
    """Whose call is under way goes on; it ends with what came of it."""
    haneul = Visitor(in_window, "Haneul")
    assert NUMBER not in haneul.answer("Beodeul")
    shown = haneul.post(haneul.address("Beodeul", "number/"))
    assert NUMBER in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert len(told(NumberShown)) == 1
    by_report(in_window)
    haneul.post(haneul.address("Beodeul", "outcome/"), {"outcome": "no_answer", "seconds": ""})
    refused = haneul.post(haneul.address("Beodeul", "number/"))
    assert refused.status_code == 409
    assert NUMBER not in refused.content.decode()
    with pytest.raises(NotHeld):
        show_number(in_window.desk("Dasom"), person=in_window.person("Beodeul"))
    assert len(told(NumberShown)) == 1


def test_a_call_writes_a_link_from_officer_to_line_and_moves_no_deadline(in_window):
    in_window.is_under_duress("Beodeul")
    before = in_window.warning("Yeoul").deadline_ms
    haneul = Visitor(in_window, "Haneul")
    kept = haneul.post(haneul.address("Yeoul", "outcome/"), {"outcome": "reached", "seconds": "48"})
    assert kept.status_code == 302
    assert not Link.objects.filter(source=LinkSource.CALL).exists()
    in_window.goes_on(minutes=1)
    (link,) = Link.objects.filter(source=LinkSource.CALL)
    assert (link.kind, link.knower, link.known) == (
        LinkKind.CALLED,
        in_window.officer("Haneul"),
        in_window.ids.lines["Yeoul"],
    )
    assert not link.mutual
    assert in_window.warning("Yeoul").deadline_ms == before
    assert "48 s" in haneul.answer("Yeoul")


def test_taken_back_within_ten_seconds_no_link_is_written_and_later_it_cannot_be(in_window):
    haneul = Visitor(in_window, "Haneul")

    def called():
        kept = haneul.post(haneul.address("Yeoul", "outcome/"), {"outcome": "no_answer", "seconds": ""})
        return kept["Location"].partition("noted=")[2]

    first = called()
    offered = haneul.get(haneul.address("Yeoul", f"?noted={first}")).content.decode()
    assert f'action="{haneul.address("Yeoul", f"undo/{first}/")}"' in offered
    assert Visitor(in_window, "Boram").post(haneul.address("Yeoul", f"undo/{first}/")).status_code == 409
    assert haneul.post(haneul.address("Yeoul", f"undo/{first}/")).status_code == 302
    assert haneul.post(haneul.address("Yeoul", f"undo/{first}/")).status_code == 409
    in_window.goes_on(minutes=1)
    assert not Link.objects.filter(source=LinkSource.CALL).exists()
    assert "no answer" not in haneul.answer("Yeoul").partition("Calls before")[2]
    second = called()
    in_window.goes_on(minutes=0.2)
    assert haneul.post(haneul.address("Yeoul", f"undo/{second}/")).status_code == 409
    assert Link.objects.filter(source=LinkSource.CALL).count() == 1


def test_who_holds_no_key_records_no_call(in_window):
    with pytest.raises(NotHeld):
        record_call(in_window.desk("Dasom"), person=in_window.person("Yeoul"), outcome=CallOutcome.REACHED)
    dasom = Visitor(in_window, "Dasom")
    assert dasom.post(dasom.address("Yeoul", "outcome/"), {"outcome": "reached"}).status_code == 403


def test_a_call_is_kept_even_where_the_answer_was_no(in_window):
    by_duress(in_window)
    record_call(
        in_window.desk("Haneul"), person=in_window.person("Beodeul"), outcome=CallOutcome.REACHED, seconds=9_999
    )
    in_window.goes_on(minutes=1)
    assert Link.objects.filter(source=LinkSource.CALL).count() == 1


def test_a_code_name_is_asked_by_post_and_stands_in_no_address(night):
    haneul = Visitor(night, "Haneul")
    for written in ("ㅂㄷ", "버들", "beodeul"):
        assert haneul.post("/calls/", {"who": written})["Location"] == haneul.address("Beodeul")
    wrong = haneul.post("/calls/", {"who": "Nobody"})
    assert wrong.status_code == 422
    assert "Nobody has this code name." in wrong.content.decode()


def test_a_line_of_somebody_else_is_refused(in_window):
    with pytest.raises(Refused):
        record_call(
            in_window.desk("Haneul"),
            person=in_window.person("Yeoul"),
            outcome=CallOutcome.REACHED,
            line=in_window.ids.lines["Beodeul"],
        )
