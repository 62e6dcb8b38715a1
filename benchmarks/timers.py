"""Timers of a desk that is killed again and again: what is lost, what arrives twice, and what a waiting timer costs.

Every schedule is a ladder of alerts. An alert, its call in the outbox and the next deadline are one transaction of the
product's own rounds; the product's own sender leases a call, has the sink take it, and notes it. Both run in a process
that opens a practice vault (SQLCipher, synchronous=FULL) and is killed with SIGKILL at moments drawn by lot.

With --waiting: no kills, but what one look costs while so many wait, and how long an hour of deadlines takes.
"""

import argparse
import json
import os
import random
import secrets
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import _timers
from benchmarks._timers import Killed, Sink

KILLS, SCHEDULES, STAGES, STEP_MS = 200, 5_000, 3, 50
SEED = 20_261_127
LONGEST_S = 2.0
SEND_MS = 1.0
TURN = 20
HOUR_OF = 5_931
"""Deadlines of one hour where a million wait and each comes once a week."""
AT_ONCE = 1_000


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks timers", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--schedules", type=int, default=SCHEDULES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--longest", type=float, default=LONGEST_S, help="seconds a process lives at most before a kill"
    )
    parser.add_argument("--waiting", type=int, nargs="*", help="instead: what a look costs while so many wait")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="ojak-bench-") as scratch:
        home = Path(scratch) / "home"
        ring = _timers.practice_vault(home)
        if asked.waiting is not None:
            told = waiting(ring, asked.waiting or [10_000, 100_000, 1_000_000])
        else:
            sink = Sink(Path(scratch) / "sink", SEND_MS / 1_000)
            told = lost(
                ring, sink, kills=asked.kills, schedules=asked.schedules, seed=asked.seed, longest_s=asked.longest
            )
    print(json.dumps(told) if asked.json else "\n".join(f"{name:>24}  {value}" for name, value in told.items()))
    return 0 if told["ok"] else 1


# Killed --------------------------------------------------------------------------------------------------------------


def lost(ring: Any, sink: Sink, *, kills: int, schedules: int, seed: int, longest_s: float) -> dict[str, Any]:
    """Fill, kill and start again until nothing waits, and count."""
    from ojakgyo.apps.chronicle import rounds  # noqa: F401 - read before the fork, and not at each start
    from ojakgyo.runner import sender  # noqa: F401

    _timers.opened(ring)
    officer, base = fill(schedules)
    _timers.closed()
    went = _timers.killed(lambda: work(ring, sink, officer), kills=kills, dice=random.Random(seed), longest_s=longest_s)
    _timers.opened(ring)
    told = told_of(sink, went, schedules=schedules, base=base)
    _timers.closed()
    return {**told, "seed": seed, "load": round(os.getloadavg()[0], 2)}


def fill(schedules: int) -> tuple[int, int]:
    """One officer with an address, one person; so many red warnings that nobody takes, each with the first alert due."""
    from django.conf import settings
    from django.db import transaction

    from ojakgyo.apps.alerts.actions import keep_address
    from ojakgyo.apps.chronicle import due
    from ojakgyo.apps.people.models import Person
    from ojakgyo.apps.vault.actions import enrol_officer
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.apps.watch.models import Warning
    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.values.instants import DAY_MS, Instant
    from ojakgyo.domain.values.roles import OfficerRole

    name = CodeName.of("다솜")
    officer, _ = enrol_officer(command_desk(), code_name=name, password="of Dasom", roles=[OfficerRole.SAFETY])
    keep_address(command_desk(), officer=officer, address="dasom@desk.invalid")
    now = settings.CLOCK.now()
    subject = Person.objects.create(word=1)
    rows = [
        Warning(subject=subject, episode=each, deadline_ms=now + DAY_MS, red_ms=now, because=1, seq=1)
        for each in range(1, schedules + 1)
    ]
    with transaction.atomic():
        ids = [row.pk for row in Warning.objects.bulk_create(rows)]
        due.put_new([due.line("bench.alert", key=_key(each, 1), about=each, due=Instant(now)) for each in ids])
    return officer, now


