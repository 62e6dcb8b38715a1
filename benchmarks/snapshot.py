"""How long the network takes from the database into arrays: a million links between 200,000 people, half with a phone.

A new vault in a folder of its own; rows are written in bulk. `columns` reads the links alone, `afresh` is the whole snapshot
of whoever opens the house, `day` the same links a day later, `link` one more link, beside 10,000 links as a desk has them
as well. Seconds of this process (median of five, and wall time), bytes of the arrays, and the most Python held meanwhile.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

SIZES = ((10_000, 3_000), (1_000_000, 200_000))
"""Links and people."""
ROUNDS, LIMIT_S, SEED = 5, 1.0, 17


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks snapshot", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(argv)
    home = Path(tempfile.mkdtemp(prefix="ojak-snapshot-"))
    try:
        told = measured(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if told["sizes"][-1]["columns_s"] < LIMIT_S else 1


def measured(home: Path) -> dict[str, Any]:
    from benchmarks.rewrap import founded

    founded(home)
    sizes, here = [], (0, 0)
    for links, people in SIZES:
        fill(links - here[0], people - here[1])
        sizes.append({"links": links, "people": people, **timed()})
        here = links + 1, people  # with the one that `timed` records
    return {"benchmark": "snapshot", "limit_s": LIMIT_S, "sizes": sizes, "load": round(os.getloadavg()[0], 2)}


def fill(links: int, people: int) -> None:
    """People who know each other, most of them neighbours in the list, nearly all of it both ways."""
    from django.conf import settings
    from django.db import transaction

    from ojakgyo.apps.network.models import Line, Link
    from ojakgyo.apps.people.models import Person
    from ojakgyo.domain.facts import LinkKind
    from ojakgyo.domain.values.instants import DAY_MS
    from ojakgyo.store import bulk

    dice, now = random.Random(SEED + links), settings.CLOCK.now()  # nosec B311 - the same world each time
    own, first = [dice.getrandbits(63) for _ in range(people)], Person.objects.count()
    kinds = [kind.value for kind in LinkKind if kind not in (LinkKind.CARRIES, LinkKind.HELD_THE_KEY)]

    def link() -> tuple[Any, ...]:
        one, day = dice.randrange(people), now - dice.randrange(1, 360) * DAY_MS
        other = own[(one + dice.randrange(1, 60)) % people]
        return (dice.getrandbits(63), dice.choice(kinds), own[one], other, dice.random() < 0.9, day, day, 1, "typed", 0)

    columns = "id", "kind", "knower", "known", "mutual", "first_ms", "last_ms", "times", "source", "imprecise"
    with transaction.atomic():
        names = ((id, place // 1_000, place % 1_000) for place, id in enumerate(own, first))
        bulk.insert(Person, ("id", "word", "number"), names)
        phones = ((dice.getrandbits(63), "phone", id, 1, "active", bytes(128)) for id in own[::2])
        bulk.insert(Line, ("id", "kind", "holder", "epoch", "state", "number"), phones)
        bulk.insert(Link, columns, (link() for _ in range(links)))


def timed() -> dict[str, Any]:
    from django.conf import settings

    from ojakgyo.apps.network import snapshots
    from ojakgyo.apps.network.actions import record_link
    from ojakgyo.apps.network.models import Link
    from ojakgyo.apps.network.snapshots import snapshot
    from ojakgyo.apps.vault.desks import house_desk
    from ojakgyo.domain.facts import LinkKind
    from ojakgyo.domain.values.instants import DAY_MS, Instant

    desk, now = house_desk(), settings.CLOCK.now()
    kept = snapshot(desk, at=now)
    told = {
        **_took("columns", lambda: snapshots._links(Link.objects.all())),
        **_took("afresh", lambda: snapshot(desk, at=now)),
        **_took("day", lambda: snapshot(desk, at=Instant(now + DAY_MS), before=kept)),
        "ways": int(kept.network.links.size),
        "nodes": int(kept.network.nodes.size),
        **held(kept),
    }
    knower, known = kept.network.nodes[:2].tolist()
    record_link(desk, kind=LinkKind.MET, knower=knower, known=known, mutual=True, first=now, last=now)
    told |= _took("link", lambda: snapshot(desk, at=now, before=kept))
    tracemalloc.start()
    snapshot(desk, at=now)
    told["most_held_mb"] = round(tracemalloc.get_traced_memory()[1] / 1e6, 1)
    tracemalloc.stop()
    return told


def _took(name: str, work: Callable[[], object]) -> dict[str, float]:
    own, wall = [], []
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        work()
        own.append(time.process_time() - worked)
        wall.append(time.perf_counter() - began)
    return {f"{name}_s": round(statistics.median(own), 4), f"{name}_wall_s": round(min(wall), 4)}


def held(kept) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """Bytes for each link that is kept, for each way of the network (a mutual link is two), and for each node."""
    network, rows = kept.network, kept.rows
    of_ways = ("source", "target", "probability", "law", "links")
    ties = sum(getattr(kept.ties, each.name).nbytes for each in fields(kept.ties))
    nodes = network.nodes.nbytes + network.starts.nbytes + rows.persons.rising.nbytes
    nodes += rows.lines.line.nbytes + rows.lines.person.nbytes
    return {
        "bytes_a_link": round(ties / len(kept.ties), 1),
        "bytes_a_way": round(sum(getattr(network, name).nbytes for name in of_ways) / network.links.size, 1),
        "bytes_a_node": round(nodes / network.nodes.size, 1),
    }


def _prose(told: dict[str, Any]) -> str:
    lines = [f"load {told['load']}; seconds of this process (wall), limit {told['limit_s']:g} for the columns"]
    for size in told["sizes"]:
        lines.append(
            f"{size['links']:,} links ({size['ways']:,} ways), {size['people']:,} people, {size['nodes']:,} nodes:"
            f" {size['bytes_a_link']} bytes a link, {size['bytes_a_way']} a way, {size['bytes_a_node']} a node;"
            f" at most {size['most_held_mb']} MB held meanwhile"
        )
        lines += [
            f"  {name:8} {size[f'{name}_s']:7.4f} ({size[f'{name}_wall_s']:.4f})"
            for name in ("columns", "afresh", "day", "link")
        ]
    return "\n".join(lines)
