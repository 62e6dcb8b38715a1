"""An anchor every hour: how far the chronicle has come, signed, in vault.json. The other one is set when the house closes."""

from pathlib import Path
from typing import Final

from django.conf import settings

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.vault import header, ways
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import HOUR_MS

EVERY_MS: Final = HOUR_MS


def anchor_if_due(desk: Desk) -> bool:
    """Whether one was set: an hour after the last, if anything was written down since."""
    last = header.label(Path(settings.HOME)).anchor
    seq, _ = audit.head()
    if last is not None and (desk.now - last.at < EVERY_MS or last.seq == seq):
        return False
    ways.keep_anchor(desk.keyring.ring, desk.now)
    return True
