"""The timers beside a loop like that of healthchecks: lost when killed while sending, and what a waiting timer costs.

The other loop is a model in our own words of what `sendalerts` of healthchecks does (read at its newest snapshot in 2026);
it is not the product, which cannot be had as a package. What decides is kept: a check that is overdue has its status
changed by a compare-and-set, and the alert is written down by another statement after it; an alert is marked as handled by
another compare-and-set, and handed to a thread that sends it after that. Both loops have the same encrypted SQLite, the
same pragmas, the same sink, and are killed as often, after waits drawn from the same seed: not at the same statements.
"""

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import _timers, timers
from benchmarks._timers import Sink

CHECKS, KILLS, LONGEST_S = 15_000, 200, 0.35
TABLES = (
    "CREATE TABLE peer_check (id INTEGER PRIMARY KEY, status TEXT NOT NULL, alert_after INTEGER)",
    "CREATE TABLE peer_flip (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, processed INTEGER)",
    "CREATE INDEX peer_overdue ON peer_check (alert_after) WHERE status <> 'down'",
    "CREATE INDEX peer_open ON peer_flip (processed) WHERE processed IS NULL",
)
OVERDUE = "SELECT id, status FROM peer_check WHERE alert_after < %s AND status <> 'down' ORDER BY alert_after LIMIT 1"
OPEN = "SELECT id, owner FROM peer_flip WHERE processed IS NULL ORDER BY id LIMIT 1"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks timers_peer", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--checks", type=int, default=CHECKS)
    parser.add_argument("--seed", type=int, default=timers.SEED)
    parser.add_argument(
        "--longest", type=float, default=LONGEST_S, help="seconds a process lives at most before a kill"
    )
    parser.add_argument("--waiting", type=int, nargs="*", help="instead: what an idle look costs while so many wait")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="ojak-bench-") as scratch:
        ring = _timers.practice_vault(Path(scratch) / "home")
        if asked.waiting is not None:
            told = idle(ring, asked.waiting or [10_000, 100_000, 1_000_000])
        else:
            sink = Sink(Path(scratch) / "sink", timers.SEND_MS / 1_000)
            told = lost(ring, sink, kills=asked.kills, checks=asked.checks, seed=asked.seed, longest_s=asked.longest)
    print(json.dumps(told) if asked.json else "\n".join(f"{name:>24}  {value}" for name, value in told.items()))
    return 0


def lost(ring: Any, sink: Sink, *, kills: int, checks: int, seed: int, longest_s: float) -> dict[str, Any]:
    """How many alerts never reach the sink, and at which of the two gaps they went."""
    _timers.opened(ring)
    make_tables()
    _fill(0, checks, alert_after=1)
    _timers.closed()
    went = _timers.killed(lambda: work(ring, sink), kills=kills, dice=random.Random(seed), longest_s=longest_s)
    _timers.opened(ring)
    arrived, flips = sink.keys(), _one("SELECT count(DISTINCT owner) FROM peer_flip")
    down = _one("SELECT count(*) FROM peer_check WHERE status = 'down'")
    _timers.closed()
    return {
        "benchmark": "timers_peer",
        "kills": went.kills,
        "starts": went.starts,
        "expected": checks,
        "status_changed": down,
        "written_down": flips,
        "delivered": len(set(arrived)),
        "lost": checks - len(set(arrived)),
        "lost_before_they_were_written_down": down - flips,
        "lost_between_marking_and_sending": flips - len(set(arrived)),
        "duplicates": len(arrived) - len(set(arrived)),
        "seconds": round(went.seconds, 1),
        "seed": seed,
        "load": round(os.getloadavg()[0], 2),
    }


def work(ring: Any, sink: Sink) -> None:
    """The two steps of the loop until neither finds anything: every statement is a commit of its own."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import BoundedSemaphore

    _timers.opened(ring)
    seats = BoundedSemaphore(1)
    with ThreadPoolExecutor(1) as pool:
        while goes_down() or hand_out(sink, pool, seats):
            continue


def goes_down() -> bool:
    """Take one overdue check: its status first, its alert after that."""
    row = _row(OVERDUE, int(1_000 * time.time()))
    if row is None:
        return False
    check, status = row
    if _do("UPDATE peer_check SET alert_after = NULL, status = 'down' WHERE id = %s AND status = %s", check, status):
        _do("INSERT INTO peer_flip (owner, processed) VALUES (%s, NULL)", check)
    return True


def hand_out(sink: Sink, pool: Any, seats: Any) -> bool:
    """Mark one alert as handled, then have it sent."""
    seats.acquire()
    row = _row(OPEN)
    if row is None:
        seats.release()
        return False
    flip, owner = row
    if not _do("UPDATE peer_flip SET processed = 1 WHERE id = %s AND processed IS NULL", flip):
        seats.release()
        return True
    pool.submit(sink.take, str(owner)).add_done_callback(lambda _: seats.release())
    return True


def idle(ring: Any, counts: list[int]) -> dict[str, Any]:
    """One look of either loop where nothing is due: median, in milliseconds."""
    from django.conf import settings

    from ojakgyo.apps.chronicle import duties

    _timers.opened(ring)
    make_tables()
    duties.ROTA.due.clear()
    timers.declare_light()
    told, put, now = {}, 0, settings.CLOCK.now()
    for count in sorted(counts):
        timers.put_ahead(put, count, now=now)
        _fill(put, count, alert_after=now + 86_400_000)
        put = count
        told |= {f"ours_ms_at_{count}": round(timers.look_ms(), 3), f"theirs_ms_at_{count}": round(_idle_ms(), 3)}
    _timers.closed()
    return {"benchmark": "timers_peer", **told, "load": round(os.getloadavg()[0], 2)}


def _idle_ms(times: int = 200) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        assert _row(OVERDUE, int(1_000 * time.time())) is None and _row(OPEN) is None
        taken.append(1_000 * (time.perf_counter() - began))
    return sorted(taken)[times // 2]


# SQL -----------------------------------------------------------------------------------------------------------------


def make_tables() -> None:
    for each in TABLES:
        _do(each)


def _fill(first: int, last: int, *, alert_after: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        put = "INSERT INTO peer_check (id, status, alert_after) VALUES (%s, 'up', %s)"
        cursor.executemany(put, [(each + 1, alert_after + each) for each in range(first, last)])


def _do(statement: str, *values: Any) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def _row(statement: str, *values: Any) -> tuple[Any, ...] | None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def _one(statement: str) -> int:
    row = _row(statement)
    assert row is not None
    return int(row[0])
