"""Setting a second factor up, and taking one's own away."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import models, queries, seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import SecondFactorRemoved, SecondFactorSet
from ojakgyo.domain.sealing import totp
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import Seq


def set_factor(desk: Desk, *, seed: bytes, code: str) -> Seq:
    """Ask for one-time codes of this seed from now on, shown by one right code that the officer's phone has them."""
    step = totp.matching(seed, code, queries.phone_time(desk))
    if step is None:
        raise Refused("vault.code_wrong")
    return keep_factor(desk, seed=seed, step=step)


@action
def keep_factor(desk: Desk, *, seed: bytes, step: int) -> Seq:
    """Write a second factor in the place of the one there was; the code that showed it is used up."""
    where = seals.place(Table.FACTOR, desk.officer, Group.KEYS)
    sealed = seals.seal(desk.keyring.ring.sys_key(), where, {"seed": seed.hex()})
    models.SecondFactor.objects.update_or_create(officer_id=desk.officer, defaults={"seed": sealed, "last_step": step})
    return record(desk, SecondFactorSet(officer=desk.officer))


@action
def remove_factor(desk: Desk) -> Seq:
    """Sign in by the password alone from now on."""
    if not models.SecondFactor.objects.filter(officer=desk.officer).delete()[0]:
        raise Refused("house.not_found")
    return record(desk, SecondFactorRemoved(officer=desk.officer))
