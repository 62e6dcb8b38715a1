"""How long each page of the desk takes at 10,000 people in 250 cells, an officer holding all of them.

A new vault in a folder of its own; people, windows and links are written in bulk. Each page is asked for in turn, in this
process, without a network: the median and the 95th of forty, in milliseconds. The first look at each is left out.
"""

import argparse
import json
import os
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

PEOPLE, CELLS, LINKS, LOOKS = 10_000, 250, 30_000, 40
LIMIT_MS = 100.0
SEED = 11


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks pages", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(argv)
    home = Path(tempfile.mkdtemp(prefix="ojak-pages-"))
    try:
        told = measured(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if max(p95 for _, p95 in told["pages_ms"].values()) < LIMIT_MS else 1


def measured(home: Path) -> dict[str, Any]:
    from benchmarks.rewrap import founded, with_people

    _, keys = founded(home)
    cells = with_people(keys, people=PEOPLE, cells=CELLS)
    with_windows_and_links([person for _, people in cells for person in people])
    pages = {name: looked_at(cells, name) for name in ADDRESSES}
    load = round(os.getloadavg()[0], 2)
    return {
        "benchmark": "pages",
        "people": PEOPLE,
        "links": LINKS,
        "limit_ms": LIMIT_MS,
        "pages_ms": pages,
        "load": load,
    }


def with_windows_and_links(people: list[int]) -> None:
    """A window a person within four days of now, and meetings of a year, most of them among neighbours in the list."""
    from django.conf import settings

    from ojakgyo.apps.contact.models import Window
    from ojakgyo.apps.network.models import Link
    from ojakgyo.domain.facts import LinkKind
    from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS

    dice, now = random.Random(SEED), settings.CLOCK.now()  # nosec B311 - the same world each time
    Window.objects.bulk_create(
        Window(person_id=person, opens_ms=opens, closes_ms=opens + HOUR_MS, grace_ms=6 * HOUR_MS)
        for person in people
        for opens in [now + dice.randrange(-5 * HOUR_MS, 4 * DAY_MS)]
    )
    Link.objects.bulk_create(
        Link(kind=LinkKind.MET, knower=people[one], known=people[other], mutual=True, first_ms=day, last_ms=day)
        for one in (dice.randrange(len(people)) for _ in range(LINKS))
        for other in [(one + dice.randrange(1, 60)) % len(people)]
        for day in [now - dice.randrange(1, 360) * DAY_MS]
    )


ADDRESSES = {
    "now": "/now/",
    "log": "/log/",
    "cells": "/cells/",
    "cell": "/cells/{cell}/",
    "sheet of a cell": "/cells/{cell}/sheet/",
    "person": "/people/{person}/",
    "somebody new": "/people/new/",
    "areas": "/areas/",
    "may I call": "/calls/",
    "a call": "/calls/{person}/",
    "meeting": "/calls/meeting/",
    "report": "/calls/report/",
    "find": "/find/",
    "paper in": "/intake/",
    "export": "/export/",
    "shift": "/shift/",
    "night sheet": "/shift/sheet/",
    "vault": "/vault/",
    "officers": "/vault/officers/",
    "cells and keys": "/vault/cells/",
    "audit": "/vault/audit/",
}


def looked_at(cells: list[tuple[int, list[int]]], page: str) -> tuple[float, float]:
    """Median and 95th, in milliseconds. Find is asked by POST, for the beginning of a code name."""
    from django.test import Client

    from benchmarks.rewrap import PASSWORD
    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.values import ids

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.post("/enter/", {"code_name": CodeName(1).en, "password": PASSWORD})
    times = []
    for look in range(LOOKS + 1):
        cell, people = cells[look % len(cells)]
        address = ADDRESSES[page].format(cell=ids.text("c", cell), person=ids.text("p", people[look % len(people)]))
        began = time.perf_counter()
        answer = browser.post(address, {"query": CodeName(look, 3).en[:3]}) if page == "find" else browser.get(address)
        times.append(1_000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise SystemExit(f"{page} answered {answer.status_code}")
    kept = sorted(times[1:])
    return round(kept[len(kept) // 2], 1), round(kept[int(0.95 * len(kept))], 1)


def _prose(told: dict[str, Any]) -> str:
    lines = [f"{name:16} {median:7.1f} ms, 95th {p95:7.1f} ms" for name, (median, p95) in told["pages_ms"].items()]
    head = f"{told['people']:,} people, {told['links']:,} links, load {told['load']} (limit {told['limit_ms']:g} ms)"
    return "\n".join((head, *lines))
