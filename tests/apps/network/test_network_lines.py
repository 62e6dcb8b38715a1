"""Lines: their states, what is on them, who has them; and what follows by itself from each."""

import pytest
from world import told

from ojakgyo.apps.cards.actions import capture_card
from ojakgyo.apps.chronicle.models import Due
from ojakgyo.apps.network.lines import acts
from ojakgyo.apps.network.lines.queries import due_counts, held_since, holders_before, lines_due
from ojakgyo.apps.network.lines.values import LinesDue
from ojakgyo.apps.network.models import Charge, Holding, Line, Link
from ojakgyo.apps.network.queries import line_at, number_of
from ojakgyo.apps.network.snapshots import snapshot
from ojakgyo.domain.checkins.lines import MAY_BECOME, SOON_MS
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import (
    HoldingForgotten,
    LineCharged,
    LineDue,
    LineHandedOn,
    LineRemoved,
    LineState,
    LineStateChanged,
    LinkKind,
)
from ojakgyo.domain.values.ids import LineId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

BURNT, SEIZED, QUIET, ACTIVE = LineState.BURNT, LineState.SEIZED, LineState.QUIET, LineState.ACTIVE
BEODEUL = "+8610012345678"


def line(night, of="Beodeul") -> LineId:
    return night.ids.lines[of]


def state(night, of="Beodeul") -> LineState:
    return Line.objects.get(pk=line(night, of)).state


def charged(night, *, expires=None, topup=None, balance=None, by="Haneul", of="Beodeul"):
    """Days from now."""
    days = [None if each is None else Instant(night.now + each * DAY_MS) for each in (expires, topup)]
    acts.note_charge(night.desk(by), line=line(night, of), expires=days[0], topup=days[1], balance=balance)


def leaps(night, instant) -> None:
    """There in one step: nobody is woken for every half hour on the way."""
    night.clock.at(instant)
    night.settle()


# States --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", LineState)
def test_what_was_burnt_or_in_other_hands_is_never_used_again_and_the_rest_takes_one_officer(night, before):
    for after in LineState:
        Line.objects.filter(pk=line(night)).update(state=before)
        allowed = after in MAY_BECOME[before]
        count = len(told(LineStateChanged))
        if allowed:
            acts.change_state(night.desk("Boram"), line=line(night), state=after)
        else:
            with pytest.raises(Refused) as refused:
                acts.change_state(night.desk("Boram"), line=line(night), state=after)
            assert refused.value.code == "network.line_stays"
        assert (state(night), len(told(LineStateChanged)) - count) == ((after, 1) if allowed else (before, 0))
        assert not (allowed and before in (BURNT, SEIZED) and after in (ACTIVE, QUIET))


def test_without_the_key_of_its_cell_nothing_is_done_about_a_line(night):
    """Dasom holds no key to N-2."""
    desk, own = night.desk("Dasom"), line(night)
    for act in (
        lambda: acts.change_state(desk, line=own, state=BURNT),
        lambda: acts.note_charge(desk, line=own, expires=None, topup=None, balance=1),
        lambda: acts.hand_on(desk, line=own, to=night.person("Galmae-3")),
        lambda: acts.hand_on(desk, line=line(night, "Galmae-3"), to=night.person("Beodeul")),
    ):
        with pytest.raises(NotHeld):
            act()
    assert state(night) is ACTIVE and not Charge.objects.exists() and not told(LineHandedOn)


# What is on it -------------------------------------------------------------------------------------------------------


def test_a_reminder_falls_due_a_week_before_once_and_moves_with_what_is_noted_anew(night):
    charged(night, expires=10, topup=9, balance=1_250)
    assert due_counts(night.desk("Haneul")) == LinesDue() and not due_counts(night.desk("Haneul"))
    charged(night, expires=8, topup=None, balance=5_000)
    (row,) = Due.objects.filter(kind=acts.REMIND)
    assert row.due_ms == night.now + 8 * DAY_MS - SOON_MS
    leaps(night, row.due_ms - 1)
    assert not told(LineDue)
    leaps(night, row.due_ms)
    assert [fact.line for fact in told(LineDue)] == [line(night)]
    assert due_counts(night.desk("Haneul")) == LinesDue(expire=1)
    charged(night, expires=90)
    leaps(night, night.now + 2 * DAY_MS)
    assert len(told(LineDue)) == 1 and not lines_due(night.desk("Haneul"))
    assert len(told(LineCharged)) == 3


def test_one_that_runs_out_within_the_week_is_said_at_once_and_stays_on_the_list_when_it_has(night):
    charged(night, expires=3)
    night.settle()
    assert len(told(LineDue)) == 1
    leaps(night, night.now + 5 * DAY_MS)
    assert [each.code_name.en for each in lines_due(night.desk("Haneul"))] == ["Beodeul"]


