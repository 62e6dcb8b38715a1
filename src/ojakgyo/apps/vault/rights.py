"""Who may do what about the vault: one rule for each, asked everywhere. Pure: roles in, a yes or no out."""

from collections.abc import Collection

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.values.actors import Actor, ActorKind
from ojakgyo.domain.values.roles import OfficerRole

_MANAGING = frozenset({OfficerRole.COORDINATOR, OfficerRole.SAFETY})
_ASKING = {
    RequestKind.REMOVE_OFFICER: _MANAGING,
    RequestKind.EXPORT_AUDIT: _MANAGING | {OfficerRole.AUDITOR},
    RequestKind.FORGET_PERSON: _MANAGING | {OfficerRole.PROTECTION},
    RequestKind.CLOSE_WARNING: frozenset({OfficerRole.SAFETY}),
    RequestKind.EXPORT_CELLS: _MANAGING | {OfficerRole.PROTECTION},
    RequestKind.END_QUARANTINE: frozenset({OfficerRole.SAFETY}),
}


def may_manage(roles: Collection[OfficerRole]) -> bool:
    """Officers and cells: enrol, suspend, give roles, begin an epoch, grant."""
    return not _MANAGING.isdisjoint(roles)


def may_audit(roles: Collection[OfficerRole]) -> bool:
    """Read who did what."""
    return OfficerRole.AUDITOR in roles or may_manage(roles)


def may_say_lost(roles: Collection[OfficerRole]) -> bool:
    """Say that this machine is lost, and see the ways in."""
    return OfficerRole.OPENER in roles


def may_ask(kind: RequestKind, roles: Collection[OfficerRole]) -> bool:
    """Make a request. The second hand may be any officer's who may sit down: the law is two people, not two ranks."""
    return not _ASKING[kind].isdisjoint(roles)


def demand(allowed: bool) -> None:
    """Not allowed: ``Refused``."""
    if not allowed:
        raise Refused("vault.role_wanted")


def demand_manager(actor: Actor, roles: Collection[OfficerRole]) -> None:
    """A command on the machine founds the house before anybody has a role."""
    demand(actor.kind is ActorKind.CLI or may_manage(roles))
