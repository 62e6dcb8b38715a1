"""Nothing of a cell opens for an officer who does not hold it: every address, every role, every cell held by somebody.

The addresses are taken from the resolver, so a page that is added is walked too. Everybody of the small network has a
real name and a number that can be told apart; whatever comes back is searched for those of the cells not held.
"""

import itertools
import shutil

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from factories.cast import CELLS, HELPERS

from ojakgyo.apps.cards.questions.acts import keep_question
from ojakgyo.apps.cards.questions.values import Asked
from ojakgyo.apps.contact.models import Inbound, Route
from ojakgyo.apps.intake.actions import stage_file
from ojakgyo.apps.intake.models import Batch, BatchState
from ojakgyo.apps.people.actions import keep_name
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import enrol_officer, sessions
from ojakgyo.apps.vault.actions.cells import grant_key
from ojakgyo.apps.vault.actions.requests import approve_request, make_request
from ojakgyo.apps.vault.models import Approval, Request
from ojakgyo.apps.vault.values import RequestState
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.store.sqlcipher.pool import pool

REAL = {helper.name: f"Invented-{place} of {helper.cell}" for place, helper in enumerate(HELPERS)}
CELL_OF = {helper.name: helper.cell for helper in HELPERS}
ENDS_A_SESSION = {"lock/", "_live/", "language/", "theme/"}
EVERY_ROLE = tuple(OfficerRole)
ONE_CELL = [((role,), cell) for role, cell in zip(OfficerRole, itertools.cycle(CELLS), strict=False)]
CASES = [(EVERY_ROLE, None), *ONE_CELL]
"""An officer of each role holds one cell, every cell is held by somebody; who has every role comes furthest with none."""
ASKED = {"N-2": "Yeoul", "N-3": "Seori-5", "C-1": "Galmae-3", "C-2": "Haebaragi"}
"""One of each cell: their pages are asked for."""
FILED = [(f"Filed-{place} of {cell}", f"+861391234567{place}", cell) for place, cell in enumerate(CELLS)]
"""Somebody new for each cell, in a file that Haneul has read in: nobody else opens it, whatever they hold."""
FORGOTTEN = {"N-2": "Durumi"}
"""Whom two officers have signed to forget: somebody in another cell than the one held, else Noeul."""


def addresses(patterns=None, before: str = "") -> list[str]:
    """Every address that takes nothing or ids, as `people/<person>/name/`."""
    found: list[str] = []
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            found += addresses(each.url_patterns, route)
        elif isinstance(each, URLPattern) and "path:" not in route and not route.startswith(("api/", "static/", "^")):
            found.append(route)
    left = ("enter/", "practice/", "vault/sessions/end/")
    return [each for each in found if each not in ENDS_A_SESSION and not each.startswith(left)]


@pytest.fixture(scope="module")
def named_file(tmp_path_factory):
    """Where the network is kept once everybody has a name."""
    return tmp_path_factory.mktemp("named") / "vault.db"


@pytest.fixture
def named(night, database, named_file):
    """Everybody has a real name, Yeoul is in danger, and a file of Haneul's waits."""
    if named_file.exists():
        _close()
        shutil.copyfile(named_file, database)
        night.clock.at(night.now + HOUR_MS)
        return night
    for name, real in REAL.items():
        keep_name(
            night.desk("Haneul"),
            person=night.person(name),
            cell=night.ids.cells[CELL_OF[name]],
            name=RealName(real, (f"{real} too",), f"note on {real}"),
        )
        keep_question(night.desk("Haneul"), person=night.person(name), asked=Asked(f"{real} asked?", (f"{real} said",)))
    night.is_under_duress()
    lines = [f",{cell},{name},{number}" for name, number, cell in FILED]
    stage_file(night.desk("Haneul"), written="\n".join(["가명,조,이름,전화", *lines]).encode(), name="list.csv")
    _close()
    shutil.copyfile(database, named_file)
    return night


def _close() -> None:
    """The last close folds the WAL in."""
    connections.close_all()
    pool.drain()


def officer_with(night, roles: tuple[OfficerRole, ...], holds: str | None):
    """A new officer of these roles, granted at most this cell."""
    haneul = night.desk("Haneul")
    _, keys = enrol_officer(haneul, code_name=CodeName(60, 7), password="of somebody new", roles=roles)
    if holds:
        grant_key(night.desk("Haneul"), cell=night.ids.cells[holds], officer=keys.officer)
    return keys


