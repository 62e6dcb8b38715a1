"""How many instructions the kernels take, counted by valgrind: the same on a busy machine, and on any day.

`python -m benchmarks exposure --instructions` compares them with `instructions.json` and fails where one has grown by more
than a tenth; `--record` writes them anew. Code is made for x86-64-v3, which valgrind knows, not for this processor.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.exposure import reference
from benchmarks.exposure.rows import Row

RECORDED: Final = Path(__file__).with_suffix(".json")
TENTH: Final = 1.1
_LEVEL: Final = "x86-64-v3"
_COUNTED: Final = [sys.executable, "-m", "benchmarks.exposure.counted"]


def check(*, json: bool, record: bool) -> int:
    """0 where nothing has grown by more than a tenth, and where it was recorded; 2 where there is no valgrind."""
    if shutil.which("valgrind") is None:
        print("instructions: no valgrind here", file=sys.stderr)
        return 2
    found = counted()
    if record:
        _write(found)
    rows = list(_rows(found))
    for row in rows:
        print(row.json() if json else row.line())
    return 1 if any(row.met is False for row in rows) else 0


def counted() -> dict[str, int]:
    """Instructions by what was counted; it takes a minute. The kernels are compiled before, into a cache of their own."""
    with tempfile.TemporaryDirectory(prefix="ojak-counted-") as folder:
        built = reference.built(Path(folder), f"-march={_LEVEL}", "-DCOUNTED")
        level = {
            "NUMBA_CPU_NAME": _LEVEL,
            "NUMBA_CPU_FEATURES": "",
            "NUMBA_CACHE_DIR": folder,
            "OPENBLAS_NUM_THREADS": "1",
        }
        plain = {"NPY_DISABLE_CPU_FEATURES": _too_new(), "OPENBLAS_CORETYPE": "Haswell"}
        environment = {**os.environ, **level, **plain}
        subprocess.run([*_COUNTED, str(built)], env=environment, check=True)
        out = f"--callgrind-out-file={folder}/count"
        tool = ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--quiet", out]
        subprocess.run([*tool, *_COUNTED, str(built)], env=environment, check=True)
        dumps = [each.read_text() for each in Path(folder).glob("count.*")]
    return dict(sorted(_named(dump) for dump in dumps if "Client Request" in dump))


def _named(dump: str) -> tuple[str, int]:
    name = re.search(r"^desc: Trigger: Client Request: (.*)$", dump, re.MULTILINE)
    total = re.search(r"^(?:summary|totals): (\d+)", dump, re.MULTILINE)
    assert name is not None and total is not None
    return name.group(1), int(total.group(1))


def _too_new() -> str:
    """Parts of numpy that valgrind does not know, as numpy calls them."""
    from numpy._core._multiarray_umath import __cpu_dispatch__

    return " ".join(feature for feature in __cpu_dispatch__ if "AVX512" in feature or feature == "X86_V4")


def _rows(found: dict[str, int]) -> Iterator[Row]:
    recorded = json.loads(RECORDED.read_text())["counts"] if RECORDED.exists() else {}
    for name, count in found.items():
        on, what = name.split(": ")
        goal = {"at_most": TENTH * recorded[name] / 1e6} if name in recorded else {}
        yield Row(case="counted", on=on, what=what, value=count / 1e6, unit="million", **goal)


def _write(found: dict[str, int]) -> None:
    compiler = subprocess.run(["gcc", "-dumpfullversion"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    made_by = {"numba": version("numba"), "llvmlite": version("llvmlite"), "gcc": compiler, "for": _LEVEL}
    RECORDED.write_text(json.dumps({"made_by": made_by, "counts": found}, indent=2) + "\n")
