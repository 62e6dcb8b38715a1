"""The snapshot: what comes of following the facts is what comes of reading all afresh."""

import random
from dataclasses import fields

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.audit import redact
from ojakgyo.apps.network import snapshots
from ojakgyo.apps.network.actions import add_person, record_line, record_link, record_place
from ojakgyo.apps.network.burning import burn_lines
from ojakgyo.apps.network.links import let_go
from ojakgyo.apps.network.models import Area, Line, Link, Membership, Place
from ojakgyo.apps.network.snapshots import snapshot
from ojakgyo.apps.network.ties import Tie
from ojakgyo.apps.people.models import Person, PersonKey, PersonRole, RealName
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain import facts
from ojakgyo.domain.exposure.laws import KINDS, endangering
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.facts import LinkKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.domain.values.roles import PersonRole as Role


def same(one, other):
    arrays = [field.name for field in fields(Network) if field.name != "laws"]
    return (
        (one.at, one.read_to, one.missing, dict(one.ties), dict(one.holder), set(one.persons))
        == (other.at, other.read_to, other.missing, dict(other.ties), dict(other.holder), set(other.persons))
    ) and all(np.array_equal(getattr(one.network, name), getattr(other.network, name)) for name in arrays)


@action
def takes_back(desk, links):
    let_go(desk, links)


@action
def burns(desk, line):
    burn_lines(desk, Line.objects.filter(pk=line))


@action
def removes_line(desk, line):
    """As when an import is undone."""
    Line.objects.filter(pk=line).delete()
    record(desk, facts.LineRemoved(line=line))


@action
def removes_person(desk, person):
    for model in (Membership, PersonRole, PersonKey, RealName):
        model.objects.filter(person_id=person).delete()
    Person.objects.filter(pk=person).delete()
    record(desk, facts.PersonRemoved(person=person))


class Acts:
    """Random acts at the desk of Haneul, each one that this network allows."""

    def __init__(self, night, seed):
        self.night, self.desk, self.dice, self.brought = night, night.desk("Haneul"), random.Random(seed), []

    def one(self):
        acts = (self.link, self.link, self.link, self.person, self.line, self.place, self.gone, self.burnt)
        acts += (self.line_removed, self.person_removed, self.time)
        self.dice.choice(acts)()

    def any_of(self, rows):
        known = sorted(rows.values_list("pk", flat=True))
        return self.dice.choice(known) if known else None

    def link(self):
        ends = [self.any_of(rows.objects) for rows in (Person, Person, Line, Place)]
        ends += [999, sorted(vault.officer_ids())[0]]
        day = Instant(self.night.now - self.dice.randrange(300) * DAY_MS)
        record_link(
            self.desk,
            kind=self.dice.choice([LinkKind.MET, LinkKind.CALLED, LinkKind.HOUSED]),
            knower=self.dice.choice(ends[:2]),
            known=self.dice.choice(ends) or 998,
            mutual=self.dice.random() < 0.5,
            first=day,
            last=day,
            times=self.dice.randrange(1, 4),
        )

    def person(self):
        cell = self.night.ids.cells["N-2"]
        name = CodeName.of("민들레", 2 + len(self.brought))
        self.brought.append(add_person(self.desk, name=name, role=Role.HELPER, cell=cell))

    def line(self):
        holder = self.any_of(Person.objects.filter(membership__cell_id=self.night.ids.cells["N-2"]))
        record_line(self.desk, holder=holder, number=f"+86101{self.dice.randrange(10**7):07}")

    def place(self):
        record_place(self.desk, area=self.any_of(Area.objects))

    def gone(self):
        if link := self.any_of(Link.objects):
            takes_back(self.desk, [link])

    def burnt(self):
        if line := self.any_of(Line.objects.filter(state="active")):
            burns(self.desk, line)

    def line_removed(self):
        lines = Line.objects.filter(holder_id__in=self.brought)
        if line := self.any_of(lines):
            removes_line(self.desk, line)

    def person_removed(self):
        if person := self.any_of(Person.objects.filter(pk__in=self.brought, line=None)):
            removes_person(self.desk, person)

    def time(self):
        """Some links are a year old by then, and are forgotten."""
        self.night.clock.at(Instant(self.night.now + 20 * DAY_MS))
        self.night.settle()
        self.desk = self.night.desk("Haneul")


