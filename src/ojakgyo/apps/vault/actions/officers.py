"""Officers: enrolled, suspended and brought back, given new keys. Passwords are stretched before a transaction opens."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.vault import header, kdf, models, queries, rights
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import (
    OfficerEnrolled,
    OfficerResumed,
    OfficerSuspended,
    RoleGiven,
    SlotKind,
    SlotMade,
    TokenVoided,
)
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing.officers import Lock, OfficerKeys, seal_bundle, vouch
from ojakgyo.domain.sealing.slots import OPENERS
from ojakgyo.domain.sealing.stretching import SALT
from ojakgyo.domain.values.ids import OfficerId, TokenId
from ojakgyo.domain.values.roles import OfficerRole


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A new officer, ready to be written."""

    code_name: CodeName
    lock: Lock
    bundle: bytes
    by: OfficerId
    vouched: bytes
    roles: frozenset[OfficerRole]


def enrol_officer(
    desk: Desk, *, code_name: CodeName, password: str, roles: Collection[OfficerRole]
) -> tuple[OfficerId, OfficerKeys]:
    """Make an officer's keys, seal them under the password, have whoever enrols vouch for the public halves.

    The first officer vouches for itself. The keys are returned so that a founder can go on at once; they are kept
    nowhere else in the open.
    """
    if not password:
        raise ValueError("a password has letters")
    rights.demand_manager(desk.actor, queries.roles(desk))
    _check_free(code_name)
    keys = OfficerKeys.drawn(OfficerId(new_id()), secrets.token_bytes)
    lock, bundle = locked(keys, password)
    by = desk.keyring.keys or keys
    vouched = vouch(by, lock.vault, keys.officer, keys.public)
    enrolment = Enrolment(code_name, lock, bundle, by.officer, vouched, frozenset(roles))
    return keep_officer(desk, enrolment=enrolment), keys


def locked(keys: OfficerKeys, password: str) -> tuple[Lock, bytes]:
    """An officer's keys sealed under a password, and what lies beside them. Takes as long as a sign-in."""
    lock = Lock(settings.OJAK_VAULT_ID, keys.officer, keys.public, kdf.sign_in_cost(), secrets.token_bytes(SALT))
    stretched = kdf.stretch(password, lock.salt, lock.cost)
    return lock, seal_bundle(keys, lock, stretched, nonce=secrets.token_bytes(12))


@action
def keep_officer(desk: Desk, *, enrolment: Enrolment) -> OfficerId:
    """Write a new officer and their roles."""
    lock, (word, number) = enrolment.lock, enrolment.code_name.stored
    _check_free(enrolment.code_name)
    if OfficerRole.OPENER in enrolment.roles and len(queries.active_with(OfficerRole.OPENER)) >= OPENERS:
        raise Refused("vault.too_many_openers")
    models.Officer.objects.create(
        id=lock.officer,
        word=word,
        number=number,
        enrolled_by_id=enrolment.by,
        vouched=enrolment.vouched,
        state_ms=desk.now,
        **columns(lock, enrolment.bundle),
    )
    record(desk, OfficerEnrolled(officer=lock.officer))
    for role in sorted(enrolment.roles):
        models.OfficerRole.objects.create(officer_id=lock.officer, role=role)
        record(desk, RoleGiven(officer=lock.officer, role=role))
    return lock.officer


def columns(lock: Lock, bundle: bytes) -> dict[str, int | bytes]:
    """What a row keeps of an officer's keys."""
    return {
        "exchange_public": lock.public.exchange,
        "signing_public": lock.public.signing,
        "memory_kib": lock.cost.memory_kib,
        "rounds": lock.cost.rounds,
        "lanes": lock.cost.lanes,
        "salt": lock.salt,
        "bundle": bundle,
    }


def _check_free(name: CodeName) -> None:
    """A code name is never used again: a removed officer keeps it."""
    word, number = name.stored
    if models.Officer.objects.filter(word=word, number=number).exists():
        raise Refused("vault.code_name_taken")


