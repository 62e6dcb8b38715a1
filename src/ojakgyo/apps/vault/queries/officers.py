"""Officers: who they are, what they are at the desk for, and what their keys lie under."""

from collections.abc import Container
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Func, IntegerField, Subquery

from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.models.officers import OfficerState
from ojakgyo.apps.vault.values import Officer, SignedIn
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import codename
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing.officers import Lock, PublicKeys
from ojakgyo.domain.sealing.requests import HANDS
from ojakgyo.domain.sealing.stretching import Cost
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import CellId, OfficerId
from ojakgyo.domain.values.roles import OfficerRole


@dataclass(frozen=True, slots=True)
class Bundle:
    """An officer's sealed keys, and what lies beside them."""

    lock: Lock
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Vouched:
    """An officer's public keys, and who vouched for them with which signature."""

    officer: OfficerId
    public: PublicKeys
    by: OfficerId
    by_public: PublicKeys
    signature: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """An officer who may sit down, with the public half of their keys, and how many cells there are."""

    officer: Officer
    public: PublicKeys
    cells: int

    def at(self, desk: Desk) -> SignedIn:
        """Who sits at this desk, and how much of the house is open to them."""
        return SignedIn(
            id=self.officer.id,
            code_name=self.officer.code_name,
            roles=self.officer.roles,
            cells_held=len(desk.keyring.held),
            cells_total=self.cells,
            keys=desk.keyring.keys is not None,
        )


def officers(desk: Desk) -> tuple[Officer, ...]:
    """Every user of this desk, by id."""
    rows = models.Officer.objects.order_by("id").prefetch_related("roles")
    return tuple(_officer(row) for row in rows)


def officer_ids() -> frozenset[OfficerId]:
    return frozenset(OfficerId(each) for each in models.Officer.objects.values_list("id", flat=True))


def officer(desk: Desk, *, id: OfficerId) -> Officer:
    row = models.Officer.objects.prefetch_related("roles").filter(id=id).first()
    if row is None:
        raise Refused("vault.no_session")
    return _officer(row)


def roles(desk: Desk) -> frozenset[OfficerRole]:
    """The roles of who acts; none for anybody but an officer who may sit down."""
    if desk.actor.kind is not ActorKind.OFFICER:
        return frozenset()
    rows = models.OfficerRole.objects.filter(officer=desk.officer, officer__state=OfficerState.ACTIVE)
    return frozenset(rows.values_list("role", flat=True))


def known(id: OfficerId) -> Known:
    """Who has signed in, asked at every request and so in one query. Suspended or removed meanwhile: ``Refused``."""
    cells = Subquery(models.Cell.objects.values(n=Func(F("id"), function="COUNT", output_field=IntegerField())))
    rows = models.Officer.objects.filter(id=id, state=OfficerState.ACTIVE).values_list(
        "word", "number", "exchange_public", "signing_public", cells, "roles__role"
    )
    if not (found := tuple(rows)):  # one row for each role, or one without
        raise Refused("vault.no_session")
    word, number, exchange, signing, count, _ = found[0]
    roles = _in_order({role for *_, role in found})
    return Known(Officer(id, CodeName(word, number), roles), PublicKeys(exchange, signing), count)


def bundle(code_name: CodeName) -> Bundle | None:
    """What a password of this officer would open; None where nobody is called so, or may not sit down."""
    word, number = code_name.stored
    row = models.Officer.objects.filter(word=word, number=number, state=OfficerState.ACTIVE).first()
    if row is None:
        return None
    cost = Cost(row.memory_kib, row.rounds, row.lanes)
    return Bundle(Lock(settings.OJAK_VAULT_ID, OfficerId(row.id), public_of(row), cost, row.salt), row.bundle)


def public(id: OfficerId) -> PublicKeys:
    return public_of(models.Officer.objects.get(id=id))


def active() -> dict[OfficerId, PublicKeys]:
    """Who may sit down, and how to check their hand."""
    return {OfficerId(row.id): public_of(row) for row in models.Officer.objects.filter(state=OfficerState.ACTIVE)}


def active_with(role: OfficerRole) -> frozenset[OfficerId]:
    """Who may sit down and has this role."""
    rows = models.OfficerRole.objects.filter(role=role, officer__state=OfficerState.ACTIVE)
    return frozenset(OfficerId(each) for each in rows.values_list("officer_id", flat=True))


def slot(id: OfficerId) -> bytes | None:
    """Which slot of vault.json is an officer's own, as the row names it."""
    return models.Officer.objects.values_list("slot", flat=True).get(id=id)


def slots() -> frozenset[bytes]:
    """Every slot of vault.json that an officer's row names; an opener's that is not among them is nobody's."""
    return frozenset(models.Officer.objects.filter(slot__isnull=False).values_list("slot", flat=True))


def keeps(desk: Desk, *, officer: OfficerId) -> str | None:
    """The code of why an officer cannot be removed; None where two may do it."""
    sitting = frozenset(active())
    if officer == desk.officer:
        return "vault.not_yourself"
    if not models.Officer.objects.filter(id=officer).exclude(state=OfficerState.REMOVED).exists():
        return "vault.officer_gone"
    if _has(officer, OfficerRole.SAFETY) and active_with(OfficerRole.SAFETY) <= {officer}:
        return "vault.last_safety"
    if active_with(OfficerRole.OPENER) == {officer}:
        return "vault.last_opener"
    return "vault.nobody_second" if len(sitting - {officer}) < HANDS else None


def _has(officer: OfficerId, role: OfficerRole) -> bool:
    return models.OfficerRole.objects.filter(officer=officer, role=role).exists()


def vouched(members: frozenset[OfficerId]) -> tuple[Vouched, ...]:
    """Public keys with who vouched for them. Left out: who was removed, and whom a removed officer's hand vouches for."""
    rows = models.Officer.objects.filter(id__in=members).select_related("enrolled_by").order_by("id")
    rows = rows.exclude(state=OfficerState.REMOVED).exclude(enrolled_by__state=OfficerState.REMOVED)
    return tuple(
        Vouched(
            OfficerId(row.id), public_of(row), OfficerId(row.enrolled_by_id), public_of(row.enrolled_by), row.vouched
        )
        for row in rows
    )


def safety_officers(*, first_with_key_to: CellId | None = None) -> list[OfficerId]:
    """Safety officers by id; of a danger in a cell, those who hold its key come first."""
    roles = models.OfficerRole.objects.filter(role=OfficerRole.SAFETY, officer__state=OfficerState.ACTIVE)
    safety = roles.values_list("officer_id", flat=True)
    holders = set(models.Grant.objects.filter(cell=first_with_key_to).values_list("officer_id", flat=True))
    return [OfficerId(each) for each in sorted(safety, key=lambda officer: (officer not in holders, officer))]


def officer_called(written: str) -> OfficerId:
    """The officer of a code name in either script. Nobody: ``Refused``."""
    name = codename.parse(written)
    found = None if name is None else models.Officer.objects.filter(word=name.word, number=name.stored[1]).first()
    if found is None:
        raise Refused("people.unknown_code_name")
    return OfficerId(found.id)


def _officer(row: models.Officer) -> Officer:
    roles = _in_order({each.role for each in row.roles.all()})
    return Officer(OfficerId(row.id), CodeName(row.word, row.number), roles, OfficerState(row.state))


def _in_order(given: Container[OfficerRole]) -> tuple[OfficerRole, ...]:
    return tuple(role for role in OfficerRole if role in given)


def public_of(row: models.Officer) -> PublicKeys:
    return PublicKeys(row.exchange_public, row.signing_public)
