"""The shares on paper: a sheet for each, as a PDF or as plain text. Written once where it was asked for, and kept nowhere."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from ojakgyo.cli.asking import grid
from ojakgyo.cli.speaking import Tongue
from ojakgyo.domain.errors import Refused

KOREAN: Final = "HYSMyeongJo-Medium"
"""A font that every viewer of PDF files knows by its name; it is not in the file."""
LEFT, TOP, LINE = 72, 770, 18


def refuse_another(file: Path | None) -> None:
    """Said before anybody answers a question in vain."""
    if file is not None and file.expanduser().exists():
        raise Refused("house.not_written")


@contextmanager
def beside(file: Path | None, paper: tuple[str, ...], threshold: int, speak: Tongue) -> Iterator[None]:
    """Written, if it is wanted, before the work within; gone again if that fails."""
    if file is None:
        yield
        return
    with ExitStack() as failing:
        write(file.expanduser(), paper, threshold, speak)
        failing.callback(file.expanduser().unlink, missing_ok=True)
        yield
        failing.pop_all()


def write(file: Path, paper: tuple[str, ...], threshold: int, speak: Tongue) -> None:
    """0600. A file that is there already, or cannot be written: ``Refused``."""
    sheets = [_sheet(number, len(paper), threshold, share, speak) for number, share in enumerate(paper, start=1)]
    data = _pdf(sheets) if file.suffix.lower() == ".pdf" else "\f".join(map("\n".join, sheets)).encode()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
    except OSError:
        raise Refused("house.not_written") from None


def _sheet(number: int, count: int, threshold: int, share: str, pgettext: Tongue) -> list[str]:
    told = {"number": number, "count": count, "threshold": threshold}
    return [
        pgettext("init", "Share %(number)d of %(count)d. Any %(threshold)d open everything.") % told,
        pgettext("init", "One person keeps this sheet. Nobody keeps two."),
        *grid(share).splitlines(),
        "",
        pgettext("init", "Print it on a machine you trust, then delete the file."),
    ]


def _pdf(sheets: list[list[str]]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont(KOREAN))
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    for lines in sheets:
        for place, line in enumerate(lines):
            canvas.setFont("Courier" if line.isascii() else KOREAN, 12)
            canvas.drawString(LEFT, TOP - place * LINE, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()