def test_the_list_holds_the_cells_held_alone_the_soonest_first(night):
    charged(night, expires=5)
    charged(night, topup=2, of="Galmae-3")
    charged(night, expires=4, topup=9, of="Haebaragi")
    charged(night, expires=8, of="Yeoul")
    listed = {
        officer: [each.code_name.en for each in lines_due(night.desk(officer))] for officer in ("Haneul", "Dasom")
    }
    assert listed == {"Haneul": ["Galmae-3", "Haebaragi", "Beodeul"], "Dasom": ["Galmae-3", "Haebaragi"]}
    assert due_counts(night.desk("Haneul")) == LinesDue(expire=2, top_up=1)
    assert due_counts(night.desk("Narae")) == LinesDue(expire=1, top_up=1)
    assert due_counts(night.keyless("Haneul")) == LinesDue()


def test_a_captured_phone_is_reminded_of_in_the_chronicle_like_any_other_and_a_burnt_one_is_not(night):
    charged(night, expires=9)
    charged(night, expires=9, of="Yeoul")
    capture_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"])
    acts.change_state(night.desk("Haneul"), line=line(night, "Yeoul"), state=BURNT)
    leaps(night, night.now + 3 * DAY_MS)
    assert [fact.line for fact in told(LineDue)] == [line(night)] and state(night) is SEIZED
    assert not lines_due(night.desk("Haneul"))


# Who has it ----------------------------------------------------------------------------------------------------------


def test_handing_on_seals_the_number_for_the_cell_of_whoever_has_it_now(night):
    before = Line.objects.get(pk=line(night))
    night.goes_on(hours=1)
    acts.hand_on(night.desk("Haneul"), line=line(night), to=night.person("Galmae-3"))
    after = Line.objects.get(pk=line(night))
    assert after.number != before.number and after.index == before.index
    assert number_of(night.desk("Narae"), line(night)) == BEODEUL  # holds C-1, and nothing in the North
    assert line_at(night.desk("Haneul"), BEODEUL) == line(night)
    (fact,) = told(LineHandedOn)
    assert (fact.person, fact.before) == (night.person("Galmae-3"), night.person("Beodeul"))
    assert held_since(line(night)) == night.now
    (held,) = holders_before(night.desk("Haneul"), line(night))
    assert (held.code_name.en, held.until) == ("Beodeul", night.now) and held.since <= night.now - HOUR_MS
    assert holders_before(night.desk("Narae"), line(night))[0].code_name is None


def test_whoever_had_it_still_leads_to_those_it_was_used_with_and_so_does_whoever_has_it_now(night):
    known = snapshot(night.desk("Haneul"), at=night.now)
    acts.hand_on(night.desk("Haneul"), line=line(night), to=night.person("Noeul"))
    (knew,) = Link.objects.filter(kind=LinkKind.CARRIES)
    assert (knew.knower, knew.known, knew.mutual) == (night.person("Beodeul"), line(night), False)
    network = snapshot(night.desk("Haneul"), at=night.now, before=known).network
    into = network.places([line(night)])[0]
    leads = {
        int(network.nodes[source])
        for source, target in zip(network.source, network.target, strict=True)
        if target == into
    }
    assert {night.person("Beodeul"), night.person("Noeul")} <= leads


def test_what_is_not_trusted_or_has_nowhere_to_go_is_not_handed_on(night):
    desk = night.desk("Haneul")
    for before, to, code in (
        (ACTIVE, "Beodeul", "network.line_same_holder"),
        (SEIZED, "Yeoul", "network.line_not_trusted"),
        (BURNT, "Yeoul", "network.line_not_trusted"),
    ):
        Line.objects.filter(pk=line(night)).update(state=before)
        with pytest.raises(Refused) as refused:
            acts.hand_on(desk, line=line(night), to=night.person(to))
        assert refused.value.code == code
    Line.objects.filter(pk=line(night)).update(state=QUIET)
    row = Line.objects.get(pk=line(night))
    Line.objects.filter(pk=line(night)).update(number=row.number[:-1] + b"x")  # sealed anew meanwhile
    with pytest.raises(Refused, match=r"house\.busy"):
        acts.keep_handed_on(desk, line=row.pk, to=night.person("Yeoul"), before=row.number, number=b"", epoch=1)
    assert not Holding.objects.exists() and not told(LineHandedOn)


def test_who_had_it_is_forgotten_after_a_year(night):
    acts.hand_on(night.desk("Haneul"), line=line(night), to=night.person("Yeoul"))
    (row,) = Due.objects.filter(kind=acts.FORGET)
    assert row.due_ms == night.now + 365 * DAY_MS
    leaps(night, row.due_ms)
    assert not Holding.objects.exists() and [fact.line for fact in told(HoldingForgotten)] == [line(night)]
    assert not told(LineRemoved)
