"""Inside the child that writes a file: limits first, then the rows come in, then the bytes go out."""

import json
import sys


def main() -> None:
    """Rows as JSON on standard input, the file on standard output. It can open no file, and write none."""
    for absent in ("numpy", "PIL", "pandas"):  # openpyxl takes them along where they are; nothing here needs them
        sys.modules[absent] = None  # type: ignore[assignment]
    from ojakgyo.apps.intake.exporting import files
    from ojakgyo.apps.intake.reading.inside import shut_doors

    for kind in ("xlsx", "csv", "json"):  # each takes parts of the library along when it is first used
        files.written(kind, [{"kind": "x", "title": "x", "keys": ["x"], "heads": ["x"], "rows": [["x"]]}])
    shut_doors()
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(files.written(asked["format"], asked["tables"]))
    sys.stdout.buffer.flush()