def _key(warning: int, stage: int) -> str:
    return f"bench.alert:{warning}:{stage}"


def declare(officer: int) -> None:
    """The ladder: an alert, its call and the next deadline, or none of them."""
    from ojakgyo.apps.alerts.models import Wake
    from ojakgyo.apps.chronicle import due as due_list
    from ojakgyo.apps.chronicle.acts import record
    from ojakgyo.apps.chronicle.duties import due_duty
    from ojakgyo.domain import facts
    from ojakgyo.domain.facts import WakeKind
    from ojakgyo.domain.values.ids import OfficerId, WarningId
    from ojakgyo.domain.values.instants import MINUTE_MS, Instant

    @due_duty("bench.alert", lag_limit_ms=MINUTE_MS)
    def alert(desk: Any, *, about: int, due: Instant) -> None:
        stage = Wake.objects.filter(warning=about).count() + 1
        Wake.objects.create(warning=about, officer=officer, kind=WakeKind.RED, round=stage, due_ms=due)
        said = facts.WakeDue(warning=WarningId(about), officer=OfficerId(officer), wake=WakeKind.RED, round=stage)
        record(desk, said)
        if stage < STAGES:
            due_list.put("bench.alert", key=_key(about, stage + 1), about=about, due=Instant(due + STEP_MS))