def sits_down(keys) -> Client:
    """With a password that was given just now."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[cookies._name()] = sessions.sit_down(keys)
    return client


def signed_by_two(night, kind: RequestKind, about: int = 0) -> str:
    """The id of an open request of two other officers."""
    asked = make_request(night.desk("Haneul"), kind=kind, about=about)
    approve_request(night.desk("Boram"), request=asked)
    return ids.text("t", asked)


def requests_of(night, holds: str | None) -> dict[RequestKind | None, str]:
    """One of each kind, ready to be done, and one that waits for its second hand."""
    forgotten = night.person(FORGOTTEN.get(holds, "Noeul"))
    half = make_request(night.desk("Haneul"), kind=RequestKind.FORGET_PERSON, about=night.person("Sonagi"))
    return {
        RequestKind.EXPORT_AUDIT: signed_by_two(night, RequestKind.EXPORT_AUDIT),
        RequestKind.FORGET_PERSON: signed_by_two(night, RequestKind.FORGET_PERSON, forgotten),
        RequestKind.REMOVE_OFFICER: signed_by_two(night, RequestKind.REMOVE_OFFICER, night.officer("Narae")),
        None: ids.text("t", half),
    }


def every_id(night, keys) -> dict[str, list[str]]:
    """What may stand in the place of each name in an address."""
    return {
        "officer": [ids.text("o", keys.officer)],
        "warning": [ids.text("w", night.id_of("Yeoul"))],
        "number": ["1"],
        "batch": [ids.text("b", Batch.objects.get().pk)],
        "story": ["night"],
        "message": [ids.text("m", message) for message in Inbound.objects.values_list("message", flat=True)],
    }


def by_turns(night, holds, asked, route: str, turn: int) -> dict[str, list[str]]:
    """For one address: the cell that is held and one that is not, by turns; one person of each, and who is forgotten.

    Who is forgotten is like anybody of a foreign cell until then: only where it is done, and in what comes after. To sign
    or to withdraw, a request with one hand and one with two.
    """
    strange = [cell for cell in CELLS if cell != holds]
    cells = [*filter(None, [holds]), strange[0 if "<int:" in route else turn % len(strange)]]
    people = [ASKED[cell] for cell in cells]
    if "/forget/" in route or route.startswith("calls/") or route == "people/<str:person>/":
        people.append(FORGOTTEN.get(holds, "Noeul"))
    hands = (None, RequestKind.FORGET_PERSON) if route.endswith(("/sign/", "/withdraw/")) else tuple(asked)
    return {
        "asked": [asked[kind] for kind in hands],
        "cell": [ids.text("c", night.ids.cells[cell]) for cell in cells],
        "person": [ids.text("p", night.person(name)) for name in people],
        "line": [ids.text("l", night.ids.lines[ASKED[cell]]) for cell in cells],
        "card": [ids.text("k", night.ids.cards[ASKED[cell]]) for cell in cells],
    }


def filled(route: str, known: dict[str, list[str]]) -> list[str]:
    """The address with each id in its place; one name with an unknown meaning is given a person's, a cell's, anybody's."""
    if "<" not in route:
        return [f"/{route}"]
    start, _, rest = route.partition("<")
    name, _, end = rest.partition(">")
    kind = name.rpartition(":")[2]
    anything = [each for several in known.values() for each in several]
    return [made for value in known.get(kind, anything) for made in filled(f"{start}{value}{end}".lstrip("/"), known)]


SENT = {
    "reason": "danger",
    "name": "x",
    "way": "mail",
    "shift": "1",
    "aliases": "",
    "note": "",
    "line": "Beodeul 000000",
    "password": "of somebody new",
    "confirm": "of somebody new",
    "answer": "sent",
    "role": "safety",
    "outcome": "reached",
    "who": "Beodeul",
    "people": "Beodeul, Yeoul",
    "kind": "met",
    "first": "2026-11-20",
    "about": "Beodeul",
    "report": "seen_well",
    "query": "Beodeul",
    "act": "meeting",
    "other": "Beodeul",
    "question": "1",
    "said": "noted-0",
    "why": "they_asked",
    "hours": "1",
    "words": "x?",
    "answers": "xx",
    "how": "lost",
    "heard": "000000",
    "state": "burnt",
    "expires": "2026-12-01",
    "rule": "30 21 * * 1,4",
    "zone": "Asia/Seoul",
    "members": "Beodeul, Yeoul",
    "cause": "battery",
}
"""Something for every form that might give a name back."""


DOES_BESIDES = {
    OfficerRole.COORDINATOR: {RequestKind.EXPORT_AUDIT, RequestKind.REMOVE_OFFICER},
    OfficerRole.SAFETY: {RequestKind.EXPORT_AUDIT, RequestKind.REMOVE_OFFICER},
    OfficerRole.AUDITOR: {RequestKind.EXPORT_AUDIT},
}
"""What an officer of the role does of what two others have signed, besides forgetting somebody."""


