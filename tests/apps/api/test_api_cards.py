"""Texts read for a program: the answer is one for all of them, and a token that tries too often waits."""

import json

import pytest
from django.test import Client
from test_api import refused, token
from world import FALSE, OWN, duress, told, well

from ojakgyo.api.tries import AT_MOST, WITHIN_S, Tries, tries
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.vault.queries.tokens import api_token
from ojakgyo.apps.vault.tokens import parsed
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import REGISTRY, Refused
from ojakgyo.domain.facts import Channel, Meaning, ReadingResult
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.values import ids
from ojakgyo.store import keyholder

VERIFY = "/api/v1/cards/verify"


@pytest.fixture
def client():
    tries.forget()
    yield Client(headers={"host": "127.0.0.1"})
    tries.forget()


@pytest.fixture
def bearer(night):
    """A program's token that opens this alone."""
    return token(night, Scope.CARDS_VERIFY)


@pytest.fixture
def reasoning(night):
    """One that is told reasons too."""
    return token(night, Scope.CARDS_VERIFY, Scope.WATCH_REASONS)


def text_of(night, who, what=well):
    """The next text of somebody's card."""
    ((_, row),) = rows_ahead(keyholder.ring().state_key(), night.person(who), 1)
    meaning = well if what == duress else Meaning(what)
    return encode.text(row, own_number=FALSE if what == duress else OWN, meaning=meaning)


def sent(client, bearer, body, *, raw=None):
    held = {"Authorization": f"Bearer {bearer}"}
    written = json.dumps(body) if raw is None else raw
    return client.post(VERIFY, written, content_type="application/json", headers=held)


def read(client, bearer, who, text):
    answer = sent(client, bearer, {"person": who, "text": text})
    assert answer.status_code == 200, answer.content
    return answer


def test_well_and_duress_are_answered_alike_and_noted(night, client, bearer):
    first = read(client, bearer, "Beodeul", text_of(night, "Beodeul"))
    night.goes_on(hours=1)
    second = read(client, bearer, "Beodeul", text_of(night, "Beodeul", duress))
    assert list(first.headers) == list(second.headers)
    assert {**first.json(), "message": None} == {**second.json(), "message": None}
    assert first.json() | {"message": None} == {"noted": True, "message": None, "result": None}
    assert len(first.content) == len(second.content)
    night.settle()
    results = [each.result for each in told(facts.MessageRead)][-2:]
    assert results == [ReadingResult.OK, ReadingResult.DURESS], "read, and weighed like any text"
    assert "Yeoul" in night.warned()


def test_a_message_of_a_program_stands_in_the_chronicle_under_the_id_that_was_answered(night, client, bearer):
    said = read(client, bearer, "Haebaragi", text_of(night, "Haebaragi")).json()
    last = told(facts.MessageRead)[-1]
    assert ids.text("m", last.message) == said["message"]
    assert told(facts.MessageReceived)[-1].channel is Channel.PROGRAM


@pytest.mark.parametrize(
    ("what", "result"),
    [
        (well, "ok"),
        (duress, "duress"),
        ("no digits at all", "malformed"),
        ("11 22 33", "garbled"),
        ("1234567", "malformed"),
    ],
)
def test_who_may_see_reasons_is_told_what_was_read(night, client, reasoning, what, result):
    text = text_of(night, "Beodeul", what) if what in (well, duress) else what
    assert read(client, reasoning, "Beodeul", text).json()["result"] == result


def test_somebody_is_named_by_id_or_by_code_name_in_either_script(night, client, reasoning):
    for who in (ids.text("p", night.person("Beodeul")), "버들", "Beodeul"):
        assert read(client, reasoning, who, text_of(night, "Beodeul")).json()["result"] == "ok"
        night.goes_on(minutes=11)


@pytest.mark.parametrize(("what", "result"), [(well, "ok"), (duress, "duress"), ("11 22 33", "garbled")])
def test_a_program_that_had_no_answer_asks_again_and_is_told_the_same(night, client, reasoning, what, result):
    text = text_of(night, "Beodeul", what) if what in (well, duress) else what
    first = read(client, reasoning, "Beodeul", text)
    before = inbox.head()
    again = read(client, reasoning, "Beodeul", text)
    assert again.json() == first.json() and first.json()["result"] == result
    assert inbox.head() == before, "nothing was written"


def test_a_text_that_another_token_handed_in_is_a_replay(night, client, bearer, reasoning):
    text = text_of(night, "Beodeul")
    read(client, bearer, "Beodeul", text)
    assert read(client, reasoning, "Beodeul", text).json()["result"] == "replay"


