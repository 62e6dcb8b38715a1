"""A red wakes somebody by name, again every half hour, until somebody says that it is seen."""

from dataclasses import replace

from factories.cast import HELPERS, OFFICERS
from world import duress, told

from ojakgyo.apps.alerts.models import Address, OnCall, Wake
from ojakgyo.apps.alerts.rota import ladder
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.duties import renew_warnings
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.queries import cell_of_subject
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Answer
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
from ojakgyo.runner import health


def red(night, *, minutes=0.0):
    """Go on until Yeoul's deadline is red, and so many minutes more."""
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - 6 * HOUR_MS + round(minutes * MINUTE_MS))


def woken(night):
    names = {keys.officer: name for name, keys in night.ids.officers.items()}
    return [names[fact.officer] for fact in told(facts.WakeDue)]


def test_no_red_wakes_nobody(night):
    night.hears("Beodeul", duress)
    assert woken(night) == []


def test_one_red_is_one_call_to_a_safety_officer_with_the_key_first(night):
    red(night)
    assert woken(night) == ["Haneul"]
    assert Wake.objects.count() == 1


def test_it_rotates_among_safety_officers_every_half_hour(night):
    red(night, minutes=29.9)
    assert woken(night) == ["Haneul"]
    night.goes_on(minutes=0.2)
    assert woken(night) == ["Haneul", "Dasom"]
    night.goes_on(minutes=60)
    assert woken(night) == ["Haneul", "Dasom", "Haneul", "Dasom"]
    rounds = [fact.round for fact in told(facts.WakeDue)]
    assert rounds == [1, 2, 3, 4]


def test_nobody_is_woken_any_more_once_somebody_has_acknowledged(night):
    red(night, minutes=5)
    actions.acknowledge_warning(night.desk("Dasom"), warning=night.id_of("Yeoul"))
    night.goes_on(minutes=29)
    assert woken(night) == ["Haneul"]
    actions.take_warning(night.desk("Dasom"), warning=night.id_of("Yeoul"))
    night.goes_on(hours=3)
    assert woken(night) == ["Haneul"]


def test_a_red_that_leaves_and_comes_back_within_half_an_hour_is_one_chain_of_calls(night):
    red(night, minutes=10)
    is_due_later(night, minutes=12)
    night.goes_on(minutes=1)
    assert woken(night) == ["Haneul"]
    night.goes_on(minutes=1)
    assert woken(night) == ["Haneul", "Dasom"], "red again wakes anew"
    night.goes_on(minutes=29)
    assert len(woken(night)) == 2, "the turn of the first red is gone"
    night.goes_on(minutes=60)
    assert len(woken(night)) == 4


def is_due_later(night, *, minutes):
    """A weighing finds Yeoul's deadline so much later: it leaves the red."""
    found, row = latest.analysis(house_desk()), night.warning("Yeoul")
    (exposed,) = (each for each in found.exposures if each.subject == row.subject_id)
    later = Instant(row.deadline_ms + minutes * MINUTE_MS)
    with writing("tests.due_later"):
        renew_warnings(
            house_desk(), replace(found, exposures=(replace(exposed, deadline=later, because=row.because + 1),))
        )
    assert night.warning("Yeoul").red_ms is None


def test_it_goes_on_while_nobody_can_be_woken_and_finds_who_comes(night):
    kept = list(Address.objects.all())
    Address.objects.all().delete()
    red(night, minutes=61)
    assert len(told(facts.NobodyToWake)) == 3
    Address.objects.bulk_create(kept)
    night.goes_on(minutes=31)
    assert woken(night) == ["Haneul"]


def test_taking_it_or_telling_the_subject_ends_it_too(night):
    red(night)
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=Answer.CONFIRMED)
    night.goes_on(hours=2)
    assert woken(night) == ["Haneul"]


def test_it_goes_on_past_the_deadline_for_as_long_as_nobody_looks(night):
    red(night)
    night.at(night.warning("Yeoul").deadline_ms + HOUR_MS)
    assert len(woken(night)) == 15


def test_only_who_has_an_address_is_called(night):
    Address.objects.filter(officer=night.officer("Haneul")).delete()
    red(night, minutes=31)
    assert woken(night) == ["Dasom", "Dasom"]


def test_when_nobody_can_be_woken_the_chronicle_and_doctor_say_so(night, tmp_path):
    for name in ("vault.json", "vault.db"):
        (tmp_path / name).touch(mode=0o600)
    assert {found.check: found.ok for found in health.look(tmp_path, deep=False)}["safety officers who can be woken"]
    Address.objects.all().delete()
    red(night, minutes=31)
    assert woken(night) == []
    assert [fact.warning for fact in told(facts.NobodyToWake)] == [night.id_of("Yeoul")] * 2
    (finding,) = [each for each in health.look(tmp_path, deep=False) if each.check.endswith("can be woken")]
    assert (finding.ok, finding.found) == (False, "alerts.nobody")


def test_whose_turn_it_is_depends_on_the_subjects_cell(night):
    """Both hold C-2, only Haneul N-2."""
    night.hears("Beodeul", duress)
    holders = {night.officer("Haneul"), night.officer("Dasom")}
    yeoul, haebaragi = (
        ladder(night.now, first_with_key_to=cell_of_subject(night.id_of(name))) for name in ("Yeoul", "Haebaragi")
    )
    assert next(iter(yeoul)) == night.officer("Haneul")
    assert set(haebaragi) == holders
    assert night.officer("Boram") not in yeoul


def test_whoever_comes_on_call_meanwhile_is_called_next(night):
    OnCall.objects.create(officer=night.officer("Haneul"), opens_ms=night.now, closes_ms=night.now + DAY_MS)
    red(night)
    opens, closes = night.now, night.now + 9 * HOUR_MS
    OnCall.objects.create(officer=night.officer("Boram"), opens_ms=opens, closes_ms=closes)
    night.goes_on(minutes=61)
    called = [fact.officer for fact in told(facts.WakeDue)]
    assert called == [night.officer(name) for name in ("Haneul", "Boram", "Dasom")]


def test_addresses_are_sealed_and_in_no_file(night, database):
    stored = [bytes(row.address) for row in Address.objects.all()]
    files = [path.read_bytes() for path in database.parent.iterdir() if path.is_file()]
    assert len(stored) == len(OFFICERS)
    for held in (*stored, *files):
        assert b"desk.invalid" not in held and b"haneul" not in held
    assert len({len(blob) for blob in stored}) == 1, "padded alike"
    assert HELPERS
