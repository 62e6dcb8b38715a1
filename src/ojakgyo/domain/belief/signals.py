"""Signals: what was heard about one person, what it weighs, and which hours it speaks about."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.belief import evidence
from ojakgyo.domain.facts import Credibility, ReadingResult, Reliability, ReportKind, SignalKind
from ojakgyo.domain.values.instants import DAY_MS, Instant

LIMIT_DECIBANS: Final = 100.0
REMOVED_WITHIN_MS: Final = 3 * DAY_MS
"""Two officers act on what has come to light: most likely it went out in the days before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One piece of evidence.

    Parameters
    ----------
    decibans : weight for "taken by `until`" against "free".
    heard : when the desk was told; signals are weighed in this order, then by `seq`.
    until : it tells nothing about a taking after this instant.
    since : the taking most likely lies between `since` and `until`; None = it names no hours.
    once : of all signals with the same key only the weightiest counts; None = it stands alone.
    seq : number of the fact behind it.
    """

    kind: SignalKind
    decibans: float
    heard: Instant
    until: Instant
    since: Instant | None = None
    once: tuple[str, int] | None = None
    seq: int = 0

    def __post_init__(self) -> None:
        if not abs(self.decibans) <= LIMIT_DECIBANS:  # NaN too
            raise ValueError("no signal weighs that much")
        if self.since is not None and self.since > self.until:
            raise ValueError("a signal's hours end before they begin")


def reading(
    result: ReadingResult,
    *,
    heard: Instant,
    window: int | None,
    written: Instant | None = None,
    well: bool = True,
    since: Instant | None = None,
    seq: int = 0,
) -> Signal:
    """A card reading.

    Of the calming readings of one window one counts, and of the alarming ones too. A calming reading outside every
    window weighs nothing: whoever holds the phone could send it as often as they like.

    Parameters
    ----------
    well : False where the text speaks of danger: it comes from a free hand, and calms nobody.
    written : the earliest it can have been written, as when its row's window opened; a calming word speaks up to then.
    since : the last authenticated contact; an alarming word most likely follows a later taking.
    """
    weight = evidence.of_reading(result)
    weight = weight if well else max(0.0, weight)
    calming = weight < 0.0
    return Signal(
        kind=SignalKind.READING,
        decibans=0.0 if calming and window is None else weight,
        heard=heard,
        until=min(heard, written) if calming and written is not None else heard,
        since=since if weight > 0.0 else None,
        once=None if window is None else (f"reading {_direction(weight)}", window),
        seq=seq,
    )


def answer(
    result: ReadingResult,
    *,
    heard: Instant,
    window: int | None,
    question: bool = False,
    since: Instant | None = None,
    seq: int = 0,
) -> Signal:
    """What somebody answered when the desk asked: by a row and a digit of their card, or a private question (`question`).

    Of the calming answers and texts of one window one counts, and of the alarming ones too. Outside every window it is one
    a day: the desk asks, so nobody else can have it said as often as they like.
    """
    weight = evidence.of_question(result) if question else evidence.of_reading(result)
    once = (f"reading {_direction(weight)}", window) if window is not None else _a_day(weight, heard)
    return Signal(
        kind=SignalKind.QUESTION if question else SignalKind.CHALLENGE,
        decibans=weight,
        heard=heard,
        until=heard,
        since=since if weight > 0.0 else None,
        once=once,
        seq=seq,
    )


def _a_day(weight: float, heard: Instant) -> tuple[str, int] | None:
    """Alarming answers outside a window each count, like texts."""
    return (f"answer {_direction(weight)}", heard // DAY_MS) if weight < 0.0 else None


def report(
    kind: ReportKind,
    *,
    reliability: Reliability,
    credibility: Credibility,
    heard: Instant,
    since: Instant | None = None,
    until: Instant | None = None,
    origin: int | None = None,
    seq: int = 0,
) -> Signal:
    """What somebody saw, between `since` and `until`. Reports of one origin that point the same way count once."""
    weight = evidence.of_report(kind, reliability=reliability, credibility=credibility)
    return Signal(
        kind=SignalKind.REPORT,
        decibans=weight,
        heard=heard,
        until=heard if until is None else min(heard, until),
        since=since if weight > 0.0 else None,
        once=None if origin is None else (f"report {_direction(weight)}", origin),
        seq=seq,
    )


def custody(*, heard: Instant, since: Instant | None = None, seq: int = 0) -> Signal:
    """Somebody was captured, and a quarantine begins. Each stands alone: a later one is a new taking.

    Parameters
    ----------
    since : the last authenticated contact; the taking most likely follows it.
    """
    return Signal(
        kind=SignalKind.CUSTODY, decibans=evidence.of_custody(), heard=heard, until=heard, since=since, seq=seq
    )


def removal(percent: int, *, heard: Instant, base: float, seq: int = 0) -> Signal:
    """Two officers removed one of theirs, and hold it so likely that what was known is known to others by then.

    Weighed alone, belief is what they said. Since when nobody knows: most likely within the days before the removal.
    """
    return Signal(
        kind=SignalKind.REMOVAL,
        decibans=evidence.of_removal(percent, base=base),
        heard=heard,
        until=heard,
        since=Instant(heard - REMOVED_WITHIN_MS),
        seq=seq,
    )


def missed_window(*, closes: Instant, heard: Instant, window: int, ratio: float | None = None, seq: int = 0) -> Signal:
    """A window that went by in silence while the desk could hear. `heard`: when it was given up, after the grace."""
    return Signal(
        kind=SignalKind.MISSED_WINDOW,
        decibans=evidence.of_missed_window() if ratio is None else evidence.decibans(ratio),
        heard=heard,
        until=min(heard, closes),
        once=("missed", window),
        seq=seq,
    )


def _direction(weight: float) -> str:
    return "calming" if weight < 0.0 else "alarming"
