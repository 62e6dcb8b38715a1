"""`./ojak simulate --seed N [--days D] [--json]`: stories from a seed on, until one breaks; that one is shrunk and told."""

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from simulation.desks import DAYS, Tally, own_desks, tell_many
from simulation.planted import PLANTS, planted
from simulation.running import Result


def main() -> None:
    asked = _asked()
    length = min(DAYS, asked.days)
    with own_desks() as made, planted(asked.plant) if asked.plant else nullcontext():
        tally = tell_many(
            made, asked.seed, stories=max(1, round(asked.days / length)), days=length, each=_progress(asked)
        )
        least = None if tally.broken is None else made.shrunk(tally.broken)
    said = _said(asked, tally, least)
    print(json.dumps(said, ensure_ascii=False) if asked.json else _prose(said))
    sys.exit(0 if least is None else 1)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ojak simulate", description="The whole desk from one integer.")
    parser.add_argument("--seed", type=int, default=0, help="the first story; the next ones are seed + 1, ...")
    parser.add_argument("--days", type=int, default=DAYS, help=f"desk-days in all, {DAYS} a story")
    parser.add_argument("--plant", choices=sorted(PLANTS), metavar="BUG", help="put a known bug into the desk first")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.days < 1:
        parser.error("a story has at least one day")
    return asked


def _progress(asked: argparse.Namespace) -> Any:
    def tell(result: Result) -> None:
        if not asked.json and (result.seed - asked.seed) % 25 == 24:
            print(f"... seed {result.seed}", file=sys.stderr, flush=True)

    return tell


def _said(asked: argparse.Namespace, tally: Tally, least: Result | None) -> dict[str, Any]:
    return {
        "seed": asked.seed,
        "stories": tally.stories,
        "days": tally.days,
        "statements": tally.statements,
        "faults": tally.faults,
        "cpu_s": round(tally.cpu_s, 1),
        "days_a_minute": round(60 * tally.days / tally.cpu_s) if tally.cpu_s else 0,
        "broken": None if tally.broken is None or least is None else _broken(tally.broken, least),
    }


def _broken(first: Result, least: Result) -> dict[str, Any]:
    return {
        "seed": first.seed,
        "invariant": str(least.broken),
        "day": least.day,
        "healed": least.healed,
        "faults": len(first.fired),
        "least": [str(fault) for fault in least.fired],
    }


def _prose(said: dict[str, Any]) -> str:
    lines = [
        f"{said['days']} desk-days in {said['stories']} stories from seed {said['seed']}: {said['statements']} statements, "
        f"{said['faults']} faults, {said['cpu_s']} s of CPU ({said['days_a_minute']} desk-days a minute)"
    ]
    if (broken := said["broken"]) is None:
        return "\n".join([*lines, "every invariant held"])
    lines += [f"seed {broken['seed']}, day {broken['day']}: {broken['invariant']}"]
    lines += [f"{broken['faults']} faults, of which these are enough:", *(f"  {each}" for each in broken["least"])]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
