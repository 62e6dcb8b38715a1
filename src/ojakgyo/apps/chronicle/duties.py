"""Duties: what the house does by itself, nobody signed in, from its own bookmark or from what falls due.

Three forms, all declared with a decorator and done by the runner's rounds:

- `duty`: one fact, one transaction. Effects are keyed on (reader, seq), so a replay changes nothing.
- `weighing`: many facts at once, in three parts: `read(desk)` and `plan(values)` outside, the decorated `write` inside.
- `due_duty`: one row of `Due` that has fallen due, claimed in the transaction that acts on it.

A fact that fails five times with backoff goes to `Stuck` and the bookmark passes on: one bad fact never silences the watch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.values.instants import SECOND_MS

Since = Literal["beginning", "now"]
TRIES: Final = 5
BATCH: Final = 200


def backoff_ms(tries: int) -> int:
    """1, 2, 4, 8 seconds after the first, second, third and fourth failure."""
    return int(SECOND_MS * 2 ** (tries - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One reader: which kinds it takes, since when, and how late it may be."""

    name: str
    kinds: tuple[type[Fact], ...]
    since: Since
    lag_limit_ms: int
    work: Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing(Duty):
    """A duty that computes: what it read and planned holds only while no fact of `unless` came after."""

    read: Callable[[Desk], Any]
    plan: Callable[[Any], Any]
    unless: tuple[type[Fact], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDuty:
    """What is done when a row of this kind falls due. `news`: it brings something to be read before anything is judged."""

    name: str
    kind: str
    lag_limit_ms: int
    work: Callable[..., None]
    news: bool = False


@dataclass(slots=True)
class Rota:
    """Every duty of the house, in the order in which the apps declare them."""

    readers: list[Duty] = field(default_factory=list)
    due: list[DueDuty] = field(default_factory=list)


ROTA: Final = Rota()


def _name(work: Callable[..., None]) -> str:
    return f"{work.__module__.removeprefix('ojakgyo.apps.').removesuffix('.duties').split('.')[0]}.{work.__name__}"


def duty(
    *, facts: Sequence[type[Fact]], since: Since, lag_limit_ms: int
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `work(desk, *, seq, fact)`."""

    def declare(work: Callable[..., None]) -> Callable[..., None]:
        ROTA.readers.append(
            Duty(name=_name(work), kinds=tuple(facts), since=since, lag_limit_ms=lag_limit_ms, work=work)
        )
        return work

    return declare


def weighing(
    *,
    facts: Sequence[type[Fact]],
    since: Since,
    lag_limit_ms: int,
    read: Callable[[Desk], Any],
    plan: Callable[[Any], Any],
    unless: Sequence[type[Fact]] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `write(desk, plan)`, called once for all the facts that have come in since the last time."""

    def declare(work: Callable[..., None]) -> Callable[..., None]:
        ROTA.readers.append(
            Weighing(
                name=_name(work),
                kinds=tuple(facts),
                since=since,
                lag_limit_ms=lag_limit_ms,
                work=work,
                read=read,
                plan=plan,
                unless=tuple(unless),
            )
        )
        return work

    return declare


def due_duty(
    kind: str, *, lag_limit_ms: int, news: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `work(desk, *, about, due)` for rows of `Due` of this kind; `due` is the instant it fell due."""

    def declare(work: Callable[..., None]) -> Callable[..., None]:
        ROTA.due.append(DueDuty(name=_name(work), kind=kind, lag_limit_ms=lag_limit_ms, work=work, news=news))
        return work

    return declare
