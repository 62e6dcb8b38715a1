"""Actions: one durable transaction of one actor, ending in at least one fact. The only place, with duties, that opens one."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.chronicle.nudge import committed
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.sealing import chain
from ojakgyo.domain.values.ids import Seq
from ojakgyo.store import bulk

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
    return record_ready(desk, ready(told))


@dataclass(frozen=True, slots=True)
class Ready:
    """A fact as bytes, and the digest of them: all of an entry that does not hang on the ones before it."""

    kind: str
    v: int
    body: bytes
    salt: bytes
    inner: bytes


def ready(told: Sequence[Fact]) -> list[Ready]:
    """Write facts out, before the transaction that records them: for thousands at once."""
    return [_ready(each) for each in told]


def record_ready(desk: Desk, told: Sequence[Ready]) -> list[Seq]:
    """Write down facts that lie ready, one after the other, under one lock of the head; returns their numbers."""
    recorded = _facts.get()
    if recorded is None:
        raise RuntimeError("a fact is recorded inside an action or a duty")
    if not told:
        return []
    seq, before, last_ms = _head()
    actor, rows = str(desk.actor), []
    now = max(desk.now, last_ms or 0)  # who waited for the head came to the desk earlier than who had it
    for each in told:
        seq += 1
        before = chain.link(Seq(seq), each.kind, each.v, actor, now, each.inner, before)
        rows.append((seq, each.kind, each.v, actor, now, each.salt, each.body, each.inner, before))
    bulk.insert(Entry, _COLUMNS, rows)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, (seq, before))
    numbers = [Seq(row[0]) for row in rows]
    recorded.extend(numbers)
    return numbers


def _head() -> tuple[int, bytes, int | None]:
    """The end of the chain, and when the newest fact was recorded: none is recorded before it."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        ((seq, digest, last_ms),) = cursor.fetchall()
    return seq, bytes(digest), last_ms


# Written out: every transaction of the house needs both, and putting them together costs more than they do.
_HEAD: Final = """SELECT seq, hash, (SELECT recorded_ms FROM chronicle_entry WHERE seq = head.seq)
FROM chronicle_head AS head WHERE only = 1"""
_MOVE: Final = "UPDATE chronicle_head SET seq = %s, hash = %s WHERE only = 1"
_COLUMNS: Final = ("seq", "kind", "v", "actor", "recorded_ms", "salt", "body", "inner", "hash")


def _ready(fact: Fact) -> Ready:
    body, salt = facts.body(fact), secrets.token_bytes(16)
    return Ready(fact.kind, fact.v, body, salt, chain.inner(salt, body))
