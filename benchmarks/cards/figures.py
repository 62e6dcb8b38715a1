"""Figures: what a case found, one each, as a JSON line or a line of the table."""

import json
from dataclasses import asdict, dataclass
from math import sqrt

from benchmarks.exposure.measuring import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure.

    Parameters
    ----------
    case, what : which benchmark, and what was asked.
    tries : trials it was counted over; None where it was timed or said by a formula.
    low, high : 95 % interval of the value; None where every case was counted, or nothing was drawn.
    at_least, at_most : the goal.
    formula : said by a formula, from figures that were counted or drawn elsewhere.
    beyond : the goal is shown beside what it was not set for; missing it does not end the run with 1.
    """

    case: str
    what: str
    value: float
    unit: str = "share"
    tries: int | None = None
    low: float | None = None
    high: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    formula: bool = False
    beyond: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.at_least is None and self.at_most is None:
            return None
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    def json(self) -> str:
        told = {name: _short(value) for name, value in asdict(self).items() if value is not None and value is not False}
        met = {} if self.met is None else {"met": self.met}
        return json.dumps({"benchmark": "cards", **told, **met, "load": round(load(), 2)})

    def line(self) -> str:
        """One line of the table."""
        between = "" if self.low is None else f"[{_said(self.low)}, {_said(self.high)}]"
        over = "by formula" if self.formula else "" if self.tries is None else f"of {self.tries:,}"
        goal = "" if self.at_least is None else f"at least {_said(self.at_least)}"
        goal = goal if self.at_most is None else f"at most {_said(self.at_most)}"
        judged = {None: "", True: "met", False: "over, as said" if self.beyond else "NOT MET"}[self.met]
        found = f"{_said(self.value):>8} {self.unit:<8} {between:<20} {over:<14}"
        return f"{self.case:<10} {self.what:<74} {found} {goal:<15} {judged}".rstrip()


def share(case: str, what: str, found: int, tries: int, **goal: float) -> Figure:
    """So many of so many drawn trials, with Wilson's interval."""
    low, high = wilson(found, tries)
    return Figure(case=case, what=what, value=found / tries, tries=tries, low=low, high=high, **goal)


def wilson(found: int, tries: int) -> tuple[float, float]:
    """The 95 % interval of a share; it says something of nought found, too."""
    z = 1.96
    middle, spread = found + z * z / 2, z * sqrt(found * (1 - found / tries) + z * z / 4)
    whole = tries + z * z
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def _short(value: object) -> object:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _said(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
