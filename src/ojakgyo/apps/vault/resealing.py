"""Blobs of the house under the present ring, whatever key they lay under before."""

from collections.abc import Sequence

from ojakgyo.apps.vault import models, seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.sealing.envelope import Key, Place
from ojakgyo.domain.sealing.names import Group, Table


def resealed(keys: Sequence[Key], place: Place, blob: bytes) -> bytes | None:
    """The blob under the first of the keys; None where it lies there already. Under none of them: ``NotHeld``."""
    present, *earlier = keys
    for key in (present, *earlier):
        try:
            fields = seals.unseal(key, place, blob)
        except NotHeld:
            continue
        return None if key is present else seals.seal(present, place, fields)
    raise NotHeld(table=place.table)


def reseal(desk: Desk) -> None:
    """Seeds of one-time codes, inside the caller's transaction."""
    keys = desk.keyring.ring.sys_keys()
    for row in models.SecondFactor.objects.all():
        if after := resealed(keys, seals.place(Table.FACTOR, row.pk, Group.KEYS), row.seed):
            models.SecondFactor.objects.filter(pk=row.pk).update(seed=after)
