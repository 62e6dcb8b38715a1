"""Who is woken for a warning, which calls wait to be sent, and what a practice world's sink has caught."""

from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from django.conf import settings

from ojakgyo.apps.alerts.models import (
    RELAY_ROW,
    WATCHER_ROW,
    Address,
    Relay,
    Sunk,
    SunkKind,
    Wake,
    WakeState,
    Watcher,
)
from ojakgyo.apps.alerts.outlets import Login, Manner, Security
from ojakgyo.apps.vault import seals
from ojakgyo.apps.vault.queries import active, safety_officers
from ojakgyo.apps.watch.queries import cell_of_subject, needs_somebody
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import OfficerId, WarningId
from ojakgyo.domain.values.instants import Instant

AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Call:
    """A wake-up call that waits to be sent. `key` is the same at every try, so a doubled mail is known as one."""

    id: int
    officer: OfficerId
    key: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Caught:
    """What would have left a practice world."""

    kind: SunkKind
    officer: OfficerId | None
    at: Instant


def on_call(warning: WarningId) -> list[OfficerId]:
    """Whose turn it is, in order: safety officers who hold the key of the subject's cell, then the others of them."""
    reachable = set(Address.objects.values_list("officer", flat=True))
    return [officer for officer in safety_officers(first_with_key_to=cell_of_subject(warning)) if officer in reachable]


def wakeable() -> int:
    """How many safety officers can be woken."""
    return Address.objects.filter(officer__in=safety_officers()).count()


def waiting_calls(desk: Desk, *, run: int) -> list[Call]:
    """Calls to be sent now, those that failed before included, for as long as nobody has acknowledged.

    At most a hundred: where thousands wait, the first is not kept back by looking at the last. Whoever was suspended or
    removed meanwhile is not woken.

    `run`: this run's own lease keeps a call back; a lease of another run is void.
    """
    rows = Wake.objects.filter(state__in=(WakeState.WAITING, WakeState.FAILED), again_ms__lte=desk.now)
    free = rows.exclude(run_id=run, leased_until_ms__gt=desk.now).order_by("due_ms")
    sitting = active()
    calls = (
        Call(row.pk, OfficerId(row.officer), _key(desk, row), _address(desk, row.officer))
        for row in list(free)
        if row.officer in sitting and needs_somebody(WarningId(row.warning))
    )
    return list(islice(calls, AT_ONCE))


def _key(desk: Desk, row: Wake) -> str:
    """Says nothing to whoever reads the mail, not even which warnings are one."""
    return desk.keyring.ring.external_id("wake", row.warning, row.round).hex()[:32]


def watcher(desk: Desk) -> str | None:
    """The outside watcher's address, None while there is none."""
    sealed = Watcher.objects.values_list("address", flat=True).filter(only=1).first()
    if sealed is None:
        return None
    return _opened(desk, WATCHER_ROW, sealed)["address"]


def manner(desk: Desk) -> Manner:
    """How the mail server is to be spoken to: `smtp_security` of ojak.toml, and the login that is kept, if one is.

    A security that is none of the three: `Refused`.
    """
    sealed = Relay.objects.values_list("login", flat=True).filter(only=1).first()
    login = None if sealed is None else Login(**_opened(desk, RELAY_ROW, sealed))
    return Manner(security(), login)


def has_login() -> bool:
    return Relay.objects.exists()


def security() -> Security:
    written = settings.TOML.get("wake", {}).get("smtp_security", "none")
    if written not in tuple(Security):
        raise Refused("alerts.security_unknown")
    return Security(written)


def caught() -> list[Caught]:
    """Newest first."""
    return [
        Caught(row.kind, None if row.officer is None else OfficerId(row.officer), Instant(row.at_ms))
        for row in Sunk.objects.order_by("-at_ms", "-pk")[:100]
    ]


def _address(desk: Desk, officer: int) -> str:
    sealed = Address.objects.values_list("address", flat=True).get(officer=officer)
    return _opened(desk, officer, sealed)["address"]


def _opened(desk: Desk, row: int, sealed: bytes) -> dict[str, str]:
    place = seals.place(Table.ADDRESS, row, Group.IDENT)
    return seals.unseal(desk.keyring.ring.sys_key(), place, sealed)
