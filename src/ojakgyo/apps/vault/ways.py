"""Does vault.json belong to this database, and the database to it? Each is held against what the other remembers."""

from pathlib import Path

from django.conf import settings

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.chronicle.newest import newest
from ojakgyo.apps.vault import header
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.facts import KeysRotated, SlotMade, SlotRemoved
from ojakgyo.domain.sealing import anchors
from ojakgyo.domain.sealing.ring import Ring


def check(ring: Ring) -> None:
    """An older vault.json, a forged anchor, or a database that ends before its anchor: ``Damaged``."""
    file = header.label(Path(settings.HOME))
    last = newest((SlotMade, SlotRemoved, KeysRotated))
    if last is not None and last.generation > file.generation:  # type: ignore[attr-defined]
        raise Damaged("vault.header_old")
    if file.anchor is None:
        return
    anchors.check(file.anchor, ring, file.vault)
    if not audit.holds(file.anchor.seq, file.anchor.head):
        raise Damaged("vault.rolled_back", seq=file.anchor.seq)


def keep_anchor(ring: Ring, at: int) -> None:
    """Anchor the chronicle as it stands now. Once the keys were drawn anew, the next opening does it by the new ones."""
    seq, head = audit.head()
    try:
        header.keep_anchor(Path(settings.HOME), ring, seq=seq, head=head, at=at)
    except Refused as refused:
        if refused.code != "vault.turned":
            raise


def keep_newer_anchor(ring: Ring, at: int) -> None:
    """Anchor only what came after the anchor: a command that only looked changes no file."""
    anchor = header.label(Path(settings.HOME)).anchor
    if anchor is None or audit.head()[0] > anchor.seq:
        keep_anchor(ring, at)
