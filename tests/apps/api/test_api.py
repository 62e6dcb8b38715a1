"""What programs ask: the board's twin in JSON, by tokens with scopes, errors after RFC 9457, health."""

import json

import pytest
from django.test import Client
from world import duress

from ojakgyo.api import health
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.pulse import Pulse
from ojakgyo.apps.vault.actions import issue_token
from ojakgyo.apps.vault.values import Scope
from ojakgyo.apps.watch.queries import board
from ojakgyo.domain.errors import REGISTRY
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.instants import HOUR_MS, Instant
from ojakgyo.store import keyholder

WARNINGS = "/api/v1/watch/warnings"


@pytest.fixture
def client():
    return Client(headers={"host": "127.0.0.1"})


def token(night, *scopes, hours=24):
    expires = Instant(night.now + hours * HOUR_MS)
    return issue_token(night.desk("Haneul"), scopes=scopes, expires=expires).written


def asked(client, bearer, path=WARNINGS):
    return client.get(path, headers={"Authorization": f"Bearer {bearer}"})


def refused(answer, status, code):
    """A problem after RFC 9457 with the code of the registry."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["status"], said["code"]) == (status, code)
    assert (said["title"], said["detail"]) == (REGISTRY[code].sentence, REGISTRY[code].advice)
    assert said["type"] == "about:blank"
    return True


def test_the_twin_says_what_the_board_says(night, client):
    night.hears("Beodeul", duress)
    said = asked(client, token(night, Scope.WATCH_READ, Scope.WATCH_REASONS)).json()
    lines = board(night.desk("Haneul"))
    assert [each["subject"] for each in said["warnings"]] == [ids.text("p", line.subject) for line in lines]
    assert [each["deadline"] for each in said["warnings"]] == [instants.rfc3339(line.deadline) for line in lines]
    first = said["warnings"][0]
    assert first["code_name"] == "Yeoul" and first["state"] == "open" and first["owner"] is None
    assert first["reason"] == {
        "seed": "Beodeul",
        "signs": ["silent", "duress"],
        "path": ["Beodeul", "Beodeul", "Yeoul"],
    }
    assert first["route"] == {"kind": "relay", "through": "Haebaragi", "delay_ms": 55 * 60_000, "in_time": True}


def test_without_the_scope_for_reasons_there_are_none(night, client):
    night.hears("Beodeul", duress)
    said = asked(client, token(night, Scope.WATCH_READ)).json()
    assert len(said["warnings"]) == 2
    assert all(each["reason"] is None and each["route"] is None for each in said["warnings"])


def test_an_id_is_never_a_number_and_nothing_names_a_cell(night, client):
    night.hears("Beodeul", duress)
    answer = asked(client, token(night, Scope.WATCH_READ, Scope.WATCH_REASONS))

    def numbers(value):
        if isinstance(value, dict):
            return [each for name, held in value.items() if name not in ("seq", "delay_ms") for each in numbers(held)]
        if isinstance(value, list):
            return [each for held in value for each in numbers(held)]
        return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []

    assert numbers(answer.json()) == []
    assert "N-2" not in answer.content.decode()


def test_who_has_no_token_or_another_or_one_too_old_is_told_so_and_nothing_else(night, client):
    assert refused(client.get(WARNINGS), 401, "vault.token_refused")
    assert refused(asked(client, "00" * 32), 401, "vault.token_refused")
    assert refused(asked(client, "no token at all"), 401, "vault.token_refused")
    assert refused(client.get(WARNINGS, headers={"Authorization": "Basic YTpi"}), 401, "vault.token_refused")
    held = token(night, Scope.WATCH_READ, hours=1)
    assert asked(client, held).status_code == 200
    night.clock.at(night.now + HOUR_MS)
    assert refused(asked(client, held), 401, "vault.token_refused")


def test_a_token_for_reasons_alone_does_not_open_the_board(night, client):
    assert refused(asked(client, token(night, Scope.WATCH_REASONS)), 401, "vault.token_refused")


def test_a_session_is_no_token(night, client):
    client.post("/enter/", {"code_name": "Haneul", "password": "of Haneul"})
    assert client.get("/now/").status_code == 200
    assert refused(client.get(WARNINGS), 401, "vault.token_refused")


@pytest.fixture
def beating(monkeypatch):
    """A pulse of this test's own, with seconds it may move."""
    seconds = [100.0]
    own = Pulse(lambda: seconds[0])
    own.seconds = seconds
    monkeypatch.setattr(health, "pulse", own)
    own.begin()
    return own


def answered(client):
    ready = client.get("/health/ready")
    return ready.status_code, ready.json()


def test_a_house_whose_runner_goes_round_no_more_is_not_ready(night, client, beating):
    assert answered(client) == (200, {"ready": True})
    beating.seconds[0] += 31
    assert answered(client) == (503, {"code": "house.loop_dead"})
    beating.beat()
    assert answered(client) == (200, {"ready": True})


def test_a_house_that_is_behind_with_its_duties_is_not_ready(night, client, beating):
    night.arrives("Beodeul", duress)
    night.listen()
    beating.seconds[0] += 20
    night.clock.at(night.now + 5_000)
    assert answered(client) == (200, {"ready": True})
    night.clock.at(night.now + 1_000)
    assert answered(client) == (503, {"code": "house.behind"})
    night.settle()
    assert answered(client) == (200, {"ready": True})


def test_a_sealed_house_says_that_it_is_sealed(night, client, beating):
    held, ring = token(night, Scope.WATCH_READ), keyholder.ring()
    assert client.get("/health/ready").json() == {"ready": True}
    keyholder.seal()
    try:
        assert refused(asked(client, held), 503, "vault.sealed")
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()) == (503, {"code": "vault.sealed"})
        assert client.get("/health/live").status_code == 200
    finally:
        keyholder.unseal(ring)


def test_the_description_is_openapi_3_1_and_names_what_is_answered(night, client):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1.")
    assert set(told["paths"]) == {WARNINGS, "/api/v1/cards/verify"}
    assert set(told["paths"][WARNINGS]) == {"get"}
    fields = told["components"]["schemas"]["WarningOut"]["properties"]
    assert set(fields) == {"subject", "code_name", "deadline", "state", "owner", "reason", "route"}
    assert set(told["components"]["schemas"]["BoardOut"]["properties"]) == {"seq", "warnings"}
    assert "Beodeul" not in json.dumps(told)
    schemes = {(scheme["type"], scheme["scheme"]) for scheme in told["components"]["securitySchemes"].values()}
    assert schemes == {("http", "bearer")}


def test_reading_writes_nothing(night, client):
    held = token(night, Scope.WATCH_READ)
    before = inbox.head()
    said = asked(client, held).json()
    assert said == {"seq": before, "warnings": []} and inbox.head() == before
    assert client.post(WARNINGS, headers={"Authorization": f"Bearer {held}"}).status_code == 405
