"""Handing a shift over and taking it: each officer signs the same bytes, on their own session."""

import secrets

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.home.models import Shift, ShiftState
from ojakgyo.apps.home.shifts import signing
from ojakgyo.apps.home.shifts.gathering import gather
from ojakgyo.apps.home.shifts.queries import may_replace
from ojakgyo.apps.vault.actions.requests import signers
from ojakgyo.domain import briefs
from ojakgyo.domain.briefs import Brief
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import ShiftHandedOver, ShiftTaken
from ojakgyo.domain.sealing import shifts
from ojakgyo.domain.sealing.shifts import HandedOver, SealedLine
from ojakgyo.domain.values.ids import OfficerId, TokenId


def hand_over(desk: Desk, *, to: OfficerId, line: str, seen: str) -> TokenId:
    """Sign the brief of now for a colleague, with one line for the two alone.

    `seen`: the content of the brief that was read. Another one by now: ``Refused``.
    """
    brief, public = gather(desk), signers()
    if to == desk.officer:
        raise Refused("vault.not_yourself")
    if to not in public:
        raise Refused("vault.officer_gone")
    if brief.content.hex() != seen:
        raise Refused("home.shift_unread")
    keys = desk.keyring.officer_keys
    shift = shifts.Shift(settings.OJAK_VAULT_ID, TokenId(new_id()), desk.officer, to)
    sealed = shifts.seal_line(shift, line, by=keys.public, to=public[to], randomness=secrets.token_bytes)
    told = signing.told(shift, brief, sealed.digest)
    return keep_handover(desk, told=told, brief=brief, line=sealed, hand=shifts.sign(told, keys))


@action
def keep_handover(desk: Desk, *, told: HandedOver, brief: Brief, line: SealedLine, hand: bytes) -> TokenId:
    """Write a shift that was handed over; one that nobody took lapses, and the lines of earlier ones are gone.

    Of another two officers, and not yet old: ``Refused``; it is taken first, with its line.
    """
    if any(not may_replace(row, by=desk.officer, now=desk.now) for row in Shift.objects.filter(state=ShiftState.OPEN)):
        raise Refused("home.shift_waits")
    Shift.objects.filter(state=ShiftState.OPEN).update(state=ShiftState.LAPSED)
    Shift.objects.exclude(words=None).update(words=None, for_by=None, for_to=None)
    Shift.objects.create(
        id=told.shift.id,
        by_id=told.shift.by,
        to_id=told.shift.to,
        upto=told.upto,
        made_ms=told.made,
        brief=briefs.written(brief),
        words=line.words,
        for_by=line.for_by,
        for_to=line.for_to,
        line_digest=told.line,
        signature=hand,
    )
    record(desk, ShiftHandedOver(officer=desk.officer, upto=told.upto))
    return told.shift.id


def take_shift(desk: Desk, *, shift: TokenId) -> TokenId:
    """Sign what was handed over, once it holds. Of oneself, over, or not what was signed: ``Refused``."""
    row = Shift.objects.filter(pk=shift, state=ShiftState.OPEN).first()
    if row is None:
        raise Refused("home.shift_over")
    if row.by_id == desk.officer:
        raise Refused("vault.not_yourself")
    found = signing.signed(row)
    if found is None or not signing.holds(row, found):
        raise Refused("home.shift_changed")
    return keep_taking(desk, shift=shift, hand=shifts.sign(found.told, desk.keyring.officer_keys))


@action
def keep_taking(desk: Desk, *, shift: TokenId, hand: bytes) -> TokenId:
    """Write who came. Taken, or handed over anew meanwhile: ``Refused``."""
    row = Shift.objects.filter(pk=shift, state=ShiftState.OPEN)
    if not row.update(state=ShiftState.TAKEN, taken_by=desk.officer, taken_ms=desk.now, taken_hand=hand):
        raise Refused("home.shift_over")
    before = OfficerId(Shift.objects.values_list("by_id", flat=True).get(pk=shift))
    record(desk, ShiftTaken(officer=desk.officer, before=before))
    return shift
