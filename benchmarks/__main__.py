"""Run one benchmark by its name."""

import sys
from importlib import import_module
from pathlib import Path


def names() -> list[str]:
    """Modules and packages beside this one."""
    beside = [
        *Path(__file__).parent.glob("*.py"),
        *(path.parent for path in Path(__file__).parent.glob("*/__init__.py")),
    ]
    return sorted(path.stem for path in beside if not path.stem.startswith("_"))


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in names():
        print("usage: python -m benchmarks NAME [--json]; NAME is one of: " + ", ".join(names()), file=sys.stderr)
        return 2
    return int(import_module(f"benchmarks.{argv[0]}").main(argv[1:]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
