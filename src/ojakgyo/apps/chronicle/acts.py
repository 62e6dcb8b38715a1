"""Actions: one durable transaction of one actor, ending in at least one fact. The only place, with duties, that opens one."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

from django.db import OperationalError, transaction

from ojakgyo.apps.chronicle.models import Entry, Head
from ojakgyo.apps.chronicle.nudge import committed
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.sealing import chain
from ojakgyo.domain.values.ids import Seq

P = ParamSpec("P")
T = TypeVar("T")

SLOW_MS: Final = 50
log = logging.getLogger("ojakgyo.writes")
_facts: ContextVar[list[Seq] | None] = ContextVar("facts of the transaction", default=None)


def action(work: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
    """Run `work` as one durable transaction. An action inside an action is an error, and so is one without a fact."""

    @wraps(work)
    def run(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with writing(f"{work.__module__}.{work.__name__}") as recorded:
            result = work(desk, *args, **kwargs)
            if not recorded:
                raise RuntimeError(f"{work.__name__} ended without a fact")
            return result

    return run


@contextmanager
def writing(name: str) -> Iterator[list[Seq]]:
    """One short IMMEDIATE transaction; yields the facts recorded in it. A full or busy database is `Refused`."""
    if _facts.get() is not None:
        raise RuntimeError(f"{name} was called inside another action")
    recorded: list[Seq] = []
    token = _facts.set(recorded)
    began = time.monotonic()
    try:
        with transaction.atomic(durable=True):
            yield recorded
            transaction.on_commit(committed.give)
    except OperationalError as error:
        raise _refusal(error) from error
    finally:
        _facts.reset(token)
        if (took := round(1_000 * (time.monotonic() - began))) > SLOW_MS:
            log.warning("slow write %s %d ms", name, took)


def _refusal(error: OperationalError) -> Exception:
    said = str(error)
    if "full" in said:
        return Refused("house.full")
    if "locked" in said or "busy" in said:
        return Refused("house.busy")
    return error


def record(desk: Desk, fact: Fact) -> Seq:
    """Write a fact down, inside the transaction of what made it true; returns its number."""
    return record_all(desk, [fact])[0]


def record_all(desk: Desk, told: Sequence[Fact]) -> list[Seq]:
    """Write several facts down, one after the other, under one lock of the head; returns their numbers."""
    recorded = _facts.get()
    if recorded is None:
        raise RuntimeError("a fact is recorded inside an action or a duty")
    if not told:
        return []
    head = Head.objects.select_for_update().get(only=1)
    entries: list[Entry] = []
    for fact in told:
        before = entries[-1] if entries else head
        entries.append(_entry(desk, fact, seq=Seq(before.seq + 1), after=before.hash))
    Entry.objects.bulk_create(entries)
    Head.objects.filter(only=1).update(seq=entries[-1].seq, hash=entries[-1].hash)
    numbers = [Seq(entry.seq) for entry in entries]
    recorded.extend(numbers)
    return numbers


def _entry(desk: Desk, fact: Fact, *, seq: Seq, after: bytes) -> Entry:
    body, salt, actor = facts.body(fact), secrets.token_bytes(16), str(desk.actor)
    inner = chain.inner(salt, body)
    return Entry(
        seq=seq,
        kind=fact.kind,
        v=fact.v,
        actor=actor,
        recorded_ms=desk.now,
        salt=salt,
        body=body,
        inner=inner,
        hash=chain.link(seq, fact.kind, fact.v, actor, desk.now, inner, after),
    )
