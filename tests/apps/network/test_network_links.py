"""Links: forgotten in time, and one that leads to nobody takes no board down."""

import pytest
from house.small_world import NOW, told

from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.home.queries import board
from ojakgyo.apps.network import queries, snapshots
from ojakgyo.apps.network.actions import record_line, record_link
from ojakgyo.apps.network.models import Line, Link
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.watch.models import Warning
from ojakgyo.domain import facts
from ojakgyo.domain.errors import REGISTRY, NotHeld
from ojakgyo.domain.facts import LineState, LinkKind
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.runner import health
from ojakgyo.store import keyholder


def link(world, *, knower, known, kind=LinkKind.MET, **more):
    return record_link(world.desk(), kind=kind, knower=knower, known=known, mutual=True, first=NOW, last=NOW, **more)


def finding(tmp_path):
    for name in ("vault.json", "vault.db"):
        (tmp_path / name).touch(mode=0o600)
    return next(each for each in health.look(tmp_path, deep=False) if each.check == "links to nobody the desk knows")


def test_a_link_to_nobody_is_passed_over_and_the_board_goes_on(world):
    link(world, knower=world.persons["Beodeul"], known=12345)
    link(world, knower=54321, known=12345)
    world.hears(world.text("Beodeul", duress=True))
    assert set(Warning.objects.values_list("subject_id", flat=True)) == {world.persons["Yeoul"], world.persons["Noeul"]}
    assert len(board(world.desk(), ears=hearing.ears()).warnings) == 2


def test_doctor_says_that_a_link_leads_to_nobody(world, tmp_path):
    assert finding(tmp_path).ok
    link(world, knower=world.persons["Beodeul"], known=12345)
    found = finding(tmp_path)
    assert (found.ok, found.found) == (False, "network.missing_node 1")
    assert REGISTRY["network.missing_node"].advice


def test_officers_places_and_burnt_lines_are_somebody_the_desk_knows(world):
    link(world, knower=world.persons["Beodeul"], known=Officer.objects.get().pk)
    Line.objects.update(state=LineState.BURNT)
    assert queries.loose_links() == []


def test_the_snapshot_names_what_it_passed_over(world):
    loose = link(world, knower=world.persons["Beodeul"], known=12345)
    assert snapshots.snapshot(world.desk(), at=NOW).missing == (loose,)


@pytest.mark.parametrize(
    ("kind", "north", "days"), [(LinkKind.MET, True, 90), (LinkKind.MET, False, 365), (LinkKind.PAID, True, 365)]
)
def test_a_link_is_forgotten_when_its_time_is_up(world, kind, north, days):
    made = link(world, knower=world.persons["Beodeul"], known=world.persons["Yeoul"], kind=kind, in_the_north=north)
    world.clocks.now = Instant(NOW + days * DAY_MS - 1)
    rounds.settle_all(world.desk)
    assert Link.objects.filter(pk=made).exists()
    world.clocks.now = Instant(NOW + days * DAY_MS)
    rounds.settle_all(world.desk)
    assert not Link.objects.filter(pk=made).exists()
    assert made in [each.link for each in told(facts.LinkForgotten)]


def test_a_line_is_known_by_its_index_and_its_number_stays_shut_to_the_house(world):
    line = queries.line_at(world.desk(), "+8610012345678")
    assert queries.holder_of(line) == world.persons["Beodeul"]
    assert queries.line_at(world.desk(), "+8610012345679") is None
    with pytest.raises(NotHeld):
        queries.number_of(world.desk(), line)


def test_nobody_records_a_line_without_the_key_of_its_holders_cell(world):
    before = Line.objects.count()
    with pytest.raises(NotHeld):
        record_line(world.desk(), holder=world.persons["Noeul"], number="+8610011112222")
    assert Line.objects.count() == before


def test_the_index_of_a_number_needs_the_ring():
    assert len(keyholder.ring().line_index("phone", "+8610012345678")) == 16