# Stopping takes one --------------------------------------------------------------------------------------------------


def suspend_officer(desk: Desk, *, officer: OfficerId) -> OfficerId:
    """Nobody sits down as this officer from now on, and whoever sits so is gone. A colleague looks at it within a day."""
    keep_suspension(desk, officer=officer)
    seats.end_of(officer)
    return officer


@action
def keep_suspension(desk: Desk, *, officer: OfficerId) -> OfficerId:
    """Write that an officer is suspended; one-time ways in are void. Cells and roles stay until it is decided."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    if officer == desk.officer:
        raise Refused("vault.not_yourself")
    set_state(desk, officer, OfficerState.SUSPENDED, after=(OfficerState.ACTIVE,))
    void_entries(desk, officer)
    record(desk, OfficerSuspended(officer=officer))
    return officer


@action
def resume_officer(desk: Desk, *, officer: OfficerId) -> OfficerId:
    """End a suspension; the officer signs in with the same password."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    if officer == desk.officer:
        raise Refused("vault.not_yourself")
    set_state(desk, officer, OfficerState.ACTIVE, after=(OfficerState.SUSPENDED,))
    record(desk, OfficerResumed(officer=officer))
    return officer


def set_state(desk: Desk, officer: OfficerId, state: OfficerState, *, after: Collection[OfficerState]) -> None:
    """Inside the transaction of an act. The officer is in none of these states: ``Refused``."""
    rows = models.Officer.objects.filter(id=officer, state__in=after)
    if not rows.update(state=state, state_ms=desk.now):
        raise Refused("vault.officer_gone")


def void_entries(desk: Desk, officer: OfficerId) -> None:
    """Inside the transaction of an act: one-time ways in of an officer lead nowhere."""
    entries = models.EntryToken.objects.filter(officer=officer, half__isnull=False)
    for token in entries.values_list("id", flat=True):
        record(desk, TokenVoided(token=TokenId(token)))
    entries.update(half=None, spent_ms=desk.now)


# An opener's own way in ----------------------------------------------------------------------------------------------


def make_own_slot(desk: Desk, password: str) -> bytes | None:
    """Give an opener who has just typed the password a way in of their own; None where none is due.

    For who may sit down, has the role, and has no slot in vault.json: new to the role, or a new ROOT dropped it. The
    file first, then the row: the other way round a crash would name a slot that is not there.
    """
    if desk.officer not in queries.active_with(OfficerRole.OPENER):
        return None
    with header.one_at_a_time:  # the second of two sign-ins at once finds the slot of the first
        before, known = queries.slot(desk.officer), queries.slots()
        openers = header.ways_in(settings.HOME).openers
        if before in openers or len(openers & known) >= OPENERS:
            return None  # five is the most; nobody is kept from signing in by it
        keys, ring = desk.keyring.officer_keys, desk.keyring.ring
        slot = header.opener_slot(settings.HOME, ring, keys, password, known=known)
        return _kept_slot(desk, slot, before)


def _kept_slot(desk: Desk, slot: bytes, before: bytes | None) -> bytes:
    """The row of a slot that is in the file. Where the row may not name it, the slot goes again."""
    try:
        return keep_slot(desk, slot=slot, before=before, generation=header.ways_in(settings.HOME).generation)
    except Refused:
        header.drop_slot(settings.HOME, desk.keyring.ring, slot, known=queries.slots())
        raise


@action
def keep_slot(desk: Desk, *, slot: bytes, before: bytes | None, generation: int) -> bytes:
    """Write which slot of vault.json is the officer's own. Role, keys or slot changed meanwhile: ``Refused``."""
    public = desk.keyring.officer_keys.public
    row = models.Officer.objects.filter(id=desk.officer, slot=before, signing_public=public.signing)
    if desk.officer not in queries.active_with(OfficerRole.OPENER) or not row.update(slot=slot):
        raise Refused("house.busy")
    record(desk, SlotMade(slot=SlotKind.OPENER, officer=desk.officer, generation=generation))
    return slot
