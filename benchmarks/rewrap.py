"""What the keys of names cost: a cell of 100,000 people into a new epoch, and the share of opening in a page.

A new vault in a folder of its own; people and their wraps are written in bulk, what is timed is the product's own.
`rewrap` is the chore after an ordinary change of members, `redraw` a sample of the one after a removal for cause, per
person. Then two pages at 10,000 people in 250 cells, an officer holding all of them: how long they take, and how much of
that is spent in the ciphers of `domain/sealing` (what SQLCipher does page by page is in the whole, not in the share).
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KEYS, REDRAWN, PEOPLE, CELLS, LOOKS = 100_000, 2_000, 10_000, 250, 40
REWRAP_LIMIT_S, SHARE_LIMIT = 5.0, 0.10
PASSWORD = "only for a benchmark"  # nosec B105 - of an invented officer


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks rewrap", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(argv)
    home = Path(tempfile.mkdtemp(prefix="ojak-rewrap-"))
    try:
        told = measured(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if told["rewrap_s"] < REWRAP_LIMIT_S and max(told["share"].values()) < SHARE_LIMIT else 1


def measured(home: Path) -> dict[str, Any]:
    officer, keys = founded(home)
    cells = with_people(keys, people=PEOPLE, cells=CELLS)
    pages = {name: looked_at(officer, cells, name) for name in ("now", "person")}
    wrapped = rewrapped(keys)
    return {
        "benchmark": "rewrap",
        "keys": KEYS,
        **wrapped,
        "rewrap_limit_s": REWRAP_LIMIT_S,
        "page_ms": {name: page for name, (page, _) in pages.items()},
        "share": {name: share for name, (_, share) in pages.items()},
        "share_limit": SHARE_LIMIT,
        "people": PEOPLE,
        "load": round(os.getloadavg()[0], 2),
    }


def founded(home: Path):  # type: ignore[no-untyped-def]
    """An open vault with one officer."""
    os.environ["OJAK_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(home), "ojakgyo.config.settings"
    import django

    from ojakgyo.apps.vault import header
    from ojakgyo.store import keyholder

    keyholder.unseal(header.found(home, "words for a benchmark only", demo=True))
    django.setup()
    from ojakgyo.apps.vault.actions import enrol_officer
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.values.roles import OfficerRole
    from ojakgyo.runner import opening

    opening.bring_up_to_date()
    roles = (OfficerRole.SAFETY, OfficerRole.COORDINATOR)
    return enrol_officer(command_desk(), code_name=CodeName(1), password=PASSWORD, roles=roles)


def with_people(keys, *, people: int, cells: int, first: int = 0):  # type: ignore[no-untyped-def]
    """Cells of people whose name is kept; code names are by number."""
    from django.conf import settings

    from ojakgyo.apps.chronicle.fields import new_id
    from ojakgyo.apps.network.actions import record_area
    from ojakgyo.apps.network.models import Membership
    from ojakgyo.apps.people.models import Person, PersonKey, PersonRole, RealName
    from ojakgyo.apps.vault import seals
    from ojakgyo.apps.vault.actions import found_cell
    from ojakgyo.apps.vault.desks import officer_desk
    from ojakgyo.apps.vault.values import Side
    from ojakgyo.domain.sealing import persons
    from ojakgyo.domain.sealing.persons import DataKey
    from ojakgyo.domain.values.roles import PersonRole as Role

    desk, vault, made = officer_desk(keys), settings.OJAK_VAULT_ID, []
    area = record_area(desk, north=bool(first), number=1)
    for place in range(cells):
        cell = found_cell(desk, side=Side.CHINA, number=first + place + 1, area=area, members=[keys.officer])
        key = officer_desk(keys).keyring.cell_key(cell)
        rows = [Person(pk=new_id(), word=first + place, number=each) for each in range(people // cells)]
        Person.objects.bulk_create(rows)
        PersonRole.objects.bulk_create(PersonRole(person=row, role=Role.HELPER) for row in rows)
        Membership.objects.bulk_create(Membership(person=row, cell_id=cell) for row in rows)
        own = [DataKey.drawn(row.pk, os.urandom) for row in rows]
        PersonKey.objects.bulk_create(
            PersonKey(
                person_id=data.person,
                cell_id=cell,
                epoch=1,
                wrapped=persons.wrap(data, key, vault, nonce=os.urandom(12)),
                drawn_ms=desk.now,
            )
            for data in own
        )
        fields = {"name": "nobody", "aliases": [], "note": ""}
        RealName.objects.bulk_create(
            RealName(
                person_id=data.person, ident=seals.seal(data.key(), persons.name_place(vault, data.person), fields)
            )
            for data in own
        )
        made.append((cell, [row.pk for row in rows]))
    return made


def rewrapped(keys) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """Seconds for all of a cell, and milliseconds a person for new data keys."""
    from ojakgyo.apps.people.chores import rewrap_keys
    from ojakgyo.apps.people.models import PersonKey
    from ojakgyo.apps.people.redrawing import keep_redrawn, redrawn
    from ojakgyo.apps.vault.actions.cells import begin_epoch
    from ojakgyo.apps.vault.desks import officer_desk

    ((cell, people),) = with_people(keys, people=KEYS, cells=1, first=1_000)
    begin_epoch(officer_desk(keys), cell=cell)
    began, worked = time.perf_counter(), time.process_time()
    rewrap_keys(officer_desk(keys), cell)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    if PersonKey.objects.filter(cell_id=cell, epoch=2).count() != KEYS:
        raise SystemExit("not every key was wrapped again")
    began = time.perf_counter()
    desk = officer_desk(keys)
    keep_redrawn(desk, anew=redrawn(desk, people[:REDRAWN]))
    return {
        "rewrap_s": round(took, 2),
        "rewrap_cpu_s": round(worked, 2),
        "redraw_ms_a_person": round(1_000 * (time.perf_counter() - began) / REDRAWN, 3),
    }


def looked_at(officer: int, cells, page: str) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Median milliseconds of a page, and the share of them inside the ciphers."""
    from django.test import Client

    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.values import ids

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.post("/enter/", {"code_name": CodeName(1).en, "password": PASSWORD})
    times, shares = [], []
    for look in range(LOOKS):
        _, people = cells[look % len(cells)]
        address = "/now/" if page == "now" else f"/people/{ids.text('p', people[0])}/"
        with counted() as spent:
            began = time.perf_counter()
            if browser.get(address).status_code != 200:
                raise SystemExit(f"{page} did not open")
            took = time.perf_counter() - began
        times.append(1_000 * took)
        shares.append(spent[0] / took)
    return round(statistics.median(times), 2), round(statistics.median(shares), 4)