class ToSink:
    """The outlet of the product's sender, with the sink behind it."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    def wake(self, officer: int, address: str, *, key: str, now: int, **manner: Any) -> None:
        self.sink.take(key)

    def ping(self, address: str, *, now: int) -> None:
        """Nobody watches."""


def work(ring: Any, sink: Sink, officer: int) -> None:
    """Open the vault, alert and send until nothing waits."""
    from ojakgyo.apps.alerts import queries
    from ojakgyo.apps.alerts.models import Wake, WakeState
    from ojakgyo.apps.chronicle import inbox, rounds
    from ojakgyo.apps.chronicle.models import Due, DueState
    from ojakgyo.apps.vault.desks import house_desk
    from ojakgyo.runner import sender

    _timers.opened(ring)
    declare(officer)
    inbox.BATCH = queries.AT_ONCE = TURN  # small turns, so that kills fall on both
    sending = sender.Sender(ToSink(sink), house_desk, secrets.randbits(63))  # type: ignore[arg-type]
    while Due.objects.filter(state=DueState.WAITING).exists() or Wake.objects.exclude(state=WakeState.SENT).exists():
        if not rounds.settle_all(house_desk):
            time.sleep(0.02)
        sending.go_round()  # in a house it has a thread of its own


def told_of(sink: Sink, went: Killed, *, schedules: int, base: int) -> dict[str, Any]:
    """Counted from what is left: rows and facts in the vault, keys in the sink."""
    from ojakgyo.apps.alerts.models import Wake
    from ojakgyo.apps.chronicle import audit
    from ojakgyo.apps.chronicle.models import DueState, Entry
    from ojakgyo.apps.vault.desks import house_desk

    expected = schedules * STAGES
    ring = house_desk().keyring.ring
    rows = set(Wake.objects.values_list("warning", "round"))
    keys, arrived = {ring.external_id("wake", *each).hex()[:32] for each in rows}, sink.keys()
    facts = Entry.objects.filter(kind="alerts.wake_due").count()
    drifted = Wake.objects.exclude(due_ms__in=[base + STEP_MS * stage for stage in range(STAGES)]).count()
    delivered, strangers = len(set(arrived) & keys), len(set(arrived) - keys)
    done = _due_rows(DueState.DONE)
    audit.verify()
    return {
        "benchmark": "timers",
        "kills": went.kills,
        "starts": went.starts,
        "expected": expected,
        "present": len(rows),
        "facts": facts,
        "delivered": delivered,
        "lost": expected - delivered,
        "duplicates": len(arrived) - len(set(arrived)),
        "duplicates_known_by_key": len(arrived) - len(set(arrived)) if not strangers else 0,
        "drifted": drifted,
        "seconds": round(went.seconds, 1),
        "ok": (len(rows), facts, delivered, done, strangers, drifted) == (*(expected,) * 4, 0, 0),
    }


def _due_rows(state: Any) -> int:
    from ojakgyo.apps.chronicle.models import Due

    return int(Due.objects.filter(state=state).count())


# Waiting -------------------------------------------------------------------------------------------------------------


def waiting(ring: Any, counts: list[int]) -> dict[str, Any]:
    """What one look costs while so many wait; at the largest count an hour of deadlines, and a thousand in one second."""
    from django.conf import settings

    from ojakgyo.apps.chronicle import duties

    _timers.opened(ring)
    duties.ROTA.due.clear()
    declare_light()
    now, told, put, put_s = settings.CLOCK.now(), {}, 0, 0.0
    for count in sorted(counts):
        began = time.perf_counter()
        put_ahead(put, count, now=now)
        put, put_s = count, put_s + time.perf_counter() - began
        told[f"look_ms_at_{count}"] = round(look_ms(), 3)
    told |= {
        "put_s": round(put_s, 1),
        "file_mib": round(Path(settings.DATABASES["default"]["NAME"]).stat().st_size / 2**20),
        f"fire_{HOUR_OF}_s": round(_fire(HOUR_OF, "hour"), 2),
        f"fire_{AT_ONCE}_in_one_second_s": round(_fire(AT_ONCE, "second"), 2),
    }
    _timers.closed()
    worst = max(value for name, value in told.items() if name.startswith("look_ms"))
    return {
        "benchmark": "timers",
        "waiting": max(counts),
        **told,
        "ok": worst < 1.0,
        "load": round(os.getloadavg()[0], 2),
    }


def declare_light() -> None:
    """A due thing that says one fact, as most do."""
    from ojakgyo.apps.chronicle.acts import record
    from ojakgyo.apps.chronicle.duties import due_duty
    from ojakgyo.domain import facts

    @due_duty("bench.fire", lag_limit_ms=5_000)
    def fire(desk: Any, *, about: int, due: int) -> None:
        record(desk, facts.VaultUnsealed(run=about))


def put_ahead(first: int, last: int, *, now: int) -> None:
    """A million of them lie an hour to a week ahead."""
    from django.db import transaction

    from ojakgyo.apps.chronicle import due
    from ojakgyo.domain.values.instants import HOUR_MS, Instant

    for start in range(first, last, 50_000):
        numbers = range(start, min(start + 50_000, last))
        lines = [
            due.line("bench.fire", key=f"bench.fire:{each}", about=each, due=Instant(now + HOUR_MS + 600 * each))
            for each in numbers
        ]
        with transaction.atomic():
            due.put_new(lines)


def look_ms(times: int = 200) -> float:
    """The whole of a second's look at the timers, nothing due: median."""
    from ojakgyo.apps.chronicle import rounds
    from ojakgyo.apps.vault.desks import house_desk

    taken = []
    for _ in range(times):
        began = time.perf_counter()
        assert rounds.settle_all(house_desk) == 0
        taken.append(1_000 * (time.perf_counter() - began))
    return sorted(taken)[times // 2]


def _fire(count: int, name: str) -> float:
    """Seconds until so many that are due now have all been done, each in its own transaction."""
    from django.conf import settings
    from django.db import transaction

    from ojakgyo.apps.chronicle import due, rounds
    from ojakgyo.apps.vault.desks import house_desk

    with transaction.atomic():
        lines = [
            due.line("bench.fire", key=f"bench.{name}:{each}", about=each, due=settings.CLOCK.now())
            for each in range(count)
        ]
        due.put_new(lines)
    began, done = time.perf_counter(), 0
    while taken := rounds.settle_all(house_desk):
        done += taken
    if done != count:
        raise SystemExit(f"{done} of {count} were done")
    return time.perf_counter() - began
