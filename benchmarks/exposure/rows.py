"""Rows: what a case found, one figure each, as a JSON line or a line of the table."""

import json
from dataclasses import asdict, dataclass

from benchmarks.exposure.measuring import Spread, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure.

    Parameters
    ----------
    case, on, what : which benchmark, on which network, what was measured.
    low, high : 95 % interval of the value; None where it was counted, not timed.
    at_least, at_most : the goal.
    rounds : medians of so many.
    """

    case: str
    on: str
    what: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    rounds: int = 1

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.at_least is None and self.at_most is None:
            return None
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    def json(self) -> str:
        told = {name: _short(value) for name, value in asdict(self).items() if value is not None}
        met = {} if self.met is None else {"met": self.met}
        return json.dumps({"benchmark": "exposure", **told, **met, "load": round(load(), 2)})

    def line(self) -> str:
        """One line of the table, as wide as a terminal."""
        between = "" if self.low is None else f"[{_said(self.low)}, {_said(self.high)}]"
        goal = "" if self.at_least is None else f"at least {_said(self.at_least)}"
        goal = goal if self.at_most is None else f"at most {_said(self.at_most)}"
        judged = {None: "", True: "met", False: "NOT MET"}[self.met]
        found = f"{_said(self.value):>9} {self.unit:<9} {between:<20}"
        return f"{self.case:<9} {self.on:<14} {self.what:<44} {found} {goal:<14} {judged}".rstrip()


def row(case: str, on: str, what: str, spread: Spread, unit: str, *, rounds: int, **goal: float) -> Row:
    """A figure that was timed."""
    value, low, high = spread
    return Row(case=case, on=on, what=what, value=value, low=low, high=high, unit=unit, rounds=rounds, **goal)


def _short(value: object) -> object:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _said(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