@pytest.fixture(scope="module")
def no_way() -> set[tuple[str, str]]:
    """What an address does not take, GET or POST: refused whoever asks and whatever about, so it is asked once."""
    return set()


def named_after(case) -> str:
    roles, holds = case
    return f"{roles[0] if len(roles) == 1 else 'every role'}-{holds or 'no cell'}"


AGAIN = [(roles, cell) for at, (roles, cell) in enumerate(CASES) if cell in [cell for _, cell in CASES[:at]]]
"""Whose cell somebody before them holds, and whose pages who has every role opens too."""
AGAIN += [case for case in CASES if case[0] == (OfficerRole.TREASURER,)]
WALKED = [pytest.param(case, id=named_after(case), marks=[pytest.mark.slow] * (case in AGAIN)) for case in CASES]


@pytest.mark.parametrize("case", WALKED)
def test_no_address_opens_a_cell_that_is_not_held(named, no_way, monkeypatch, case):
    roles, holds = case
    monkeypatch.setattr(settings, "OJAK_YOUNG_HAND_MS", 0)  # whose hand is young is another test's
    keys, asked = officer_with(named, roles, holds), requests_of(named, holds)
    opened: list[int] = []
    monkeypatch.setattr(grants, "take", _noting(grants.take, opened))
    foreign = [name for name, cell in CELL_OF.items() if cell != holds]
    secret = [REAL[name] for name in foreign] + [helper.number for helper in HELPERS if helper.name in foreign]
    secret += [each for name, number, _ in FILED for each in (name, number)]
    (waiting,) = Batch.objects.values_list("content", flat=True)
    cards = [
        ids.text("k", named.ids.cards[name])
        for name, cell in CELL_OF.items()
        if cell == holds and name in named.ids.cards
    ]
    answered, client, known = set(), sits_down(keys), every_id(named, keys)
    for turn, route in enumerate(addresses(), CASES.index(case)):
        for address in filled(route, known | by_turns(named, holds, asked, route, turn)):
            kind = RequestKind.FORGET_PERSON if route.startswith("people/") else RequestKind.EXPORT_AUDIT
            for way, sent in ("GET", None), ("POST", {**SENT, "request": asked[kind]}):
                if (route, way) in no_way:
                    continue
                response = client.get(address) if way == "GET" else client.post(address, sent)
                if response.status_code == 405:
                    no_way.add((route, way))
                    continue
                answered.add(route)
                if response.streaming:
                    continue
                assert response.headers.get("Location") != "/enter/", f"{address} ended the session"
                assert "<str:batch>" not in route or response.status_code >= 400, f"{address} opened another's file"
                shown = response.status_code < 400 and response.wsgi_request.method == "GET"
                assert not shown or "<str:card>" not in route or any(each in address for each in cards), address
                told = response.content.decode(errors="replace")
                assert not [each for each in secret if each and each in told], f"{named_after(case)} {address}"
    assert set(opened) <= ({named.ids.cells[holds]} if holds else set())
    assert answered == set(addresses())
    assert Batch.objects.filter(state=BatchState.STAGED, content=waiting).exists()
    assert Route.objects.exists() or holds == CELL_OF["Yeoul"]
    used = set(Request.objects.filter(state=RequestState.USED).values_list("kind", flat=True))
    assert used == {RequestKind.FORGET_PERSON}.union(*(DOES_BESIDES.get(role, ()) for role in roles))
    assert Approval.objects.filter(officer=keys.officer, request=ids.parse_kind("t", asked[None])).exists()


def _noting(take, opened):
    def noted(grant, **more):
        key = take(grant, **more)
        opened.append(grant.cell)
        return key

    return noted


def test_who_holds_the_cell_does_get_the_name(named):
    """Else the matrix above would pass by opening nothing at all."""
    keys = officer_with(named, (OfficerRole.PROTECTION,), "N-2")
    client = sits_down(keys)
    shown = client.post(f"/people/{ids.text('p', named.person('Yeoul'))}/reveal/", {"reason": "call"})
    assert REAL["Yeoul"] in shown.content.decode()
    batch = f"/intake/{ids.text('b', Batch.objects.get().pk)}/"
    assert client.get(batch).status_code == 404
    haneul = sits_down(named.ids.officers["Haneul"])
    assert haneul.get(batch).status_code == 200
    assert haneul.get(f"{batch}findings/").status_code == 200
