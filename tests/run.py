"""Everything the project promises, in order, each step with its seconds; words after `test` go to pytest alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent
BUDGET_S = 12 * 60


def step(name: str, *command: object) -> float:
    """Run one step in the checkout; end with its code if it fails."""
    began = time.monotonic()
    code = subprocess.call([str(part) for part in command], cwd=HERE)
    took = time.monotonic() - began
    print(f"ojak test: {name} {'passed' if code == 0 else 'FAILED'} in {took:.1f} s", flush=True)
    if code:
        sys.exit(1)
    return took


def main(words: list[str]) -> None:
    pytest = [sys.executable, "-m", "pytest"]
    if words:
        sys.exit(subprocess.call([*pytest, *words], cwd=HERE))
    took = [
        step("machine", "bash", HERE / "tests" / "machine.sh"),
        step("lint", TOOLS / "ruff", "check", "."),
        step("format", TOOLS / "ruff", "format", "--check", "."),
        step("contracts", TOOLS / "lint-imports"),
        step("types", TOOLS / "mypy"),
        step(
            "bandit", TOOLS / "bandit", "-q", "-r", "src", "-ll", "-s", "B608"
        ),  # SQL text stands in store and chronicle alone,
        step("tests", *pytest, "-n", "3", "--dist", "worksteal", "--durations=5"),
    ]
    print(f"ojak test: {sum(took):.0f} s of {BUDGET_S} s")
    if sum(took) > BUDGET_S:
        sys.exit("ojak test: over its time budget")


if __name__ == "__main__":
    os.environ.pop("OJAK_HOME", None)
    main(sys.argv[1:])
