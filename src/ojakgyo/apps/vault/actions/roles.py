"""Giving and withdrawing roles. The last safety officer keeps the role, and so does the last opener."""

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import header, models, queries, rights
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RoleGiven, RoleWithdrawn, SlotKind, SlotRemoved
from ojakgyo.domain.sealing.slots import OPENERS
from ojakgyo.domain.values import actors
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.domain.values.roles import OfficerRole


@action
def give_role(desk: Desk, *, officer: OfficerId, role: OfficerRole) -> OfficerId:
    """An opener's own way in is made at the next sign-in, when the password is there."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    if desk.actor == actors.officer(officer):
        raise Refused("vault.not_yourself")
    if officer not in queries.active():
        raise Refused("vault.officer_gone")
    if role is OfficerRole.OPENER and len(queries.active_with(role) - {officer}) >= OPENERS:
        raise Refused("vault.too_many_openers")
    _, new = models.OfficerRole.objects.get_or_create(officer_id=officer, role=role)
    if not new:
        raise Refused("vault.role_held")
    record(desk, RoleGiven(officer=officer, role=role))
    return officer


def withdraw_role(desk: Desk, *, officer: OfficerId, role: OfficerRole) -> OfficerId:
    """An opener's own way in goes first: after a crash in between the role stands, and the way in is made again."""
    check_may_lose(desk, officer=officer, role=role)
    if role is not OfficerRole.OPENER:
        return keep_role_withdrawn(desk, officer=officer, role=role, generation=None)
    with header.one_at_a_time:
        return keep_role_withdrawn(desk, officer=officer, role=role, generation=without_way_in(desk, officer))


def without_way_in(desk: Desk, officer: OfficerId) -> int | None:
    """Take an officer's way in away, and every one that is nobody's; the new generation, None where there was none."""
    known = queries.slots() - {queries.slot(officer)}
    if header.ways_in(settings.HOME).openers <= known:
        return None
    return header.drop_slot(settings.HOME, desk.keyring.ring, None, known=known)


def check_may_lose(desk: Desk, *, officer: OfficerId, role: OfficerRole) -> None:
    """Not held, or the last who has it: ``Refused``."""
    rights.demand_manager(desk.actor, queries.roles(desk))
    having = queries.active_with(role)
    if not models.OfficerRole.objects.filter(officer=officer, role=role).exists():
        raise Refused("vault.role_held")
    if role is OfficerRole.SAFETY and having == {officer}:
        raise Refused("vault.last_safety")
    if role is OfficerRole.OPENER and having == {officer}:
        raise Refused("vault.last_opener")


@action
def keep_role_withdrawn(desk: Desk, *, officer: OfficerId, role: OfficerRole, generation: int | None) -> OfficerId:
    """`generation`: of vault.json, where a way in went with the role."""
    check_may_lose(desk, officer=officer, role=role)
    models.OfficerRole.objects.filter(officer=officer, role=role).delete()
    if generation is not None:
        models.Officer.objects.filter(id=officer).update(slot=None)
        record(desk, SlotRemoved(slot=SlotKind.OPENER, officer=officer, generation=generation))
    record(desk, RoleWithdrawn(officer=officer, role=role))
    return officer
