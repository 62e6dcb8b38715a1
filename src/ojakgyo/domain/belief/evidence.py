"""What one signal weighs, in decibans: ten times the decimal logarithm of a likelihood ratio.

The ratio compares two worlds: the person is in other hands, or is free. Where each number comes from stands in
docs/explanation/belief.md, "What a signal weighs".
"""

from math import log10
from typing import Final

from ojakgyo.domain.facts import Credibility, ReadingResult, Reliability, ReportKind

CAP_DECIBANS: Final = 30.0
"""No single report weighs more than a thousand to one."""

CERTAIN: Final = 0.999_999
"""The most that is believed: "a hundred percent" leaves one case in a million."""

READING_RATIOS: Final[dict[ReadingResult, float]] = {
    ReadingResult.OK: 0.28,
    ReadingResult.GARBLED: 0.8,
    ReadingResult.MALFORMED: 1.0,
    ReadingResult.SLIP: 2.7,
    ReadingResult.REPLAY: 20.0,
    ReadingResult.TRIPWIRE: 20.0,
    ReadingResult.THROTTLED: 1.0,
    ReadingResult.DURESS: 144.0,
}

QUESTION_RATIOS: Final[dict[ReadingResult, float]] = {
    ReadingResult.OK: 0.3,
    ReadingResult.SLIP: 2.7,
    ReadingResult.DURESS: 22.0,
}
"""A private question has no other results."""

REPORT_DECIBANS: Final[dict[ReportKind, float]] = {
    ReportKind.STRANGERS_AT_THE_HOUSE: 6.0,
    ReportKind.TAKEN_AWAY: 18.0,
    ReportKind.SEEN_WELL: -5.0,
}
"""From a usual source, unconfirmed."""

GRADING_SHARES: Final[dict[tuple[Reliability, Credibility], float]] = {
    (Reliability.GOOD, Credibility.CONFIRMED): 2.0,
    (Reliability.GOOD, Credibility.UNCONFIRMED): 1.4,
    (Reliability.GOOD, Credibility.DOUBTFUL): 0.5,
    (Reliability.USUAL, Credibility.CONFIRMED): 1.6,
    (Reliability.USUAL, Credibility.UNCONFIRMED): 1.0,
    (Reliability.USUAL, Credibility.DOUBTFUL): 0.3,
    (Reliability.POOR, Credibility.CONFIRMED): 1.0,
    (Reliability.POOR, Credibility.UNCONFIRMED): 0.3,
    (Reliability.POOR, Credibility.DOUBTFUL): 0.0,
    (Reliability.UNKNOWN, Credibility.CONFIRMED): 1.2,
    (Reliability.UNKNOWN, Credibility.UNCONFIRMED): 0.0,
    (Reliability.UNKNOWN, Credibility.DOUBTFUL): 0.0,
}
"""A table and no product: officers do not judge the source and its words apart from each other."""

SILENT_WHEN_TAKEN: Final = 0.9
MISSED_PRIOR: Final = (1.0, 9.0)
"""Beta prior on missing a window while free: one of ten."""


def decibans(ratio: float) -> float:
    """The weight of a likelihood ratio or of odds; a ratio must be above 0."""
    return 10.0 * log10(ratio)


def ratio(weight: float) -> float:
    """The likelihood ratio, or the odds, of a weight in decibans."""
    return float(10.0 ** (weight / 10.0))


def of_reading(result: ReadingResult) -> float:
    return decibans(READING_RATIOS[result])


def of_question(result: ReadingResult) -> float:
    return decibans(QUESTION_RATIOS[result])


def of_report(report: ReportKind, *, reliability: Reliability, credibility: Credibility) -> float:
    weight = REPORT_DECIBANS[report] * GRADING_SHARES[reliability, credibility]
    return max(-CAP_DECIBANS, min(CAP_DECIBANS, weight))


def of_custody() -> float:
    """As much as any report may: an officer of the desk says it, and somebody who was captured was in hostile hands."""
    return of_report(ReportKind.TAKEN_AWAY, reliability=Reliability.GOOD, credibility=Credibility.CONFIRMED)


def of_removal(percent: int, *, base: float) -> float:
    """What lifts somebody from the base to the chance that two officers said, of 1 to 100 percent."""
    if not 1 <= percent <= 100:
        raise ValueError("two officers say a chance of 1 to 100 percent")
    share = min(percent / 100.0, CERTAIN)
    return decibans(share / (1.0 - share)) - decibans(base / (1.0 - base))


def of_missed_window() -> float:
    missed, kept = MISSED_PRIOR
    return decibans(SILENT_WHEN_TAKEN / (missed / (missed + kept)))