@pytest.mark.parametrize("seed", range(3))
def test_following_the_facts_gives_what_reading_all_afresh_gives(night, seed):
    acts = Acts(night, seed)
    at = Instant(night.now // DAY_MS * DAY_MS)
    also = [Tie(5, LinkKind.HELD_THE_KEY, night.officer("Narae"), night.person("Yeoul"), False, at, 1)]
    kept = snapshot(acts.desk, at=at, also=also)
    for step in range(24):
        for _ in range(acts.dice.randrange(1, 4)):
            acts.one()
        also = also if step % 8 else also[: 1 - len(also)]
        at = Instant(night.now // DAY_MS * DAY_MS)
        kept = snapshot(acts.desk, at=at, also=also, before=kept)
        assert same(kept, snapshot(acts.desk, at=at, also=also)), f"seed {seed}, step {step}"


def queries_of(what):
    with CaptureQueriesContext(connection) as asked:
        what()
    return len(asked)


def test_a_new_day_reads_no_rows_and_only_the_chances_are_others(night):
    desk = night.desk("Haneul")
    kept = snapshot(desk, at=night.now)
    later = Instant(night.now + 30 * DAY_MS)
    assert queries_of(lambda: snapshot(desk, at=later, before=kept)) == 1, "whether anything was recorded since"
    after = snapshot(desk, at=later, before=kept)
    assert same(after, snapshot(desk, at=later))
    assert after.rows is kept.rows
    assert np.all(after.network.probability <= kept.network.probability)
    assert np.any(after.network.probability < kept.network.probability)


def test_a_new_link_is_the_only_one_fetched(night):
    desk = night.desk("Haneul")
    kept = snapshot(desk, at=night.now)
    assert snapshot(desk, at=night.now, before=kept) is kept
    ends = {"knower": night.person("Yeoul"), "known": night.person("Beodeul")}
    record_link(desk, kind=LinkKind.MET, mutual=True, first=night.now, last=night.now, **ends)
    assert queries_of(lambda: snapshot(desk, at=night.now, before=kept)) == 2
    after = snapshot(desk, at=night.now, before=kept)
    assert after.network.links.size == kept.network.links.size + 2
    assert after.rows.persons is kept.rows.persons


@pytest.mark.parametrize("what", ["many", "blanked"])
def test_too_many_facts_or_one_that_is_blanked_has_all_read_afresh(night, monkeypatch, what):
    desk = night.desk("Haneul")
    kept = snapshot(desk, at=night.now)
    ends = {"knower": night.person("Yeoul"), "known": night.person("Beodeul")}
    for _ in range(3):
        record_link(desk, kind=LinkKind.MET, mutual=True, first=night.now, last=night.now, **ends)
    if what == "many":
        monkeypatch.setattr(snapshots, "AFRESH_FROM", 2)
    else:
        redact(snapshots.inbox.last_of((facts.LinkRecorded,)))
    assert same(snapshot(desk, at=night.now, before=kept), snapshot(desk, at=night.now))


def test_a_tie_comes_with_the_newest_day_and_the_times_of_all_alike(night):
    desk, day = night.desk("Haneul"), [Instant(night.now - days * DAY_MS) for days in (9, 3, 5)]
    yeoul, noeul = night.person("Yeoul"), night.person("Noeul")
    ends = ((yeoul, noeul), (yeoul, noeul), (noeul, yeoul))
    made = [
        record_link(desk, kind=LinkKind.PAID, knower=one, known=other, mutual=False, first=when, last=when, times=2)
        for (one, other), when in zip(ends, day, strict=True)
    ]
    ties = snapshot(desk, at=night.now).ties
    assert [(ties[link].times, ties[link].last) for link in made] == [(4, day[1]), (4, day[1]), (2, day[2])]
    assert ties[made[0]].kind is LinkKind.PAID
    assert ties.get(12345) is None
    with pytest.raises(KeyError):
        ties[2**63 - 1]


def test_every_way_has_the_chance_of_its_kind_and_age(night):
    found = snapshot(night.desk("Haneul"), at=night.now)
    network = found.network
    for link, law, chance in zip(network.links, network.law, network.probability, strict=True):
        row = Link.objects.filter(pk=int(link)).first()
        kind, age = (row.kind, (night.now - row.last_ms) / DAY_MS) if row else (LinkKind.CARRIES, 0.0)
        assert list(KINDS)[law] is kind
        assert chance == pytest.approx(endangering(kind, age), rel=1e-12)


def test_the_sets_of_a_snapshot_are_as_good_as_ordinary_ones(night):
    found = snapshot(night.desk("Haneul"), at=night.now)
    everybody = frozenset(Person.objects.values_list("pk", flat=True))
    yeoul = night.person("Yeoul")
    assert {yeoul, 7} & found.persons == {yeoul} == found.persons & frozenset({yeoul, 7})
    assert found.persons | {7} == everybody | {7}
    assert yeoul in found.persons
    assert 2**63 - 1 not in found.persons
    assert found.holder.get(7, 7) == 7
    assert dict(found.holder) == dict(Line.objects.values_list("pk", "holder_id"))


def test_nothing_of_a_snapshot_can_be_written_over(night):
    ties = snapshot(night.desk("Haneul"), at=night.now).ties
    with pytest.raises(ValueError, match="read-only"):
        ties.last[0] = 0
