"""A warning that comes back: taken over, red once more, asked again of who was told of a later hour."""

from itertools import pairwise

import pytest
from world import duress, told

from ojakgyo.apps.alerts.models import Wake
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.network.actions import add_person, record_link
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.duties import AT_ONCE
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.apps.watch.queries import RED_MS, page
from ojakgyo.apps.watch.values import TimelineKind
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Answer, CloseReason, Credibility, LinkKind, Reliability, ReportKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant
from ojakgyo.domain.values.roles import PersonRole

SURE = {"reliability": Reliability.GOOD, "credibility": Credibility.CONFIRMED}


def shown(night, about, by="Haneul"):
    return page(night.desk(by), warning=night.id_of(about))


def hands_over(night, knower, known):
    """A link that brings a deadline forward."""
    day = Instant(night.now - DAY_MS)
    ends = {"knower": night.person(knower), "known": night.person(known)}
    record_link(night.desk("Haneul"), kind=LinkKind.HANDED_OVER, mutual=True, first=day, last=day, **ends)
    night.settle()


def test_a_safety_officer_takes_a_warning_over_and_the_former_owner_stays_in_sight(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    durumi = night.id_of("Durumi")
    actions.take_warning(night.desk("Haneul"), warning=durumi)
    assert shown(night, "Durumi", "Dasom").forms.may_take_over
    assert not shown(night, "Durumi").forms.may_take_over, "it is Haneul's already"
    night.goes_on(minutes=1)

    actions.take_over_warning(night.desk("Dasom"), warning=durumi)

    row = night.warning("Durumi")
    assert (row.owner, row.state) == (night.officer("Dasom"), WarningState.OWNED)
    assert [fact.officer for fact in told(facts.WarningTaken)] == [night.officer("Haneul"), night.officer("Dasom")]
    over, first = [line for line in shown(night, "Durumi").timeline if line.kind is TimelineKind.TAKEN]
    assert (over.by.en, over.former.en) == ("Dasom", "Haneul")
    assert (first.by.en, first.former) == ("Haneul", None)


def test_whoever_told_the_subject_is_the_former_owner_of_what_nobody_had_taken(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Durumi"), route=None, answer=Answer.SENT)
    night.goes_on(minutes=1)
    actions.take_over_warning(night.desk("Dasom"), warning=night.id_of("Durumi"))
    assert shown(night, "Durumi").timeline[0].former.en == "Haneul"


def test_nobody_but_safety_takes_a_warning_over_and_a_closed_one_nobody(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    durumi = night.id_of("Durumi")
    actions.take_warning(night.desk("Haneul"), warning=durumi)
    with pytest.raises(Refused, match=r"watch\.safety_only"):
        actions.take_over_warning(night.desk("Boram"), warning=durumi)
    assert not shown(night, "Durumi", "Boram").forms.may_take_over
    actions.close_warning(night.desk("Haneul"), warning=durumi, reason=CloseReason.DUPLICATE)
    with pytest.raises(Refused, match=r"watch\.closed"):
        actions.take_over_warning(night.desk("Dasom"), warning=durumi)


def test_a_deadline_that_left_the_red_and_comes_back_wakes_anew(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    night.at(night.warning("Durumi").deadline_ms - RED_MS)
    assert Wake.objects.count() == 1
    actions.acknowledge_warning(night.desk("Dasom"), warning=night.id_of("Durumi"))

    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY, **SURE)

    row = night.warning("Durumi")
    assert row.deadline_ms - RED_MS > night.now
    assert (row.red_ms, row.acknowledged) == (None, False)
    night.at(row.deadline_ms - RED_MS - 1)
    assert (len(told(facts.WarningTurnedRed)), Wake.objects.count()) == (1, 1), "nobody is called while it is not red"
    night.at(row.deadline_ms - RED_MS)
    assert len(told(facts.WarningTurnedRed)) == 2
    assert list(Wake.objects.order_by("round").values_list("round", flat=True)) == [1, 2]


def test_the_row_goes_to_everyone_ten_minutes_after_the_second_red_too(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    night.at(night.warning("Durumi").deadline_ms - RED_MS)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY, **SURE)
    night.goes_on(minutes=11)
    assert told(facts.RowShown) == [], "it is not red now"
    night.at(night.warning("Durumi").deadline_ms - RED_MS + 10 * MINUTE_MS)
    assert len(told(facts.RowShown)) == 1


def test_who_was_told_of_a_later_hour_is_asked_for_again(night):
    night.is_under_duress()
    haebaragi = night.id_of("Haebaragi")
    actions.tell_subject(night.desk("Haneul"), warning=haebaragi, route=None, answer=Answer.CONFIRMED)
    before = night.warning("Haebaragi").deadline_ms
    night.goes_on(minutes=5)

    hands_over(night, "Beodeul", "Haebaragi")

    row = night.warning("Haebaragi")
    assert row.deadline_ms < before
    assert (row.state, row.owner, row.acknowledged) == (WarningState.OWNED, night.officer("Haneul"), False)
    assert [fact.warning for fact in told(facts.WarningReopened)] == [haebaragi]
    again, moved = [
        line
        for line in shown(night, "Haebaragi").timeline
        if line.kind in (TimelineKind.REOPENED, TimelineKind.DEADLINE_MOVED)
    ]
    assert again.because is moved.because is TimelineKind.WAYS_CHANGED
    assert night.line("Haebaragi").must_be_warned


def test_a_few_minutes_earlier_are_not_worth_another_contact(night):
    night.is_under_duress()
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=Answer.CONFIRMED)
    row = night.warning("Yeoul")
    Warning.objects.filter(pk=row.pk).update(told_until_ms=row.deadline_ms - 10 * DAY_MS)
    hands_over(night, "Beodeul", "Yeoul")
    assert night.warning("Yeoul").deadline_ms < row.deadline_ms
    assert night.warning("Yeoul").state is WarningState.WARNED, "it was told of an earlier hour still"


def test_a_write_raises_the_most_urgent_first_and_a_few_at_a_time(night):
    desk, day = night.desk("Haneul"), Instant(night.now - 2 * DAY_MS)
    for number in range(2 * AT_ONCE):
        name = CodeName.of("민들레", number + 2)
        person = add_person(desk, name=name, role=PersonRole.HELPER, cell=night.ids.cells["N-2"])
        beodeul = night.ids.lines["Beodeul"]
        ends = {"knower": person, "known": beodeul, "mutual": True, "first": day, "last": day}
        record_link(desk, kind=LinkKind.CALLED, **ends)
    night.arrives("Beodeul", duress)
    night.listen()
    sizes = [0]
    while rounds.read_all(house_desk):
        sizes.append(Warning.objects.count())
    assert max(later - earlier for earlier, later in pairwise(sizes)) == AT_ONCE
    raised = [fact.deadline for fact in told(facts.WarningRaised)]
    assert len(raised) == 2 * AT_ONCE + 2 and raised == sorted(raised)
