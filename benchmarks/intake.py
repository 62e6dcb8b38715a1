"""What an import costs: the dry run of 200 helpers and 2,000 meetings, and the one write that brings them in.

A new vault in a folder of its own. `dry` is all from the bytes of the workbook to the page's values, the child process and
the index of 200 numbers in two threads included; `write` is the transaction alone, which is how long an inbound message
may have to wait; `undo` is the transaction that takes the batch back. Medians of five files, each with numbers of its own.
"""

import argparse
import io
import json
import os
import shutil
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HELPERS, MEETINGS, FILES = 200, 2_000, 5
DRY_LIMIT_S, WRITE_LIMIT_MS = 3.0, 300.0
BUSY_MS: list[float] = []
"""Of the processor, for the write and the taking back of each file in turn: what a busy machine does not stretch."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks intake", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(argv)
    home = Path(tempfile.mkdtemp(prefix="ojak-intake-"))
    try:
        told = measured(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if told["dry_s"] < DRY_LIMIT_S and told["write_ms"] < WRITE_LIMIT_MS else 1


def measured(home: Path) -> dict[str, Any]:
    from benchmarks.rewrap import founded

    _, keys = founded(home)
    from ojakgyo.apps.vault.desks import officer_desk

    dry, write, undo = [], [], []
    for number in range(FILES):
        desk = officer_desk(keys)
        if not number:
            with_cell(desk)
        dry_s, write_ms, undo_ms = one_file(officer_desk(keys), workbook(number))
        dry.append(dry_s)
        write.append(write_ms)
        undo.append(undo_ms)
    return {
        "benchmark": "intake",
        "helpers": HELPERS,
        "meetings": MEETINGS,
        "dry_s": round(statistics.median(dry), 2),
        "dry_limit_s": DRY_LIMIT_S,
        "write_ms": round(statistics.median(write)),
        "write_limit_ms": WRITE_LIMIT_MS,
        "undo_ms": round(statistics.median(undo)),
        "write_busy_ms": round(statistics.median(BUSY_MS[::2])),
        "undo_busy_ms": round(statistics.median(BUSY_MS[1::2])),
        "worst": {"dry_s": round(max(dry), 2), "write_ms": round(max(write)), "undo_ms": round(max(undo))},
        "load": round(os.getloadavg()[0], 2),
    }


def with_cell(desk: Any) -> None:
    """N-2, in N2."""
    from ojakgyo.apps.network.actions import record_area
    from ojakgyo.apps.vault.actions import found_cell
    from ojakgyo.apps.vault.values import Side

    area = record_area(desk, north=True, number=2)
    found_cell(desk, side=Side.NORTH, number=2, area=area, members=[desk.officer])


def workbook(number: int) -> bytes:
    """A file of its own: numbers and days differ from the others'."""
    from openpyxl import Workbook

    book = Workbook()
    helpers = book.active
    helpers.append(["조", "이름", "전화"])
    for row in range(HELPERS):
        helpers.append(["N-2", f"Invented {number} {row}", f"+86139{number}{row:07}"])
    meetings = book.create_sheet("meetings")
    meetings.append(["who", "whom", "when"])
    for row in range(MEETINGS):
        other = (row + 1 + row // HELPERS) % HELPERS
        day = date.today() - timedelta(days=row % 60 + 2)
        meetings.append([f"Invented {number} {row % HELPERS}", f"Invented {number} {other}", day.isoformat()])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def one_file(desk: Any, written: bytes) -> tuple[float, float, float]:
    """Seconds of the dry run, milliseconds of the two writes."""
    from ojakgyo.apps.chronicle import inbox
    from ojakgyo.apps.intake import actions, staging, undoing
    from ojakgyo.apps.intake.preparing import ready

    began = time.perf_counter()
    content = staging.read(desk, written, name="bench.xlsx")
    content, draft = staging.tried(desk, content, content.layouts)
    dry = time.perf_counter() - began
    if (len(draft.people), len(draft.lines)) != (HELPERS, HELPERS) or len(draft.links) < MEETINGS * 0.9:
        raise SystemExit(f"not understood: {len(draft.people)} {len(draft.lines)} {len(draft.links)}")
    batch = actions.keep_content(desk, content)
    made = ready(desk, batch, draft, seq=inbox.head())
    write = _ms(lambda: actions.keep_batch(desk, made=made))
    found = undoing.undoing(desk, batch)
    return dry, write, _ms(lambda: actions.keep_undone(desk, found=found))


def _ms(work: Any) -> float:
    began, busy = time.perf_counter(), time.process_time()
    work()
    BUSY_MS.append(1_000 * (time.process_time() - busy))
    return 1_000 * (time.perf_counter() - began)


def _prose(told: dict[str, Any]) -> str:
    return (
        f"{told['helpers']} helpers and {told['meetings']} meetings: dry run {told['dry_s']} s (at most"
        f" {told['dry_limit_s']}), write {told['write_ms']} ms (at most {told['write_limit_ms']}), taking back"
        f" {told['undo_ms']} ms. Load {told['load']}."
    )
