"""How long a text takes from its commit to its row on an open board, at 1,000 people: median and worst of 20.

A practice world of 1,000 people and 5,000 links is served by a process of its own and shown in Chromium. Twenty helpers
write under duress, one after the other, each as a file that a modem's daemon would leave in the spool. A file is
deleted right after its commit, so that is when the clock starts; it stops when a row about somebody new is painted.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ojakgyo.demo import spool_file
from ojakgyo.runner.door import ask
from tests.processes import House, copy_of

ROUNDS = 20
WAIT_S = 15.0
LIMIT_MS = 1_000.0
SEEN = """() => {
  window.seen = new Map()
  const look = () => {
    for (const row of document.querySelectorAll('.warning')) {
      if (window.seen.has(row.dataset.subject)) continue
      window.seen.set(row.dataset.subject, Infinity)
      requestAnimationFrame(() => window.seen.set(row.dataset.subject, Date.now()))
    }
  }
  look()
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true })
}"""
NEWEST = "since => Math.min(Infinity, ...[...window.seen.values()].filter(at => at >= since))"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks inbound", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--vault", type=Path, help="keep the grown vault here, or start from the one that is there")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="ojak-bench-") as scratch:
        home = copy_of(_vault(asked.vault or Path(scratch) / "grown"), Path(scratch) / "home")
        names = json.loads((home / "messengers.json").read_text())[: asked.rounds]
        with House("demo", home=home) as house, _board(house.wait()) as page:
            runs = [_measure(house, page, name) for name in names]
            rows = page.locator(".warning").count()
    told = _told(runs, rows)
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if told["worst_ms"] < LIMIT_MS else 1


def _vault(kept: Path) -> Path:
    """A grown practice vault; made where there is none, which takes about a minute."""
    if not (kept / "messengers.json").exists():
        shutil.rmtree(kept, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks._crowd", str(kept)], stdout=subprocess.PIPE, text=True, check=True
        )
        (kept / "messengers.json").write_text(made.stdout)
    return kept


@contextmanager
def _board(house: House) -> Iterator[Any]:
    """Haneul's board in Chromium, live, with somebody who writes down when each row came."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("needs chromium")
    quiet = ["--disable-gpu", "--no-first-run", *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=quiet) as browser:
        page = browser.new_page(locale="en-GB")
        page.goto(house.ready["enter"])
        page.locator("form button:not([name])").first.click()
        page.locator("body[data-stream=open]").wait_for()
        page.evaluate(SEEN)
        yield page


def _measure(house: House, page: Any, name: str) -> dict[str, float]:
    """Milliseconds from the file to its commit, and from there to the row."""
    (sms,) = ask(house.home, "say", who=name, word="duress", send=False)
    written = time.time()
    heard = datetime.fromtimestamp(written, UTC)
    file = spool_file.write(Path(house.ready["spool"]), number=sms["number"], text=sms["text"], heard=heard)
    _until(lambda: not file.exists(), what="the commit")
    committed = time.time()
    row = _until(lambda: _shown(page, since=1_000 * written), what=f"a row behind {name}", pause_s=0.02)
    time.sleep(1.0)  # whatever else follows from it comes to rest
    return {"commit_ms": 1_000 * (committed - written), "row_ms": row - 1_000 * committed}


def _shown(page: Any, *, since: float) -> float:
    newest = page.evaluate(NEWEST, since)
    return float(newest) if newest not in (None, float("inf")) else 0.0


def _until(found: Any, *, what: str, pause_s: float = 0.0005) -> Any:
    end = time.monotonic() + WAIT_S
    while not (it := found()):
        if time.monotonic() > end:
            raise SystemExit(f"{what} did not come within {WAIT_S:g} s")
        time.sleep(pause_s)
    return it


def _told(runs: list[dict[str, float]], rows: int) -> dict[str, Any]:
    row_ms = [run["row_ms"] for run in runs]
    return {
        "benchmark": "inbound",
        "people": 1_000,
        "rounds": len(runs),
        "median_ms": round(statistics.median(row_ms)),
        "worst_ms": round(max(row_ms)),
        "runs_ms": [round(each) for each in row_ms],
        "file_to_commit_ms": round(statistics.median(run["commit_ms"] for run in runs)),
        "rows_at_the_end": rows,
        "limit_ms": LIMIT_MS,
        "load": round(os.getloadavg()[0], 2),
    }


def _prose(told: dict[str, Any]) -> str:
    return (
        f"{told['people']} people, {told['rounds']} texts, {told['rows_at_the_end']} rows at the end, "
        f"load {told['load']}\n"
        f"commit -> row on the page   median {told['median_ms']} ms   worst {told['worst_ms']} ms"
        f"   (limit {told['limit_ms']:g})\n"
        f"file -> commit              median {told['file_to_commit_ms']} ms, of which 300 are waited\n"
        f"each: {' '.join(map(str, told['runs_ms']))}"
    )
