"""Enrolling officers. The password is stretched before the transaction opens."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.vault import kdf, models
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import OfficerEnrolled, RoleGiven
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing.officers import Lock, OfficerKeys, seal_bundle, vouch
from ojakgyo.domain.sealing.stretching import SALT
from ojakgyo.domain.values.ids import OfficerId
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
    keys = OfficerKeys.drawn(OfficerId(new_id()), secrets.token_bytes)
    lock = Lock(settings.OJAK_VAULT_ID, keys.officer, keys.public, kdf.sign_in_cost(), secrets.token_bytes(SALT))
    stretched = kdf.stretch(password, lock.salt, lock.cost)
    by = desk.keyring.keys or keys
    enrolment = Enrolment(
        code_name=code_name,
        lock=lock,
        bundle=seal_bundle(keys, lock, stretched, nonce=secrets.token_bytes(12)),
        by=by.officer,
        vouched=vouch(by, lock.vault, keys.officer, keys.public),
        roles=frozenset(roles),
    )
    return keep_officer(desk, enrolment=enrolment), keys


@action
def keep_officer(desk: Desk, *, enrolment: Enrolment) -> OfficerId:
    """Write a new officer and their roles."""
    lock, (word, number) = enrolment.lock, enrolment.code_name.stored
    models.Officer.objects.create(
        id=lock.officer,
        word=word,
        number=number,
        exchange_public=lock.public.exchange,
        signing_public=lock.public.signing,
        enrolled_by_id=enrolment.by,
        vouched=enrolment.vouched,
        memory_kib=lock.cost.memory_kib,
        rounds=lock.cost.rounds,
        lanes=lock.cost.lanes,
        salt=lock.salt,
        bundle=enrolment.bundle,
    )
    record(desk, OfficerEnrolled(officer=lock.officer))
    for role in sorted(enrolment.roles):
        models.OfficerRole.objects.create(officer_id=lock.officer, role=role)
        record(desk, RoleGiven(officer=lock.officer, role=role))
    return lock.officer
