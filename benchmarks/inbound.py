"""How long a text takes from its commit to its row on an open board, at 1,000 people: median and worst of 20.

A practice world of 1,000 people and 5,000 links is served by a process of its own and shown in Chromium. Twenty helpers
write under duress, one after the other, each as a file that a modem's daemon would leave in the spool. A file is
deleted right after its commit, so that is when the clock starts; it stops when a row about somebody new is painted.

With `--gateway`: how old a text is when it has been read, at 1,000 a minute through the webhook of a gateway, from five
connections, with the board open. Both times stand in the chronicle. Every tenth is handed in a second time.
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
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from ojakgyo.demo import spool_file
from ojakgyo.domain.sealing import posts
from ojakgyo.runner.door import ask
from tests.processes import House, copy_of

ROUNDS = 20
WAIT_S = 15.0
LIMIT_MS = 1_000.0
CONNECTIONS = 5
OLDEST_S = 2.0
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
    parser.add_argument("--gateway", action="store_true", help="a stream of webhooks instead")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=int, default=1_000, help="texts a minute")
    parser.add_argument("--vault", type=Path, help="keep the grown vault here, or start from the one that is there")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="ojak-bench-") as scratch:
        home = copy_of(_vault(asked.vault or Path(scratch) / "grown"), Path(scratch) / "home")
        names = json.loads((home / "messengers.json").read_text())[: asked.rounds]
        if asked.gateway:
            return _stream(home, asked)
        with House("demo", home=home) as house, _board(house.wait()) as page:
            runs = [_measure(house, page, name) for name in names]
            rows = page.locator(".warning").count()
    told = _told(runs, rows)
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if told["worst_ms"] < LIMIT_MS else 1


def _stream(home: Path, asked: argparse.Namespace) -> int:
    """Exit code 0: every text was kept once and read, none later than two seconds after it was kept."""
    made = subprocess.run(
        [sys.executable, "-m", "ojakgyo", "gateway", "add", "signed", "--home", str(home), "--json"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    gateway, count = json.loads(made.stdout), round(asked.minutes * asked.rate)
    with House("demo", home=home) as house, _board(house.wait()):
        since = max((fact["seq"] for fact in ask(house.home, "chronicle", since=0)), default=0)
        posted = _post_all(house.url, gateway, count, pause_s=60.0 / asked.rate)
        time.sleep(3.0)
        told = _aged(list(ask(house.home, "chronicle", since=since)), count) | posted
    told |= {"benchmark": "inbound gateway", "rate_a_minute": asked.rate, "minutes": asked.minutes}
    print(json.dumps(told | {"load": round(os.getloadavg()[0], 2)}))
    whole = told["kept"] == told["read"] == count and not told["refused"]
    return 0 if whole and told["oldest_read_ms"] < 1_000 * OLDEST_S else 1


def _post_all(url: str, gateway: dict[str, Any], count: int, *, pause_s: float) -> dict[str, Any]:
    """Five connections take turns; each text has its place in time, and is handed in as soon as that has come."""
    began, answers = time.monotonic(), []

    def hand_in(connection: int) -> None:
        with httpx.Client(base_url=url, timeout=30.0) as client:
            for place in range(connection, count, CONNECTIONS):
                time.sleep(max(0.0, began + place * pause_s - time.monotonic()))
                sender = f"+8610{place % 200:08}"
                text = {"event": "text", "id": f"bench-{place}", "from": sender, "text": f"{place:06}"}
                for _ in range(2 if place % 10 == 0 else 1):
                    asked = time.monotonic()
                    answer = client.post(gateway["address"], **_signed(gateway["key"], json.dumps(text).encode()))
                    answers.append((answer.status_code, 1_000 * (time.monotonic() - asked)))

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(hand_in, range(CONNECTIONS)))
    took = [each for _, each in answers]
    return {
        "posts": len(answers),
        "refused": sum(status != 200 for status, _ in answers),
        "answer_median_ms": round(statistics.median(took)),
        "answer_worst_ms": round(max(took)),
        "took_s": round(time.monotonic() - began, 1),
    }


def _signed(key: str, body: bytes) -> dict[str, Any]:
    at = str(int(time.time()))
    return {"content": body, "headers": {"X-Timestamp": at, "X-Signature": posts.signature(key, body, at)}}


def _aged(found: list[dict[str, Any]], count: int) -> dict[str, Any]:
    """How long after it was kept each text was read, in whole seconds, as the chronicle shows times: 1 s is less than 2."""
    kept = _recorded(found, "contact.message_received")
    read = _recorded(found, "contact.message_read")
    ages = sorted(read[message] - kept[message] for message in kept.keys() & read.keys())
    return {
        "texts": count,
        "kept": len(kept),
        "read": len(ages),
        "median_read_ms": round(1_000 * statistics.median(ages)) if ages else None,
        "oldest_read_ms": round(1_000 * max(ages)) if ages else None,
    }


def _recorded(found: list[dict[str, Any]], kind: str) -> dict[str, float]:
    return {
        fact["fields"]["message"]: datetime.fromisoformat(fact["recorded"]).timestamp()
        for fact in found
        if fact["kind"] == kind
    }


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
