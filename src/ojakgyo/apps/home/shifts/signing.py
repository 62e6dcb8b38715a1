"""What the hands under a shift are held against: its row, read again each time it is shown."""

from dataclasses import dataclass

from django.conf import settings

from ojakgyo.apps.home.models import Shift
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain import briefs
from ojakgyo.domain.briefs import Brief
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import shifts
from ojakgyo.domain.sealing.officers import PublicKeys, check_vouched
from ojakgyo.domain.sealing.shifts import HandedOver, SealedLine
from ojakgyo.domain.values.ids import OfficerId, TokenId


@dataclass(frozen=True, slots=True)
class Signed:
    """A shift's row as it can be checked: what was signed, the brief itself, and the line where it is still there."""

    told: HandedOver
    brief: Brief
    line: SealedLine | None


def signed(row: Shift) -> Signed | None:
    """None: the brief or the line that lies there is not what can have been signed."""
    try:
        brief = briefs.read(row.brief)
    except ValueError:
        return None
    line = SealedLine(row.words, row.for_by, row.for_to) if row.words and row.for_by and row.for_to else None
    if (line is not None and line.digest != row.line_digest) or (brief.upto, brief.made) != (row.upto, row.made_ms):
        return None
    return Signed(told(shift_of(row), brief, row.line_digest), brief, line)


def told(shift: shifts.Shift, brief: Brief, line: bytes) -> HandedOver:
    return HandedOver(shift, brief.upto, brief.made, brief.digest, line)


def shift_of(row: Shift) -> shifts.Shift:
    return shifts.Shift(settings.OJAK_VAULT_ID, TokenId(row.pk), OfficerId(row.by_id), OfficerId(row.to_id))


def holds(row: Shift, found: Signed | None) -> bool:
    """Whether whoever went signed exactly this, and whoever came too, if anybody has."""
    hands = [(OfficerId(row.by_id), row.signature)]
    if row.taken_by_id is not None:
        hands.append((OfficerId(row.taken_by_id), row.taken_hand or b""))
    public = publics(frozenset(officer for officer, _ in hands))
    return found is not None and all(
        officer in public and shifts.holds(found.told, hand, public[officer]) for officer, hand in hands
    )


def publics(officers: frozenset[OfficerId]) -> dict[OfficerId, PublicKeys]:
    """Public keys that somebody vouched for; a swapped one is left out."""
    found = {}
    for each in vault.vouched(officers):
        try:
            check_vouched(each.by_public, settings.OJAK_VAULT_ID, each.officer, each.public, each.signature)
        except Damaged:
            continue
        found[each.officer] = each.public
    return found


def line_for(desk: Desk, found: Signed | None) -> str | None:
    """The line, for the two it was sealed for, with their keys in hand; None for anybody else, and once it is gone."""
    if found is None or found.line is None or desk.keyring.keys is None:
        return None
    try:
        return shifts.open_line(found.told.shift, found.line, keys=desk.keyring.keys)
    except (Damaged, NotHeld):
        return None
