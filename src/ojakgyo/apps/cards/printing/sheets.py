"""Cards as PDF: ten of the size of a credit card on a sheet, or one a sheet, large, for copying by hand. Bytes, no file.

Nothing stands on the paper but the table: no name, no number of a card, no word of this desk. The corners are shown by
short lines at the edge of the sheet, so that a card that was cut out has no border of its own.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm

from ojakgyo.apps.cards.printing.pages import HEIGHT, WIDTH, Page, font_of, width
from ojakgyo.domain.cards import layouts
from ojakgyo.domain.cards.layouts import Face, Layout, Line, Ruling, Side
from ojakgyo.domain.facts import PrintForm

CARD: Final = (85.6 * mm, 54.0 * mm)
ACROSS, DOWN = 2, 5
LARGER: Final = 2.0
"""How much larger a card to be copied is; its lines lie further apart still."""
_EDGE: Final = 2.2 * mm
_FONTS: Final = {
    Face.COURIER: ("Courier", "Courier-Bold"),
    Face.COURIER_BOLD: ("Courier-Bold", "Courier-Bold"),
    Face.HELVETICA: ("Helvetica", "Helvetica-Bold"),
    Face.TIMES: ("Times-Roman", "Times-Bold"),
}
_GROUP_GAP: Final = 0.9
"""How much wider the gap between groups of columns is than one between columns."""
_ROW_GAP: Final = 0.4
"""The gap between groups of rows, in lines."""
_DIGIT, _OTHER = 0.64, 0.4
"""How wide a digit and a sign beside it may be, in heights of the letters, in whatever font stands in for a standard one."""
_AS_0: Final = str.maketrans("123456789", "000000000")
_RULE, _BAND = 0.45, 0.92
"""Grey, 0 is black."""

Card = tuple[Layout, Sequence[Line]]
"""A layout and what stands in it: the heads, then the rows."""


def sheets(form: PrintForm, cards: Sequence[Card]) -> bytes:
    """All these cards, in this order."""
    page = Page()
    draw = _in_tens if form is PrintForm.CARD else _one_by_one
    draw(page, cards)
    return page.made()


def warm() -> None:
    """Write something in every letter there is: the library reads its tables when they are first used."""
    page = Page()
    for font in {each for pair in _FONTS.values() for each in pair}:
        page.write(0, 0, "0", font=font, size=8)
    page.made()


def _in_tens(page: Page, cards: Sequence[Card]) -> None:
    wide, high = CARD
    left, low = (WIDTH - ACROSS * wide) / 2, (HEIGHT - DOWN * high) / 2
    for number, (layout, lines) in enumerate(cards):
        place = number % (ACROSS * DOWN)
        if number and not place:
            page.showPage()
        if not place:
            _cutting_lines(page, left, low)
        across, down = place % ACROSS, place // ACROSS
        _draw(page, layout, lines, left + across * wide, low + (DOWN - 1 - down) * high, wide, high)


def _one_by_one(page: Page, cards: Sequence[Card]) -> None:
    wide, high = CARD
    for number, (layout, lines) in enumerate(cards):
        if number:
            page.showPage()
        page.saveState()
        page.translate((WIDTH - LARGER * wide) / 2, HEIGHT - 20 * mm - 1.5 * LARGER * high)
        page.scale(LARGER, LARGER)
        _draw(page, layout, lines, 0, 0, wide, 1.5 * high)
        page.restoreState()


def _cutting_lines(page: Page, left: float, low: float) -> None:
    """Where to cut, outside the cards."""
    wide, high = CARD
    page.setLineWidth(0.3)
    page.setStrokeGray(_RULE)
    for across in range(ACROSS + 1):
        x = left + across * wide
        page.lines([(x, low - 6 * mm, x, low - 2 * mm), (x, HEIGHT - low + 2 * mm, x, HEIGHT - low + 6 * mm)])
    for down in range(DOWN + 1):
        y = low + down * high
        page.lines([(left - 6 * mm, y, left - 2 * mm, y), (WIDTH - left + 2 * mm, y, WIDTH - left + 6 * mm, y)])


def _draw(page: Page, layout: Layout, lines: Sequence[Line], x: float, y: float, wide: float, high: float) -> None:
    """One card, its lower left corner at x, y."""
    columns = _Columns(layout, lines, x + _EDGE, wide - 2 * _EDGE)
    heights = _heights(layout, len(lines), y + _EDGE, high - 2 * _EDGE)
    step = heights[-2] - heights[-1]
    _rules(page, layout, columns, heights, step)
    page.setFillGray(0)
    if layout.caption:
        page.write(columns.left, heights[0] + step, layout.caption, font=font_of(layout.caption, ""), size=columns.size)
    columns.heads(page, lines[0], heights[0])
    columns.rows(page, lines[1:], heights[1:])


class _Columns:
    """Where each column of a card stands across, and how its lines are written there."""

    def __init__(self, layout: Layout, lines: Sequence[Line], left: float, room: float) -> None:
        self.layout = layout
        self.size = layout.size / 10
        self.font, self.bold = _FONTS[layout.face]
        self.left = left
        columns = tuple(zip(*lines, strict=True))
        self.drawn = [self._drawn(column) for column in columns]
        self.widths = [max(self._room(each), drawn) for each, drawn in zip(columns, self.drawn, strict=True)]
        gaps = list(self._gaps())
        narrow = (room - sum(self.widths)) / max(sum(gaps), 1)
        gap = min(narrow, self.size * layout.spread / 100)
        self.starts = [left]
        for wide, times in zip(self.widths, gaps, strict=False):
            self.starts.append(self.starts[-1] + wide + times * gap)
        self.right = self.starts[-1] + self.widths[-1]
        self.gap = gap

    def _drawn(self, column: tuple[str, ...]) -> float:
        """Of the widest; digits are all of one width."""
        return max(width(shape, font=font_of(shape, self.bold), size=self.size) for shape in _shapes(column))

    def _room(self, column: tuple[str, ...]) -> float:
        """What it needs where another font stands in for a standard one."""
        return max(
            self.size * (_DIGIT * shape.count("0") + _OTHER * len(shape.replace("0", ""))) for shape in _shapes(column)
        )

    def _gaps(self) -> Iterator[float]:
        """The gap after each column but the last, as a multiple of one."""
        *before, last = layouts.groups(self.layout)
        for group in before:
            yield from [1.0] * (group - 1) + [1.0 + _GROUP_GAP]
        yield from [1.0] * (last - 1)

    def heads(self, page: Page, line: Line, y: float) -> None:
        """Each over its column."""
        latin = self.bold if self.layout.bold_head else self.font
        for head, start, wide in zip(line, self.starts, self.drawn, strict=True):
            if head:
                font = font_of(head, latin)
                free = wide - width(head, font=font, size=self.size)
                shift = {Side.LEFT: 0.0, Side.MIDDLE: free / 2, Side.RIGHT: free}[self.layout.head_side]
                page.write(start + shift, y, head, font=font, size=self.size)

    def rows(self, page: Page, lines: Sequence[Line], heights: Sequence[float]) -> None:
        """The names down the side, and each row of digits by one operation: a thousand cards hold some 14,000 of them."""
        named = int(bool(self.layout.labels))
        for line, y in zip(lines, heights, strict=True):
            if named:
                page.write(self.starts[0], y, line[0], font=font_of(line[0], self.font), size=self.size)
        page.setFont(self.font, self.size)
        pattern = self._pattern(named)
        for line, y in zip(lines, heights, strict=True):
            page.addLiteral(f"BT 1 0 0 1 {self.starts[named]:.2f} {y:.2f} Tm {pattern.format(*line[named:])} ET")

    def _pattern(self, named: int) -> str:
        """(12) Tj 14.2 0 Td (34) Tj …: each text, and how far its column lies from the next.

        Not by the widths of the texts: where another font stands in, rows would drift away from their heads.
        """
        parts = ["({}) Tj"]
        for start, before in zip(self.starts[named + 1 :], self.starts[named:], strict=False):
            parts.append(f"{start - before:.2f} 0 Td ({{}}) Tj")
        return " ".join(parts)


def _shapes(column: tuple[str, ...]) -> set[str]:
    return {each.translate(_AS_0) for each in column}


def _heights(layout: Layout, count: int, low: float, room: float) -> list[float]:
    """The base line of the heads and of each row, from the top."""
    apart = layout.rows_apart or count
    wider = [1.0 + (_ROW_GAP if row and row % apart == 0 else 0.0) for row in range(count - 1)]
    step = room / (sum(wider) + 1 + bool(layout.caption))
    head = low + room - step * (bool(layout.caption) + 0.75)
    heights = [head]
    for times in wider:
        heights.append(heights[-1] - step * times)
    return heights


def _rules(page: Page, layout: Layout, columns: _Columns, heights: Sequence[float], step: float) -> None:
    left, right = columns.left - 1.5, columns.right + 1.5
    top, bottom = heights[0] + 0.8 * step, heights[-1] - 0.2 * step
    under = [y - 0.2 * step for y in heights]
    if layout.ruling is Ruling.BANDS:
        page.setFillGray(_BAND)
        for y in under[1::2]:
            page.rect(left, y, right - left, step, stroke=0, fill=1)
    drawn = {
        Ruling.NONE: [],
        Ruling.BANDS: [],
        Ruling.HEAD: under[:1],
        Ruling.GROUPS: under[:1] + under[(layout.rows_apart or 4) : -1 : layout.rows_apart or 4],
        Ruling.ROWS: under,
        Ruling.GRID: under,
    }[layout.ruling]
    page.setLineWidth(0.35)
    page.setStrokeGray(_RULE)
    across = [(left, y, right, y) for y in drawn]
    if layout.ruling is Ruling.GRID:
        between = zip(columns.starts[1:], columns.starts, columns.widths, strict=False)
        across += [(x, bottom, x, top) for x in ((start + before + wide) / 2 for start, before, wide in between)]
    if across:
        page.lines(across)
    if layout.framed or layout.ruling is Ruling.GRID:
        page.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)
