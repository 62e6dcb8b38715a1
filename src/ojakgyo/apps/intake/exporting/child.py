"""Start the child that writes a file, hand it the rows by pipe, take the bytes back. It is never handed a key.

Writing a workbook of thousands of rows holds the interpreter for seconds; in a process of its own no message waits for it.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

import ojakgyo
from ojakgyo.apps.intake.exporting.wording import Table
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import ExportFormat

SECONDS_LIMIT: Final = 40.0
_SOURCE: Final = str(Path(ojakgyo.__file__).parents[1])
_STARTS: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ojakgyo.apps.intake.exporting.inside import main; main()"
)


def write_file(file_format: ExportFormat, tables: tuple[Table, ...]) -> bytes:
    """The file. The child failed, or took too long: ``Refused``."""
    task = json.dumps({"format": str(file_format), "tables": [asdict(table) for table in tables]}).encode()
    try:
        ended = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", "-c", _STARTS, _SOURCE],
            input=task,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"OPENPYXL_LXML": "False"},
            cwd="/",
            start_new_session=True,
            timeout=SECONDS_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("intake.export_failed") from None
    if ended.returncode or not ended.stdout:
        raise Refused("intake.export_failed")
    return ended.stdout
