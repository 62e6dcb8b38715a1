"""Belief: how likely one person is in other hands, the law of when, and what each signal added.

Two states and the hours of the look-back, cut at every instant a signal names, so that no signal is smeared. The same
signals at the same instant give the same answer; nothing here knows the present.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum
from typing import Final

from ojakgyo.domain.belief.evidence import decibans, ratio
from ojakgyo.domain.belief.signals import Signal
from ojakgyo.domain.values.instants import HOUR_MS, Instant, hours

BASE: Final = 0.01
"""Taken unknown to the desk, before any signal: one in a hundred, about -20 decibans."""

EDGE_HOURS: Final = (0, 1, 2, 4, 8, 16, 24, 48, 96, 168)
"""Hours before `at`. The look-back starts a week (the last edge) before the oldest signal."""

HOURS_TRUSTED: Final = 0.8
"""A report that names hours is right about them four times of five."""


@dataclass(frozen=True, slots=True)
class Line:
    """One bar of the picture: from `start` by `decibans`. A signal that is not counted again has 0."""

    signal: Signal
    start: float
    decibans: float

    @property
    def end(self) -> float:
        return self.start + self.decibans


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What stands at the instant of the last fact.

    Parameters
    ----------
    probability : P(taken) in (0, 1).
    start, decibans : log-odds before and after all lines.
    edges : hours before `at`, from 0 upwards, one more than weights.
    weights : the law of when, given that the person is taken; sums to 1, even within a bin.
    """

    at: Instant
    probability: float
    start: float
    decibans: float
    edges: tuple[float, ...]
    weights: tuple[float, ...]
    lines: tuple[Line, ...]

    def law_from(self, t0: Instant) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The law of when as rising edges in hours from `t0` (negative = before) and its weights: a seed's form."""
        shift = hours(self.at - t0)
        return tuple(shift - edge for edge in reversed(self.edges)), self.weights[::-1]


def belief(signals: Iterable[Signal], *, at: Instant, base: float = BASE) -> Belief:
    """Weigh all signals heard by `at`, the instant of the last fact; later ones are not known yet.

    Never falls below `base`, whatever calms: an "all well" can be forced.
    """
    if not 0.0 < base < 1.0:
        raise ValueError("the base must lie strictly between 0 and 1")
    heard = sorted((signal for signal in signals if signal.heard <= at), key=_order)
    edges = _edges(heard, at)
    floor = base / (1.0 - base)
    odds = [floor * (old - young) / edges[-1] for young, old in pairwise(edges)]
    counted = _counted(heard)
    lines: list[Line] = []
    level = start = decibans(floor)
    for position, signal in enumerate(heard):
        if position in counted:
            odds = _raised(_weighed(odds, edges, signal, at), floor)
        reached = decibans(fsum(odds))
        lines.append(Line(signal, level, reached - level))
        level = reached
    total = fsum(odds)
    return Belief(
        at=at,
        probability=total / (1.0 + total),
        start=start,
        decibans=level,
        edges=tuple(hours(edge) for edge in edges),
        weights=tuple(share / total for share in odds),
        lines=tuple(lines),
    )


def _order(signal: Signal) -> tuple[int, int, int, float]:
    return signal.heard, signal.seq, signal.until, signal.decibans


def _edges(heard: Sequence[Signal], at: Instant) -> list[int]:
    """Milliseconds before `at`, rising from 0."""
    named = {max(0, at - signal.until) for signal in heard}
    named |= {at - signal.since for signal in heard if signal.since is not None and signal.since < at}
    usual = {edge * HOUR_MS for edge in EDGE_HOURS}
    return sorted(usual | named | {max(named, default=0) + EDGE_HOURS[-1] * HOUR_MS})


def _counted(heard: Sequence[Signal]) -> set[int]:
    """Positions of the signals that weigh: those standing alone, and the weightiest (then the first) of each key."""
    alone = {position for position, signal in enumerate(heard) if signal.once is None}
    best: dict[tuple[str, int], int] = {}
    for position, signal in enumerate(heard):
        if signal.once is not None:
            rival = best.setdefault(signal.once, position)
            if abs(signal.decibans) > abs(heard[rival].decibans):
                best[signal.once] = position
    return alone | set(best.values())


def _weighed(odds: Sequence[float], edges: Sequence[int], signal: Signal, at: Instant) -> list[float]:
    """The odds of each bin after one signal; takings after its `until` stay as they are."""
    until = max(0, at - signal.until)
    factors = [ratio(signal.decibans) if young >= until else 1.0 for young in edges[:-1]]
    if signal.since is not None:
        factors = _towards_named_hours(odds, edges, factors, until, at - signal.since)
    return [share * factor for share, factor in zip(odds, factors, strict=True)]


def _towards_named_hours(
    odds: Sequence[float], edges: Sequence[int], factors: Sequence[float], until: int, since: int
) -> list[float]:
    """Move the law of when towards the hours a report names, its weight in all unchanged."""
    inside = fsum(share for share, young in zip(odds, edges, strict=False) if until <= young < since)
    before = fsum(share for share, young in zip(odds, edges, strict=False) if young >= since)
    total = inside + before
    if inside <= 0.0 or inside >= HOURS_TRUSTED * total:
        return list(factors)
    rises, falls = HOURS_TRUSTED * total / inside, (1.0 - HOURS_TRUSTED) * total / before
    return [
        factor * (1.0 if young < until else rises if young < since else falls)
        for factor, young in zip(factors, edges, strict=False)
    ]


def _raised(odds: list[float], floor: float) -> list[float]:
    """The same law of when, lifted to the floor where it fell below."""
    lift = max(1.0, floor / fsum(odds))
    return [share * lift for share in odds]
