"""PDF pages that tell nothing about themselves: no author, no program, no day, and the same bytes for the same page.

Fonts are named, not carried along: digits in the standard letters of every printer, Korean and Chinese in the CID fonts
that viewers know by their name. So no font file lies in the repository, nothing depends on the machine that the page was
made on, and a page can be compared byte by byte. Whoever views it needs Korean or Chinese letters of their own, as
everybody has who reads them. A viewer without the standard letters puts others in their place, of other widths: what must
stand in columns is therefore placed one by one, and running text is written in the letters that come with the library.
"""

import re
from functools import cache
from io import BytesIO
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

KOREAN, CHINESE = "HYGothic-Medium", "STSong-Light"
TEXT, TEXT_BOLD = "Vera", "VeraBd"
"""Latin letters for running text; their signs that are used go along."""
WIDTH, HEIGHT = A4
_BANNER: Final = re.compile(rb"\A(%PDF-\d\.\d\n%\x93\x8c\x8b\x9e)([^\n]*)")
"""The library's name, in a comment of the second line."""
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")


class _Nothing(PDFInfo):
    """What a document says about itself."""

    def format(self, document: Any) -> bytes:
        told: bytes = PDFDictionary({}).format(document)
        return told


class Page(Canvas):
    """A4 sheets in memory."""

    def __init__(self) -> None:
        self._held = BytesIO()
        # uncompressed: another zlib writes other bytes
        super().__init__(self._held, pagesize=A4, invariant=1, pageCompression=0)
        self._doc.info = _Nothing()
        self._doc.ID = lambda: None
        _know_fonts()

    def made(self) -> bytes:
        """The whole document; nothing can be drawn after that."""
        self.save()
        return _BANNER.sub(lambda head: head[1] + b" " * len(head[2]), self._held.getvalue())

    def write(self, x: float, y: float, text: str, *, font: str, size: float) -> None:
        self.setFont(font, size)
        self.drawString(x, y, text)


@cache
def _know_fonts() -> None:
    """Once: their files are read here, and can be no more where the doors are shut."""
    for font in (KOREAN, CHINESE):
        registerFont(UnicodeCIDFont(font))
    for font in (TEXT, TEXT_BOLD):
        registerFont(TTFont(font, f"{font}.ttf"))


def font_of(text: str, latin: str) -> str:
    """`latin`, where it can write this; else the font of its script."""
    if text.isascii():
        return latin
    return KOREAN if _HANGUL.search(text) else CHINESE


def width(text: str, *, font: str, size: float) -> float:
    return float(stringWidth(text, font, size))
