"""Second factors: whose there are, and whether a typed code is one of theirs."""

from dataclasses import dataclass

from django.conf import settings

from ojakgyo.apps.vault import models, seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.sealing.envelope import Secret
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, repr=False)
class Factor(Secret):
    """The seed of the codes of the officer at a desk, and the step of the newest that was used."""

    seed: bytes
    last_step: int


def factor(desk: Desk) -> Factor | None:
    """The second factor of who acts; None where there is none."""
    row = models.SecondFactor.objects.filter(officer=desk.officer).first()
    if row is None:
        return None
    return Factor(_seed(desk, row.seed), row.last_step)


def _seed(desk: Desk, blob: bytes) -> bytes:
    """Under the present ring, or one before it whose blobs have not all been sealed again."""
    where = seals.place(Table.FACTOR, desk.officer, Group.KEYS)
    for key in desk.keyring.ring.sys_keys():
        try:
            return bytes.fromhex(seals.unseal(key, where, blob)["seed"])
        except NotHeld:
            continue
    raise NotHeld(table=Table.FACTOR)


def has_factor(desk: Desk) -> bool:
    return models.SecondFactor.objects.filter(officer=desk.officer).exists()


def phone_time(desk: Desk) -> Instant:
    """What a phone's clock says now: a practice world may run ahead of it."""
    return Instant(desk.now - settings.CLOCK.ahead_ms)