def test_an_older_text_is_a_replay(night, client, reasoning):
    older = text_of(night, "Beodeul")
    read(client, reasoning, "Beodeul", older)
    read(client, reasoning, "Beodeul", text_of(night, "Beodeul"))
    assert read(client, reasoning, "Beodeul", older).json()["result"] == "replay"


@pytest.mark.parametrize("who", ["Nobody", "p_0000000000005", "p_5", ""])
def test_about_nobody_who_is_known_nothing_is_read(night, client, bearer, who):
    before = inbox.head()
    code = "house.not_found" if who == "p_0000000000005" else "people.unknown_code_name"
    assert refused(sent(client, bearer, {"person": who, "text": "482193"}), 404, code)
    assert inbox.head() == before


def test_a_token_of_another_scope_reads_nothing(night, client):
    body = {"person": "Beodeul", "text": text_of(night, "Beodeul")}
    before = inbox.head()
    assert refused(sent(client, token(night, Scope.WATCH_READ, Scope.WATCH_REASONS), body), 401, "vault.token_refused")
    assert refused(sent(client, "00" * 32, body), 401, "vault.token_refused")
    assert inbox.head() == before + 1, "the token was issued, and nothing else happened"


@pytest.mark.parametrize(
    "raw",
    ["", "no json 48 21 93", "[]", "{}", '{"person": "Beodeul"}', '{"person": 7, "text": "482193"}',
     json.dumps({"person": "Beodeul", "text": "4" * 4_001}), json.dumps({"person": "B" * 65, "text": "482193"})],
)  # fmt: skip
def test_a_body_that_is_not_as_described_is_refused_and_not_repeated(night, client, bearer, raw):
    before = inbox.head()
    answer = sent(client, bearer, None, raw=raw)
    assert refused(answer, 422, "house.input_refused")
    assert "4821" not in answer.content.decode() and "Beodeul" not in answer.content.decode()
    assert inbox.head() == before


def test_the_sixty_first_try_of_a_minute_is_answered_429_and_reads_nothing(night, client, bearer):
    mine = api_token(parsed(Table.API, bearer).id, scope=Scope.CARDS_VERIFY, desk=night.desk("Haneul"))
    for _ in range(AT_MOST):
        tries.count(mine)
    text, before = text_of(night, "Beodeul"), inbox.head()
    answer = sent(client, bearer, {"person": "Beodeul", "text": text})
    assert refused(answer, 429, "cards.too_many_tries")
    assert 1 <= int(answer.headers["Retry-After"]) <= WITHIN_S
    assert inbox.head() == before
    other = token(night, Scope.CARDS_VERIFY)
    assert sent(client, other, {"person": "Beodeul", "text": text}).status_code == 200, (
        "another token has its own count"
    )


def test_tries_of_more_than_a_minute_ago_count_no_more_and_nothing_of_them_is_kept():
    seconds = [0.0]
    own = Tries(lambda: seconds[0])
    for _ in range(AT_MOST):
        own.count(1)
        seconds[0] += 0.5
    for _ in range(1_000):
        with pytest.raises(Refused) as late:
            own.count(1)
    assert late.value.ids["seconds"] == 30
    seconds[0] = WITHIN_S
    own.count(1)
    with pytest.raises(Refused):
        own.count(1)
    assert sum(map(len, own._at.values())) == AT_MOST
    seconds[0] = 200.0
    own.count(2)
    assert set(own._at) == {2}


def test_a_closed_vault_reads_nothing(night, client, bearer):
    ring = keyholder.ring()
    keyholder.seal()
    try:
        assert refused(sent(client, bearer, {"person": "Beodeul", "text": "482193"}), 503, "vault.sealed")
    finally:
        keyholder.unseal(ring)


def test_the_description_names_the_scopes_in_words_and_what_is_taken(night, client):
    told_of = client.get("/api/v1/openapi.json").json()
    operation = told_of["paths"][VERIFY]["post"]
    assert set(told_of["paths"][VERIFY]) == {"post"} and operation["security"]
    assert {"200", "429"} <= {str(status) for status in operation["responses"]}
    fields = {name: set(each["properties"]) for name, each in told_of["components"]["schemas"].items()}
    assert fields["TextIn"] == {"person", "text"} and fields["NotedOut"] == {"noted", "message", "result"}
    assert "watch:reasons" in operation["description"]
    assert REGISTRY["cards.too_many_tries"].advice.startswith("Wait a minute")
