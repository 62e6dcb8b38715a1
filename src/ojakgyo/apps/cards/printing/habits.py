"""One A4 sheet: how the table is used, and how a phone is. In Korean, Chinese and English; it names nobody.

It is taught from and burnt, not carried. What is to be done under pressure stands nowhere: that is told aloud.
"""

import re
from collections.abc import Iterator
from typing import Final

from reportlab.lib.units import mm

from ojakgyo.apps.cards.printing.pages import HEIGHT, TEXT, TEXT_BOLD, WIDTH, Page, font_of, width
from ojakgyo.apps.cards.printing.said import EXAMPLE, HEADS, SHEETS, Listed, Section

_LEFT, _RIGHT, _TOP = 20 * mm, WIDTH - 20 * mm, HEIGHT - 18 * mm
_SIZE, _LEADING, _APART = 9.6, 13.4, 2.1
"""Of the letters, from line to line, and more between sentences; points."""
_INDENT: Final = 5 * mm
_STOPS: Final = (7 * mm, 78 * mm)
"""Where the second and third column of what is listed stand, from the left."""
_RUNS: Final = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_SYLLABLES: Final = re.compile(r"[\x21-\x7e]+\s*|[^\x00-\x7f][，。：；、！？）”」…]*|\s+|.")
"""What of a Chinese sentence stays together at the end of a line."""


def habits(language: str) -> bytes:
    """The sheet. `language`: ko, zh or en."""
    sheet, page, bold = SHEETS[language], Page(), _bold(language)
    y = _wrapped(page, sheet.title, _LEFT, _TOP, size=17, language=language) - 3
    y = _wrapped(page, sheet.lead, _LEFT, y, size=_SIZE + 0.8, language=language, latin=bold) - 4
    for section in sheet.sections:
        y = _section(page, section, y, language)
    return page.made()


def _bold(language: str) -> str:
    """Korean and Chinese have no bold letters here, and their digits do not stand out alone."""
    return TEXT_BOLD if language == "en" else TEXT


def _section(page: Page, section: Section, y: float, language: str) -> float:
    """Returns where the next one may begin."""
    bold = _bold(language)
    page.setLineWidth(0.4)
    page.line(_LEFT, y + 6, _RIGHT, y + 6)
    y = _wrapped(page, section.head, _LEFT, y - 9, size=12, language=language, latin=bold) - 1
    for line in section.lines:
        if isinstance(line, str):
            y = _wrapped(page, line, _LEFT + _INDENT, y - _APART, size=_SIZE, language=language)
        elif line in EXAMPLE:
            y = _columns(page, line, y, [_INDENT + 10 * mm * (place + 1) for place in range(10)])
        else:
            first = 42 * mm if line[0] in HEADS else 0.0
            y = _columns(page, line, y, [_INDENT * 2, _INDENT * 2 + max(first, _STOPS[0]), _INDENT * 2 + _STOPS[1]])
    return y - 8


def _columns(page: Page, cells: Listed, y: float, stops: list[float]) -> float:
    for cell, stop in zip(cells, stops, strict=False):
        _written(page, cell, _LEFT + stop, y, size=_SIZE, latin=TEXT)
    return y - _LEADING


def _wrapped(page: Page, text: str, x: float, y: float, *, size: float, language: str, latin: str = TEXT) -> float:
    """Lines of text down from this base line; returns the next one."""
    for line in _lines(text, _RIGHT - x, size=size, language=language, latin=latin):
        _written(page, line, x, y, size=size, latin=latin)
        y -= _LEADING * max(1.0, size / 11)
    return y


def _lines(text: str, room: float, *, size: float, language: str, latin: str) -> Iterator[str]:
    """Korean and English break between words, Chinese between signs."""
    parts = _SYLLABLES.findall(text) if language == "zh" else re.findall(r"\S+\s*", text)
    line = ""
    for part in parts:
        if line and _length(f"{line}{part}".rstrip(), size=size, latin=latin) > room:
            yield line.rstrip()
            line = ""
        line += part
    yield line.rstrip()


def _length(text: str, *, size: float, latin: str) -> float:
    return sum(width(run, font=font_of(run, latin), size=size) for run in _RUNS.findall(text))


def _written(page: Page, text: str, x: float, y: float, *, size: float, latin: str) -> None:
    """Latin letters and digits in a Latin font, the rest in that of its script."""
    for run in _RUNS.findall(text):
        font = font_of(run, latin)
        page.write(x, y, run, font=font, size=size)
        x += width(run, font=font, size=size)
