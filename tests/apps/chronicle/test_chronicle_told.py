"""Facts told again: those that name somebody, and those an officer made lately."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ojakgyo.apps.chronicle import audit, inbox
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import VaultUnsealed, WindowMissed
from ojakgyo.domain.sealing.keyring import Keyring
from ojakgyo.domain.values import actors, ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.store import keyholder

ONE, OTHER = PersonId(11), PersonId(12)


@pytest.fixture
def missed(time, writing):
    """One fact about a person; returns its number."""

    def write(person, *, by=None):
        desk = time.desk() if by is None else Desk(actors.officer(by), time.now, Keyring(keyholder.ring()))
        with writing("test"):
            return record(desk, WindowMissed(person=person, window=1))

    return write


def named(*persons, at_most=9):
    written = [ids.text("p", person) for person in persons]
    return [each.seq for each in inbox.mentioning(written, kinds=(WindowMissed,), at_most=at_most)]


def test_facts_that_name_somebody_are_told_newest_first_and_no_others(missed, say):
    first, _, third = missed(ONE), missed(OTHER), missed(ONE)
    say(1)
    assert named(ONE) == [third, first]
    assert named(ONE, OTHER) == [third, 2, first]
    assert named(ONE, at_most=1) == [third]
    assert named(PersonId(13)) == []


def test_a_fact_whose_body_was_blanked_names_nobody(missed, writing):
    audit.redact(missed(ONE))
    assert named(ONE) == []


def test_the_database_looks_for_them_and_hands_over_only_what_is_told(missed):
    """So that a long chronicle is not read fact by fact in Python."""
    for _ in range(5):
        missed(OTHER)
    missed(ONE)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(named(ONE)) == 1
    (query,) = asked.captured_queries
    assert "instr" in query["sql"].lower() and "LIMIT 9" in query["sql"]


def test_what_an_officer_made_lately_is_told_and_what_the_house_made_is_not(missed, monkeypatch):
    mine, _ = missed(ONE, by=5), missed(ONE)
    told = inbox.typed_lately((WindowMissed, VaultUnsealed), at_most=9)
    assert [(each.seq, each.actor.id) for each in told] == [(mine, 5)]
    monkeypatch.setattr(inbox, "LATELY", 1)
    assert inbox.typed_lately((WindowMissed,), at_most=9) == []
