"""What the frame of every page shows, read from what the middleware has put on the request."""

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """What base.html reads: officer, duty (code names), now, demo, theme (auto, light, dark), the scratch line.

    Beside these, `practice_bar` names the template of the practice world's own buttons; the practice world gives it.
    """
    desk = getattr(request, "desk", None)
    return {
        "officer": getattr(request, "officer", None),
        "duty": getattr(request, "duty", ()),
        "now": desk.now if desk else getattr(request, "now", None),
        "demo": settings.OJAK_DEMO,
        "theme": getattr(request, "theme", "auto"),
        "scratch": getattr(request, "scratch", ""),
    }
