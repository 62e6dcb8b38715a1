"""Everything the project promises, each step with its seconds; words after `test` go to pytest alone.

What looks at the sources alone runs side by side, while the machine is made ready; then the tests, which have it to themselves.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent
BUDGET_S = 12 * 60
ROOM = 4 << 30
"""Bytes."""


class Step:
    """A command of the checkout; side by side with others, what it says is held back until it has ended.

    `quiet`: what it says is said only if it fails.
    """

    def __init__(self, name: str, *command: object, quiet: bool = False) -> None:
        self.name, self.command, self.quiet = name, [str(part) for part in command], quiet
        self.code, self.took = -1, 0.0

    def run(self, out: object = None) -> None:
        began = time.monotonic()
        self.code = subprocess.call(self.command, cwd=HERE, stdout=out, stderr=out and subprocess.STDOUT)
        self.took = time.monotonic() - began

    def run_aside(self) -> None:
        with tempfile.TemporaryFile() as out:
            self.run(out)
            out.seek(0)
            self.said = out.read()

    def tell(self) -> None:
        print(f"ojak test: {self.name} {'passed' if self.code == 0 else 'FAILED'} in {self.took:.1f} s", flush=True)


def side_by_side(steps: list[Step]) -> bool:
    """Run all of them, say in their order what each said; true if none failed."""
    threads = [threading.Thread(target=step.run_aside) for step in steps]
    for thread in threads:
        thread.start()
    for step, thread in zip(steps, threads, strict=True):
        thread.join()
        if step.code or not step.quiet:
            sys.stdout.buffer.write(step.said)
        sys.stdout.buffer.flush()
        step.tell()
    return all(step.code == 0 for step in steps)


def workers() -> int:
    """One for each processor; on a small machine one more, for many tests wait for a browser or a process."""
    return min(6, max(3, len(os.sched_getaffinity(0))))


def scratch() -> Path | None:
    """Where the tests keep their vaults: in memory where there is plenty, for a commit waits for the disk; else None."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ROOM
    return Path(tempfile.mkdtemp(prefix="ojak-test-", dir=memory)) if roomy else None


def main(words: list[str]) -> None:
    pytest = [sys.executable, "-m", "pytest"]
    if words:
        sys.exit(subprocess.call([*pytest, *words], cwd=HERE))
    began = time.monotonic()
    passed = side_by_side(
        [
            Step("machine", "bash", HERE / "tests" / "machine.sh"),
            Step(
                "kernels", sys.executable, "-c", "from ojakgyo.runner.warming import warm; warm()"
            ),  # once, not by each worker; and so are the tests compiled
            Step("collection", *pytest, "--collect-only", "-qqq", quiet=True),
            Step("lint", TOOLS / "ruff", "check", "."),
            Step("format", TOOLS / "ruff", "format", "--check", "."),
            Step("contracts", TOOLS / "lint-imports"),
            Step("types", TOOLS / "mypy"),
            # SQL text stands in store and chronicle alone, and ruff judges it
            Step("bandit", TOOLS / "bandit", "-q", "-r", "src", "-ll", "-s", "B608"),
        ]
    )
    if not passed:
        sys.exit(1)
    kept = scratch()
    try:
        where = [f"--basetemp={kept}"] if kept else []
        tests = Step("tests", *pytest, "-n", workers(), "--dist", "worksteal", "--durations=5", *where)
        tests.run()
    finally:
        if kept:
            shutil.rmtree(kept, ignore_errors=True)
    tests.tell()
    if tests.code:
        sys.exit(1)
    took = time.monotonic() - began
    print(f"ojak test: {took:.0f} s of {BUDGET_S} s")
    if took > BUDGET_S:
        sys.exit("ojak test: over its time budget")


if __name__ == "__main__":
    os.environ.pop("OJAK_HOME", None)
    main(sys.argv[1:])
