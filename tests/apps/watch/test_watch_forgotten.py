"""A red that was seen and then forgotten asks again: half an hour after, and when its deadline passes."""

from world import duress, told

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.apps.watch.queries import RED_MS, SHOWN_MS, page, unseen_red
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Answer
from ojakgyo.domain.values.instants import MINUTE_MS


def red(night, *, minutes=0):
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - RED_MS + minutes * MINUTE_MS)


def seen(night, by="Haneul"):
    actions.acknowledge_warning(night.desk(by), warning=night.id_of("Yeoul"))
    night.settle()


def lapsed() -> int:
    return len(told(facts.AcknowledgementLapsed))


def woken() -> int:
    return len(told(facts.WakeDue))


def test_seen_and_taken_by_nobody_it_asks_again_after_half_an_hour_once(night):
    red(night, minutes=5)
    seen(night)
    night.goes_on(minutes=29.9)
    assert (lapsed(), woken(), night.line("Yeoul").asks_since) == (0, 1, None)

    night.goes_on(minutes=0.1)

    assert (lapsed(), woken()) == (1, 2), "the wake-up calls begin again, at once"
    assert night.line("Yeoul").asks_since == night.now
    assert unseen_red(night.desk("Boram")) == (night.now, night.now + SHOWN_MS)
    night.goes_on(minutes=29)
    assert (lapsed(), woken()) == (1, 2)
    night.goes_on(minutes=1)
    assert (lapsed(), woken()) == (1, 3), "one chain of calls, as for any red"


def test_seen_again_it_has_half_an_hour_again_whatever_was_pressed_before(night):
    red(night)
    seen(night)
    night.goes_on(minutes=10)
    seen(night, "Dasom")
    night.goes_on(minutes=29)
    assert lapsed() == 0, "counted from the last time"
    night.goes_on(minutes=1)
    assert lapsed() == 1
    night.goes_on(minutes=5)
    seen(night)
    night.goes_on(minutes=29)
    assert lapsed() == 1
    night.goes_on(minutes=1)
    assert lapsed() == 2


def test_what_somebody_has_taken_or_told_or_closed_does_not_ask_again(night):
    red(night)
    seen(night)
    night.goes_on(minutes=10)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    night.goes_on(minutes=60)
    assert (lapsed(), woken()) == (0, 1)
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=Answer.CONFIRMED)
    night.at(night.warning("Yeoul").deadline_ms + MINUTE_MS)
    assert (lapsed(), woken(), night.warning("Yeoul").state) == (0, 1, WarningState.WARNED)


def test_an_owned_red_whose_deadline_passes_with_nothing_recorded_asks_again(night):
    red(night)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    night.at(night.warning("Yeoul").deadline_ms - 1)
    assert (lapsed(), woken()) == (0, 1)

    night.at(night.warning("Yeoul").deadline_ms)

    row, line = night.warning("Yeoul"), night.line("Yeoul")
    assert (row.state, row.owner) == (WarningState.TOO_LATE, night.officer("Haneul")), "it stays whose it was"
    assert (lapsed(), woken()) == (1, 2)
    assert line.asks_again and line.may_take and not night.line("Yeoul", to="Dasom").may_take
    assert any(each.kind == "lapsed" for each in page(night.desk("Haneul"), warning=night.id_of("Yeoul")).timeline)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    night.goes_on(hours=2)
    assert (lapsed(), woken()) == (1, 2), "taken anew, it is in hand"


def test_a_word_that_was_sent_and_never_confirmed_asks_again_at_the_deadline(night):
    red(night)
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=Answer.SENT)
    night.at(night.warning("Yeoul").deadline_ms)
    assert (lapsed(), woken()) == (1, 2)


def test_after_ten_minutes_more_the_row_that_asks_again_is_shown_whole(night):
    red(night)
    seen(night)
    night.goes_on(minutes=30)
    assert night.line("Yeoul", to="Boram").reason is None
    night.goes_on(minutes=10)
    assert night.line("Yeoul", to="Boram").reason is not None
    assert len(told(facts.RowShown)) == 1


def test_what_an_officer_who_left_had_in_hand_is_shown_whole_after_ten_minutes_too(night):
    red(night)
    actions.take_warning(night.desk("Dasom"), warning=night.id_of("Yeoul"))
    night.goes_on(minutes=60)
    suspend_officer(night.desk("Haneul"), officer=night.officer("Dasom"))
    night.settle()
    assert unseen_red(night.desk("Boram")) == (night.now, night.now + SHOWN_MS)
    night.goes_on(minutes=10)
    assert night.line("Yeoul", to="Boram").reason is not None


def test_seen_before_it_was_red_it_asks_half_an_hour_after_it_turned(night):
    night.hears("Beodeul", duress)
    seen(night)
    night.at(night.warning("Yeoul").deadline_ms - RED_MS + 29 * MINUTE_MS)
    assert (lapsed(), woken()) == (0, 0)
    night.goes_on(minutes=1)
    assert (lapsed(), woken()) == (1, 1)
    assert inbox.last_of((facts.AcknowledgementLapsed,))
