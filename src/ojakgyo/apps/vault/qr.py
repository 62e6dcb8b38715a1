"""A QR code as a picture of this house: square by square, one path, nothing fetched."""

from django.utils.safestring import SafeString
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from ojakgyo.web.pictures import svg

QUIET = 4
"""Empty modules around it, as readers want them."""


def qr(text: str) -> SafeString:
    """Hidden from those who read aloud: what it says stands beside it as text."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    dark = [f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y in range(side) for x in range(side) if code.isDark(y, x)]
    around = side + 2 * QUIET
    ground = svg.element("rect", cls="ground", width=around, height=around)
    shapes = [ground, svg.element("path", d="".join(dark))]
    return svg.picture("qr", shapes, view_box=f"0 0 {around} {around}")
