"""Removing an officer for cause: two hands, one transaction, and a new key for every cell the officer could open.

What was read is known; all of this is for what comes after. If the officer opened the house, ROOT and the ring are
drawn anew as well: an old copy of vault.json and of the database stays readable to who has the old words, the house
from now on does not.
"""

from dataclasses import dataclass, replace

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import header, models, queries, rights
from ojakgyo.apps.vault.actions.cells import Turn, turned, write_epoch
from ojakgyo.apps.vault.actions.officers import set_state, void_entries
from ojakgyo.apps.vault.actions.requests import lapse_requests_of, make_request, use_request
from ojakgyo.apps.vault.actions.sessions import open_own
from ojakgyo.apps.vault.actions.taking_over import TakenOver, taken_over, write_taken_over
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.queries.memberships import knows_root
from ojakgyo.apps.vault.queries.officers import keeps
from ojakgyo.apps.vault.queries.requests import open_request
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import (
    GrantWithdrawn,
    KeysRotated,
    OfficerRemoved,
    RequestKind,
    RoleWithdrawn,
    SecondFactorRemoved,
    SlotKind,
    SlotMade,
    SlotRemoved,
    TokenVoided,
)
from ojakgyo.domain.values.ids import CellId, OfficerId, TokenId
from ojakgyo.domain.values.roles import OfficerRole


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal did: cells with a new key, cells that wait for a member, and whether the officer opened the house."""

    officer: OfficerId
    turned: tuple[CellId, ...]
    waiting: tuple[CellId, ...]
    opener: bool


def ask_for_removal(desk: Desk, *, officer: OfficerId, chance_percent: int) -> TokenId:
    """The first hand. `chance_percent`: how likely it is held that what the officer knew is known to others."""
    if not 0 <= chance_percent <= 100:
        raise Refused("house.input_refused")
    check_may_go(desk, officer)
    return make_request(desk, kind=RequestKind.REMOVE_OFFICER, about=officer, argument=chance_percent)


def check_may_go(desk: Desk, officer: OfficerId) -> None:
    """Oneself, the last safety officer, the last opener, one of only two: ``Refused``."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    if (kept := keeps(desk, officer=officer)) is not None:
        raise Refused(kept)


def remove_officer(desk: Desk, *, request: TokenId) -> Removed:
    """Do what two have signed. New keys for the cells that open at this desk are drawn before the transaction."""
    asked, _ = open_request(request)
    officer = OfficerId(asked.about)
    check_may_go(desk, officer)
    theirs = queries.cells_of_holder(officer)
    turns = tuple(turned(desk, cell=cell, without=officer) for cell in theirs if desk.keyring.holds(cell))
    taken, new = taken_over(desk, officer), {turn.key.cell for turn in turns}
    taken = replace(taken, given=tuple(grant for grant in taken.given if grant.cell not in new))
    removed = keep_removal(desk, request=request, officer=officer, turns=turns, taken=taken)
    seats.end_of(officer)
    return removed


@action
def keep_removal(
    desk: Desk, *, request: TokenId, officer: OfficerId, turns: tuple[Turn, ...], taken: TakenOver
) -> Removed:
    """Write that an officer is removed: state, roles, keys, second factor, tokens, half-signed requests, new epochs."""
    chance = use_request(desk, request=request, kind=RequestKind.REMOVE_OFFICER, about=officer)
    check_may_go(desk, officer)
    given = set(models.OfficerRole.objects.filter(officer=officer).values_list("role", flat=True))
    opener = OfficerRole.OPENER in given or knows_root(officer)
    set_state(desk, officer, OfficerState.REMOVED, after=(OfficerState.ACTIVE, OfficerState.SUSPENDED))
    lapse_requests_of(desk, officer)
    for turn in turns:
        write_epoch(desk, turn)
    waiting = _drop_grants(desk, officer)
    write_taken_over(desk, taken)
    _drop_rights(desk, officer)
    record(desk, OfficerRemoved(officer=officer, chance_percent=chance, opener=opener))
    return Removed(officer, tuple(turn.key.cell for turn in turns), waiting, opener)


