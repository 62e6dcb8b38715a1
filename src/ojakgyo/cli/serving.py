"""Serve a vault: the house, its address, and how it ends."""

import os
from typing import Any

from ojakgyo.cli import saying


def serve(house: Any, *, port: int, json: bool, more: dict[str, Any] | None = None) -> None:
    """Serve until Ctrl-C. `house` holds the lock of its home already; `more`: what else is said when it is ready."""
    from django.conf import settings

    url = f"http://127.0.0.1:{port}/"
    extra = more or {}

    def ready() -> None:
        if json:
            saying.give(ready=True, url=url, home=str(settings.HOME), pid=os.getpid(), spool=str(house.spool), **extra)
        saying.say(f"Open {extra.get('enter', url)}")
        saying.say("Ctrl-C seals it.")

    house.serve(port, ready)
    saying.say("Sealed.")
