"""Who is woken for a warning, which calls wait to be sent, what wants a look, and what a practice world's sink has caught."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.conf import settings

from ojakgyo.apps.alerts import carried, ways
from ojakgyo.apps.alerts.models import (
    ALONG,
    RELAY_ROW,
    WATCHER_ROW,
    Relay,
    Sunk,
    SunkKind,
    Wake,
    WakeState,
    Watcher,
    Way,
)
from ojakgyo.apps.alerts.outlets import Login, Manner, Security
from ojakgyo.apps.alerts.rota import coming_after, on_call_at, rota
from ojakgyo.apps.alerts.values import Called, OwnWay, Rota, Wakeable, WakePage, Wants, WayLine
from ojakgyo.apps.contact.silences.queries import has_grown, who_is_silent
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights, seals
from ojakgyo.apps.vault.queries import active, safety_officers
from ojakgyo.apps.vault.values import Officer
from ojakgyo.apps.watch.queries import needs_somebody
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WakeKind, WayKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import OfficerId, WarningId
from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant
from ojakgyo.domain.waking import DAY_MINUTES, TEST_MS, is_untried

SEOUL_MINUTES: Final = 9 * 60
SOON_MS: Final = DAY_MS
"""A gap in the rota is said on Now when it begins within a day."""

AT_ONCE: Final = 100

TOGETHER_MS: Final = 10 * MINUTE_MS
"""Calls for silences within so long are one message."""


@dataclass(frozen=True, slots=True)
class Call:
    """A wake-up call that waits to be sent one way. `key` is the same at every try, so a doubled mail is known as one."""

    id: int
    officer: OfficerId
    key: str
    way: WayKind = WayKind.MAIL
    silence: bool = False


@dataclass(frozen=True, slots=True)
class Caught:
    """What would have left a practice world."""

    kind: SunkKind
    officer: OfficerId | None
    at: Instant


def wakeable() -> int:
    """How many safety officers can be woken."""
    return len(ways.loud_ways(safety_officers(), now=Instant(0), amber=False))


def apprise_wanted() -> bool:
    """Whether somebody is to be woken by what this installation does not have."""
    return Way.objects.filter(way=WayKind.APPRISE).exists() and not carried.is_here()


def waiting_calls(desk: Desk, *, run: int) -> list[Call]:
    """Calls to be sent now, those that failed before included, for as long as nobody has acknowledged.

    Whoever was suspended or removed meanwhile is not woken, a way that is gone is not used, and one that keeps still
    waits. What has failed often comes last: a server that takes its time must not keep the others waiting.
    At most a hundred: where thousands wait, the first is not kept back by looking at the last.

    `run`: this run's own lease keeps a call back; a lease of another run is void.
    """
    rows = Wake.objects.filter(state__in=(WakeState.WAITING, WakeState.FAILED), again_ms__lte=desk.now)
    free = rows.exclude(run_id=run, leased_until_ms__gt=desk.now).order_by("tries", "due_ms", "pk")
    sitting = active()
    calls = (
        Call(row.pk, OfficerId(row.officer), _key(desk, row), _way(row), row.kind == WakeKind.SILENCE)
        for row in list(free)
        if row.officer in sitting and _is_wanted(desk, row)
    )
    return list(islice(calls, AT_ONCE))


def goes_along(desk: Desk, call: Call) -> bool:
    """Whether a message of the last ten minutes says this as well: to the same officer, this way, for a silence that still
    waits. It says nothing but "look at the desk", and who is called three times in a second hears the third no better.
    """
    if not call.silence:
        return False
    sent = Wake.objects.filter(kind=WakeKind.SILENCE, officer=call.officer, way=call.way, state=WakeState.SENT)
    said = sent.filter(again_ms__gt=desk.now - TOGETHER_MS).exclude(run_id=ALONG)
    return any(who_is_silent(window) is not None for window in said.values_list("window", flat=True))


def _way(row: Wake) -> WayKind:
    return WayKind.MAIL if row.way is None else WayKind(row.way)


def _is_wanted(desk: Desk, row: Wake) -> bool:
    """Whether what it is about still needs somebody, and this way may ring now."""
    if row.warning is not None:
        wanted = needs_somebody(WarningId(row.warning))
    elif row.window is not None:
        wanted = who_is_silent(row.window) is not None
    else:
        wanted = desk.now - row.due_ms < TEST_MS
    return wanted and ways.is_loud(row.officer, _way(row), now=desk.now, amber=is_amber(row.window))


def is_amber(window: int | None) -> bool:
    """A silence that has only begun: it keeps quiet hours. Warnings, silences that have grown, and tests do not."""
    return window is not None and not has_grown(window)


def _key(desk: Desk, row: Wake) -> str:
    """Says nothing to whoever reads the mail, not even which warnings are one."""
    about = row.warning if row.warning is not None else f"{row.kind}:{row.window or row.pk}"
    return desk.keyring.ring.external_id("wake", about, row.round).hex()[:32]


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


def _opened(desk: Desk, row: int, sealed: bytes) -> dict[str, str]:
    place = seals.place(Table.ADDRESS, row, Group.IDENT)
    return seals.unseal(desk.keyring.ring.sys_key(), place, sealed)


def called(desk: Desk) -> Called | None:
    """Whether the officer at the desk is called: for a silence nobody looks after, or to try the page that is open.

    A red sounds on every page by itself. Nobody sits there: nobody is.
    """
    if desk.actor.kind is not ActorKind.OFFICER:
        return None
    rows = Wake.objects.filter(officer=desk.officer).order_by("-due_ms", "-pk")
    for row in rows.filter(kind=WakeKind.SILENCE, due_ms__gt=desk.now - DAY_MS)[:20]:
        if row.window is not None and who_is_silent(row.window) is not None:
            return Called(since=Instant(row.due_ms), test=False)
    tried = rows.filter(kind=WakeKind.TEST, way=WayKind.PAGE, due_ms__gt=desk.now - TEST_MS).first()
    way = ways.row_of(desk.officer, WayKind.PAGE)
    if tried is None or way is None or (way.answered_ms is not None and way.answered_ms >= tried.due_ms):
        return None
    return Called(since=Instant(tried.due_ms), test=True)


def wants(desk: Desk) -> Wants:
    """What about waking the officer at the desk should look at on a calm day; nobody sits there: nothing."""
    if desk.actor.kind is not ActorKind.OFFICER:
        return Wants()
    return _wants(desk, rota(desk), ways.ways_of([desk.officer]).get(desk.officer, ()))


def _wants(desk: Desk, standing: Rota, own: tuple[WayLine, ...]) -> Wants:
    soon = Instant(desk.now + SOON_MS)
    gap = next((each for each in standing.gaps if each.opens < soon), None) if standing.begun else None
    outside = [each for each in own if each.way in ways.OUTSIDE]
    wanted = desk.officer in _to_be_woken(desk)
    return Wants(
        gap=gap,
        unreachable=wanted and not outside,
        untried=wanted and bool(outside) and all(each.is_untried(desk.now) for each in outside),
    )


def _to_be_woken(desk: Desk) -> frozenset[OfficerId]:
    return frozenset([*safety_officers(), *on_call_at(desk.now), *coming_after(desk.now)])


def wake_page(desk: Desk, **said: object) -> WakePage:
    """`said`: what was refused or typed, and a key that is shown once."""
    officers = [each for each in vault.officers(desk) if each.id in active()]
    of, standing = ways.ways_of([each.id for each in officers]), rota(desk)
    own = {each.way: each for each in of.get(desk.officer, ())}
    others = tuple((each.id, each.code_name) for each in officers)
    manages = rights.may_manage(vault.roles(desk))
    return WakePage(
        rota=standing,
        ways=tuple(
            _own_way(desk, each) for each in (*_page_first(own), *(own[way] for way in ways.OUTSIDE if way in own))
        ),
        team=tuple(sorted(_team(desk, officers, of), key=lambda each: (not each.wanted, each.code_name.ko))),
        called=called(desk),
        wants=_wants(desk, standing, of.get(desk.officer, ())),
        all_ways=ways.OUTSIDE,
        may_manage=manages,
        others=others if manages else tuple(each for each in others if each[0] == desk.officer),
        me=desk.officer,
        apprise_here=carried.is_here(),
        now=desk.now,
        **said,  # type: ignore[arg-type]
    )


def _page_first(own: dict[WayKind, WayLine]) -> Iterable[WayLine]:
    """Everybody has the page that is open, tried or not."""
    yield own.get(WayKind.PAGE, WayLine(way=WayKind.PAGE))


def _own_way(desk: Desk, line: WayLine) -> OwnWay:
    tests = Wake.objects.filter(officer=desk.officer, kind=WakeKind.TEST, way=line.way, due_ms=line.tested)
    state = tests.values_list("state", flat=True).first() if line.waits else None
    sent = state == WakeState.SENT
    return OwnWay(
        line=line,
        untried=line.is_untried(desk.now),
        quiet_from=in_seoul(line.quiet_from) if line.has_quiet_hours else "",
        quiet_to=in_seoul(line.quiet_to) if line.has_quiet_hours else "",
        sent=sent,
        failed=state == WakeState.FAILED,
        may_answer=sent,
    )


def officers_and_ways(desk: Desk) -> tuple[tuple[CodeName, tuple[WayLine, ...]], ...]:
    """Who may sit down, and their ways out of the house; whoever has none has no line."""
    found = {each.id: each.code_name for each in vault.officers(desk) if each.id in active()}
    of = ways.ways_of(found)
    told = (
        (name, tuple(line for line in of.get(officer, ()) if line.way in ways.OUTSIDE))
        for officer, name in found.items()
    )
    return tuple(sorted(told, key=lambda each: each[0].en))


def in_seoul(minute: int) -> str:
    """A minute of the UTC day by the clock there: 21:30."""
    hour, rest = divmod((minute + SEOUL_MINUTES) % DAY_MINUTES, 60)
    return f"{hour:02d}:{rest:02d}"


def _team(desk: Desk, officers: Iterable[Officer], of: dict[OfficerId, tuple[WayLine, ...]]) -> Iterable[Wakeable]:
    wanted = _to_be_woken(desk)
    for each in officers:
        outside = [line for line in of.get(each.id, ()) if line.way in ways.OUTSIDE]
        answered = max((line.answered for line in outside if line.answered is not None), default=None)
        yield Wakeable(
            officer=each.id,
            code_name=each.code_name,
            ways=tuple(line.way for line in outside),
            answered=answered,
            untried=is_untried(answered, desk.now),
            wanted=each.id in wanted,
        )
