"""A red wakes somebody by name, and again every half hour until somebody has said "I'll take it".

So does a silence that has grown, or that nobody has taken in half an hour: `contact.silences` says when to ask again.
Each round calls one officer, by every way that officer has: of the ladder as it stands then whoever was called least
often for this. A silence that grows begins anew with whoever is on call.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from ojakgyo.apps.alerts.models import Wake
from ojakgyo.apps.alerts.queries import is_amber
from ojakgyo.apps.alerts.rota import ladder, quiet_until
from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.contact.silences.queries import stage_began, who_is_silent
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.watch.queries import cell_of_subject, needs_somebody
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    AcknowledgementLapsed,
    SilenceForgotten,
    SilenceGrown,
    WakeKind,
    WarningLeft,
    WarningTurnedRed,
)
from ojakgyo.domain.values.ids import OfficerId, Seq, WarningId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

AGAIN_MS: Final = 30 * MINUTE_MS
WAKE_AGAIN: Final = "alerts.wake_again"
QUIET_OVER: Final = "alerts.quiet_over"


@duty(facts=(WarningTurnedRed,), since="beginning", lag_limit_ms=5_000)
def wake_for_red(desk: Desk, *, seq: Seq, fact: WarningTurnedRed) -> None:
    """The first call for a warning that has turned red."""
    _call(desk, fact.warning)


@duty(facts=(WarningLeft,), since="beginning", lag_limit_ms=5_000)
def wake_for_left(desk: Desk, *, seq: Seq, fact: WarningLeft) -> None:
    """Whoever had a red in hand has left the desk: call somebody else for it, at once."""
    _call(desk, fact.warning)


@duty(facts=(AcknowledgementLapsed,), since="beginning", lag_limit_ms=5_000)
def wake_for_lapsed(desk: Desk, *, seq: Seq, fact: AcknowledgementLapsed) -> None:
    """A red was seen and then nothing was done: call again for it, at once."""
    _call(desk, fact.warning)


@due_duty("alerts.wake_again", lag_limit_ms=MINUTE_MS)
def wake_again(desk: Desk, *, about: int, due: Instant) -> None:
    """Half an hour has passed and nobody has acknowledged: call the next."""
    _call(desk, WarningId(about))


def _call(desk: Desk, warning: WarningId) -> None:
    """One round of calls to whose turn it is, and the next one put on the list; none where somebody has it in hand.

    A warning has one line on the list: whatever calls anew moves it, so that there are never two chains of calls.
    """
    if not needs_somebody(warning):
        return
    (rounds, called), again = _so_far(warning=warning), Instant(desk.now + AGAIN_MS)
    _put(WAKE_AGAIN, warning, again)
    steps = ladder(desk.now, first_with_key_to=cell_of_subject(warning))
    if not steps:
        record(desk, facts.NobodyToWake(warning=warning))
        return
    officer = _whose(steps, called)
    for way in steps[officer]:
        row = {"warning": warning, "officer": officer, "kind": WakeKind.RED, "round": rounds + 1, "due_ms": desk.now}
        Wake.objects.create(way=way, **row)
    record(desk, facts.WakeDue(warning=warning, officer=officer, wake=WakeKind.RED, round=rounds + 1))


def _so_far(*, since: int = 0, **about: int) -> tuple[int, Counter[int]]:
    """How many rounds of calls there have been, each a row for each way; and how often each officer was called since then."""
    rows = set(Wake.objects.filter(**about).values_list("round", "officer", "due_ms"))
    return max((each for each, _, _ in rows), default=0), Counter(officer for _, officer, at in rows if at >= since)


def _whose(steps: Mapping[OfficerId, object], called: Counter[int]) -> OfficerId:
    """Whoever has been called least often, of those the first: who has come on call meanwhile is not passed over."""
    return min(steps, key=lambda officer: called[officer])


@duty(facts=(SilenceGrown, SilenceForgotten), since="beginning", lag_limit_ms=5_000)
def wake_for_silence(desk: Desk, *, seq: Seq, fact: SilenceGrown | SilenceForgotten) -> None:
    """Nobody has a silence in hand: the next on the rota is woken. At its first stage it stands on the page alone."""
    _call_for_silence(desk, fact.window)


@due_duty("alerts.quiet_over", lag_limit_ms=MINUTE_MS)
def wake_after_quiet(desk: Desk, *, about: int, due: Instant) -> None:
    """Somebody keeps still no longer: the silence that woke nobody for it wakes them now."""
    _call_for_silence(desk, about)


def _call_for_silence(desk: Desk, window: int) -> None:
    """One round of calls, or one put on the list for when the first of those who all keep still may be woken."""
    person, amber = who_is_silent(window), is_amber(window)
    if person is None:
        return
    steps = ladder(desk.now, first_with_key_to=cells_of([person]).get(person), amber=amber)
    if not steps:
        if amber and (until := quiet_until(desk.now)) is not None:
            _put(QUIET_OVER, window, until)
        else:
            record(desk, facts.NobodyForSilence(person=person, window=window))
        return
    rounds, called = _so_far(window=window, since=stage_began(window))
    officer = _whose(steps, called)
    for way in steps[officer]:
        row = {"window": window, "officer": officer, "kind": WakeKind.SILENCE, "round": rounds + 1, "due_ms": desk.now}
        Wake.objects.create(way=way, **row)
    record(desk, facts.SilenceCallDue(person=person, window=window, officer=officer, round=rounds + 1))


def _put(kind: str, about: int, at: Instant) -> None:
    """One line on the list for each: it is moved, or put back where it was what brought us here."""
    due_list.put(kind, key=f"{kind}:{about}", about=about, due=at)
    due_list.again(f"{kind}:{about}", due=at)