@contextmanager
def counted() -> Iterator[list[float]]:
    """Seconds spent in the ciphers."""
    from ojakgyo.domain.sealing import primitives

    spent, kept = [0.0], {}

    def timed(work):  # type: ignore[no-untyped-def]
        def run(*args, **kwargs):  # type: ignore[no-untyped-def]
            began = time.perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                spent[0] += time.perf_counter() - began

        return run

    for name, work in vars(primitives).copy().items():
        if callable(work) and getattr(work, "__module__", "") == primitives.__name__ and not isinstance(work, type):
            kept[name] = work
            setattr(primitives, name, timed(work))
    try:
        yield spent
    finally:
        for name, work in kept.items():
            setattr(primitives, name, work)


def _prose(told: dict[str, Any]) -> str:
    pages = [
        f"{name:7} page at {told['people']:,} people  {told['page_ms'][name]} ms, of which {100 * share:.1f} % ciphers"
        f"  (limit {100 * told['share_limit']:g} %)"
        for name, share in told["share"].items()
    ]
    return "\n".join(
        (
            f"{told['keys']:,} data keys into a new epoch  {told['rewrap_s']} s  (limit {told['rewrap_limit_s']:g}),"
            f" {told['rewrap_cpu_s']} s of one core",
            f"a new data key and blob  {told['redraw_ms_a_person']} ms a person",
            *pages,
            f"load {told['load']}",
        )
    )
