"""How long a thousand cards take onto paper: their rows drawn from states, their sheets by the product's own child."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure
from benchmarks.exposure.measuring import Run
from ojakgyo.apps.cards.printing import child
from ojakgyo.domain.cards import codebook, layouts
from ojakgyo.domain.cards.codebook import ROWS
from ojakgyo.domain.cards.replay import replay_key
from ojakgyo.domain.facts import PrintForm
from ojakgyo.domain.sealing import ratchet

CARDS: Final = 1_000
LIMIT_S: Final = 10.0
T = TypeVar("T")


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("printing")
    secrets = [dice.bytes(32) for _ in range(CARDS)]
    papers, drawing = _timed(lambda: [_paper(secret) for secret in secrets])
    made, printing = _timed(lambda: child.write_sheets(PrintForm.CARD, papers))
    _, small = _timed(lambda: child.write_sheets(PrintForm.CARD, papers[:10]))
    yield _line(f"rows and layouts of {CARDS:,} cards drawn, computing", drawing.cpu)
    yield _line(f"sheets of {CARDS:,} cards drawn, the child started, computing", printing.cpu)
    yield _line(f"{CARDS:,} cards printed, computing", drawing.cpu + printing.cpu)
    yield _line(f"{CARDS:,} cards printed, by the clock", drawing.wall + printing.wall, at_most=LIMIT_S)
    yield _line("one sheet of ten cards, the child started, by the clock", small.wall)
    yield Figure(case="printing", what=f"the file of {CARDS:,} cards", value=len(made) / 1e6, unit="MB")


def _paper(secret: bytes) -> tuple[layouts.Layout, tuple[layouts.Line, ...]]:
    layout = layouts.drawn(replay_key(secret))
    return layout, layouts.table(layout, codebook.rows_ahead(ratchet.start(secret), ROWS))


def _timed(work: Callable[[], T]) -> tuple[T, Run]:
    """What this process and its child computed, and how long it took."""
    before, began = sum(os.times()[:4]), time.perf_counter()
    done = work()
    return done, Run(sum(os.times()[:4]) - before, time.perf_counter() - began)


def _line(what: str, value: float, **goal: float) -> Figure:
    return Figure(case="printing", what=what, value=value, unit="s", **goal)
