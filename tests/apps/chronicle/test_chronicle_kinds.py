"""Kinds and versions this house does not know are kept and never fatal; older versions are brought up to date."""

import pytest

from ojakgyo.apps.chronicle import audit, duties, rounds
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.models import Entry, Stuck, StuckState
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Fact, VaultUnsealed
from ojakgyo.runner import health


class FromLater(VaultUnsealed):
    """A fact of a release that is not out yet."""

    __slots__ = ()
    kind = "vault.of_a_later_release"
    v = 1


@pytest.fixture
def unknown(time, writing, say):
    say(1)
    with writing("test"):
        record(time.desk(), FromLater(run=2))
    say(3)


def runs(time):
    """Read every run from the beginning."""
    seen = []

    @duties.duty(facts=(VaultUnsealed, FromLater), since="beginning", lag_limit_ms=5_000)
    def reads(desk, *, seq, fact):
        seen.append(fact.run)

    rounds.read_all(time.desk)
    return seen


def test_a_fact_of_an_unknown_kind_is_kept_and_passed_over(rota, unknown, time):
    assert runs(time) == [1, 3]
    assert audit.verify() == 3
    assert next((each.kind, each.known) for each in audit.since(1)) == ("vault.of_a_later_release", False)


def test_doctor_counts_facts_of_unknown_kinds(unknown, tmp_path):
    assert audit.unknown_kinds() == [("vault.of_a_later_release", 1, 1)]
    for name in ("vault.json", "vault.db"):
        (tmp_path / name).touch(mode=0o600)
    (finding,) = [each for each in health.look(tmp_path, deep=False) if each.check == "facts of unknown kinds"]
    assert (finding.ok, finding.found) == (False, "1")


def test_a_blanked_fact_is_passed_over(rota, say, time):
    say(1), say(2)
    audit.redact(1)
    assert runs(time) == [2]


def test_a_body_that_cannot_be_revived_is_stuck_and_the_others_are_read(rota, say, time):
    say(1)
    row = Entry.objects.get(seq=1)
    row.seq, row.body = 2, b"{"
    row.save(force_insert=True)
    row.seq, row.body = 3, b'{"run":3}'
    row.save(force_insert=True)
    seen = runs(time)
    for pause in (1, 2, 4, 8):
        time.go_on(pause)
        rounds.read_all(time.desk)
    rounds.read_all(time.desk)
    assert seen == [1, 3]
    assert [(row.seq, row.state) for row in Stuck.objects.all()] == [(2, StuckState.STUCK)]


def test_an_older_version_is_brought_up_to_the_newest(monkeypatch, rota, say, time, writing):
    say(7)
    old = Entry.objects.get().body

    @facts.fact("tests.unsealed", v=3)
    class Third(Fact):
        run: int
        twice: int

    monkeypatch.setitem(facts.UPCASTERS, ("tests.unsealed", 1), lambda held: {**held, "run": held["run"] + 1})
    monkeypatch.setitem(facts.UPCASTERS, ("tests.unsealed", 2), lambda held: {**held, "twice": 2 * held["run"]})
    try:
        assert facts.revive("tests.unsealed", 1, old) == Third(run=8, twice=16)
        assert facts.revive("tests.unsealed", 2, old) == Third(run=7, twice=14)
        assert facts.revive("tests.unsealed", 4, old) is None
        row = Entry.objects.get()
        row.seq, row.kind = 2, "tests.unsealed"
        row.save(force_insert=True)
        seen = []
        duties.duty(facts=(Third,), since="beginning", lag_limit_ms=1)(
            lambda desk, *, seq, fact: seen.append((fact.run, fact.twice))
        )
        rounds.read_all(time.desk)
        assert seen == [(8, 16)]
        assert audit.unknown_kinds() == []
    finally:
        del facts.KINDS["tests.unsealed", 3]


def test_one_kind_and_version_is_declared_once():
    with pytest.raises(ValueError, match="twice"):

        @facts.fact("vault.unsealed")
        class Again(Fact):
            run: int
