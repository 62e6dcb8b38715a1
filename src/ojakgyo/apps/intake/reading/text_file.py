"""Text files: which letters they are written in, which sign parts the cells. Nothing is decided that cannot be known.

UTF-8 proves itself: words of another encoding do not happen to fit its rules. CP949 and GB18030 do not, so both are shown.
"""

import codecs
import csv
import io
from typing import Final

from ojakgyo.apps.intake.reading.tabling import Budget, Sheet, clean, table_of, within
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.sheets import Preview, ReadFile

ENCODINGS: Final = ("utf-8", "cp949", "gb18030", "utf-16")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PREVIEWED: Final = 6
_PARTING: Final = (",", ";", "\t", "|")


def read(written: bytes, *, encoding: str | None, name: str) -> ReadFile:
    """Its one table; or how it looks in each encoding it may be in, where nobody has chosen."""
    if encoding is None:
        encoding = certain(written)
    elif encoding not in ENCODINGS:
        raise Refused("intake.encoding_wrong")
    if encoding is None:
        return ReadFile((), previews=_previews(written))
    text = _decoded(written, encoding)
    if text is None:
        raise Refused("intake.encoding_wrong")
    sheet, budget = Sheet(1, name), Budget()
    for number, cells in enumerate(_lines(text), 1):
        sheet.take(number, cells, budget)
    table = table_of(sheet)
    if table is None:
        raise Refused("intake.file_empty")
    return ReadFile(within([table]), encoding, previews=(_preview(text, encoding),))


def certain(written: bytes) -> str | None:
    """The encoding that says so itself, or that nothing else could be."""
    for begins, encoding in _MARKS:
        if written.startswith(begins):
            return encoding
    return "utf-8" if _decoded(written, "utf-8") is not None else None


def _decoded(written: bytes, encoding: str) -> str | None:
    """None where a byte does not fit, or where what comes out is no text."""
    try:
        text = written.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _previews(written: bytes) -> tuple[Preview, ...]:
    """The likeliest first: by heads that are known, then by letters of which that language is mostly made."""
    texts = {encoding: _decoded(written, encoding) for encoding in ("cp949", "gb18030")}
    found = [(encoding, text) for encoding, text in texts.items() if text is not None]
    if not found:
        raise Refused("intake.encoding_unknown")
    found.sort(key=lambda each: _likely(*each), reverse=True)
    return tuple(_preview(text, encoding) for encoding, text in found)


def _likely(encoding: str, text: str) -> tuple[int, float]:
    known = max((len(heads.guess(tuple(map(clean, cells)))) for cells in _first_lines(text)), default=0)
    letters = [letter for letter in text[:20_000] if ord(letter) > 0x7F]
    low, high = ("가", "힣") if encoding == "cp949" else ("一", "龥")
    return known, sum(low <= letter <= high for letter in letters) / max(1, len(letters))


def _preview(text: str, encoding: str) -> Preview:
    return Preview(encoding, tuple(tuple(map(clean, cells)) for cells in _first_lines(text)))


def _first_lines(text: str) -> list[list[str]]:
    """Cells of the first lines; a quote that never ends is no matter yet."""
    try:
        return [cells for _, cells in zip(range(_PREVIEWED), _lines(text), strict=False)]
    except Refused:
        return []


def _lines(text: str) -> "csv._reader":  # type: ignore[name-defined]
    csv.field_size_limit(1 << 20)
    return _checked(text, _parting(text))


def _checked(text: str, parting: str):  # type: ignore[no-untyped-def]
    """Line by line; a quote that is not closed swallows the rest of a file, so it is refused where it was opened."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parting, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused("intake.quote_open", sheet=1, row=number) from None


def _parting(text: str) -> str:
    """The sign that parts the first lines into the most cells, as many in each as it can."""
    first = text[:20_000].splitlines()[:20]
    if first and first[0].lower().startswith("sep=") and len(first[0]) == 5:
        return first[0][4]
    widths = {sign: [line.count(sign) for line in first if line.strip()] for sign in _PARTING}
    return max(_PARTING, key=lambda sign: (sum(map(bool, widths[sign])), min(widths[sign], default=0)))