def _drop_grants(desk: Desk, officer: OfficerId) -> tuple[CellId, ...]:
    """Of the cells that do not open at this desk; the next member to sit down begins an epoch there."""
    left = queries.cells_of_holder(officer)
    models.Grant.objects.filter(officer=officer).delete()
    for cell in left:
        record(desk, GrantWithdrawn(cell=cell, officer=officer))
    models.Cell.objects.filter(id__in=left).update(must_rotate=True)
    return left


def _drop_rights(desk: Desk, officer: OfficerId) -> None:
    for role in sorted(models.OfficerRole.objects.filter(officer=officer).values_list("role", flat=True)):
        record(desk, RoleWithdrawn(officer=officer, role=OfficerRole(role)))
    models.OfficerRole.objects.filter(officer=officer).delete()
    if models.SecondFactor.objects.filter(officer=officer).delete()[0]:
        record(desk, SecondFactorRemoved(officer=officer))
    void_entries(desk, officer)
    valid = models.ApiToken.objects.filter(made_by=officer, expires_ms__gt=desk.now)
    for token in valid.values_list("id", flat=True):
        record(desk, TokenVoided(token=TokenId(token)))
    valid.update(expires_ms=desk.now)


def check_own_password(desk: Desk, password: str) -> None:
    """What is typed for one's own way in must be one's own password: a slip would be a way in nobody knows."""
    with pace.knock(f"house {desk.officer}"):
        open_own(desk, password)


def check_may_turn(desk: Desk, *, officer: OfficerId, told: bool) -> None:
    """Only after two have removed the officer, and once. Of who was merely told the passphrase, only an opener does it.

    New keys leave every other opener outside until the next sign-in: nobody does that to a colleague alone.
    """
    rights.demand_manager(desk.actor, queries.roles(desk))
    if not models.Officer.objects.filter(id=officer, state=OfficerState.REMOVED).exists():
        raise Refused("vault.nothing_to_turn")
    if not knows_root(officer) and not told:
        raise Refused("vault.nothing_to_turn")
    if not knows_root(officer):
        rights.demand(OfficerRole.OPENER in queries.roles(desk))


def turn_house_keys(
    desk: Desk, *, officer: OfficerId, words: str, password: str | None = None, told: bool = False
) -> int:
    """After an opener was removed: a new ROOT and ring under new words, and the officer's slot gone; the generation.

    Repeated as it stands after a crash in between. `password`: of who does it, where that one is an opener and has just
    typed it. `told`: the officer opened the house with no password of their own, but may know its passphrase. The house
    runs on the old keys until it is closed and opened again.
    """
    check_may_turn(desk, officer=officer, told=told)
    me = desk.keyring.officer_keys
    mine = (me, password) if password and desk.officer in queries.active_with(OfficerRole.OPENER) else None
    rotated = header.rotate(settings.HOME, desk.keyring.ring, words=words, opener=mine)
    return keep_house_keys(desk, officer=officer, slot=rotated.slot, generation=rotated.generation)


@action
def keep_house_keys(desk: Desk, *, officer: OfficerId, slot: bytes | None, generation: int) -> int:
    """Write that every way in but the new words, and one's own, is gone. Other openers' are made at their next sign-in."""
    models.Officer.objects.exclude(id=desk.officer).update(slot=None)
    models.Officer.objects.filter(id=desk.officer).update(slot=slot)
    record(desk, SlotRemoved(slot=SlotKind.OPENER, officer=officer, generation=generation))
    record(desk, KeysRotated(generation=generation, new_root=True))
    if slot is not None:
        record(desk, SlotMade(slot=SlotKind.OPENER, officer=desk.officer, generation=generation))
    return generation
