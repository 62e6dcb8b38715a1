"""What right codes confirm: money with its amount, a handover by both helpers, an arrival, days of quiet."""

import pytest
from house.small_world import told
from reading_house import FALSE, NUMBERS, OWN, code, hears, present

from ojakgyo.apps.cards.models import PocketNumber
from ojakgyo.apps.chronicle.models import Due
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS

CONFIRMING = (facts.ReceiptConfirmed, facts.HandoverConfirmed, facts.ArrivalConfirmed, facts.QuietAnnounced)


def confirmed() -> list[facts.Fact]:
    return [each for kind in CONFIRMING for each in told(kind)]


@pytest.mark.parametrize(("suffix", "amount"), [((), None), ((0,), 0), ((3, 0), 30), ((1, 2, 0, 0), 1200)])
def test_money_received_with_its_amount(world, suffix, amount):
    read = hears(world, code(present(world), meaning=Meaning.RECEIVED, suffix=suffix))
    (receipt,) = confirmed()
    assert (receipt.amount, receipt.person, receipt.row) == (amount, world.persons["Beodeul"], 0)
    assert (receipt.message, receipt.card) == (read.message, present(world).pk)


def test_a_handover_by_both_helpers_names_the_same_person_by_each_ones_own_pocket_number(world):
    about = world.persons["Noeul"]
    for holder, number in (("Beodeul", 27), ("Yeoul", 64)):
        PocketNumber.objects.create(holder_id=world.persons[holder], about_id=about, number=number)
    hears(world, code(present(world), meaning=Meaning.HANDED_OVER, suffix=(2, 7)))
    hears(
        world,
        code(present(world, "Yeoul"), meaning=Meaning.HANDED_OVER, suffix=(6, 4)),
        number=NUMBERS["Yeoul"],
    )
    given, taken = told(facts.HandoverConfirmed)
    assert (given.person, given.pocket, given.about) == (world.persons["Beodeul"], 27, about)
    assert (taken.person, taken.pocket, taken.about) == (world.persons["Yeoul"], 64, about)


def test_a_pocket_number_nobody_has_is_confirmed_of_nobody(world):
    hears(world, code(present(world), meaning=Meaning.ARRIVED, suffix=(9, 1)))
    (arrived,) = confirmed()
    assert (arrived.pocket, arrived.about) == (91, None)


@pytest.mark.parametrize("meaning", [Meaning.ARRIVED, Meaning.HANDED_OVER])
def test_by_their_own_code_without_a_number_they_themselves_arrived_or_were_handed_over(world, meaning):
    hears(world, code(present(world), meaning=meaning))
    (said,) = confirmed()
    assert (said.pocket, said.about) == (None, world.persons["Beodeul"])


@pytest.mark.parametrize("meaning", [Meaning.RECEIVED, Meaning.HANDED_OVER, Meaning.ARRIVED])
def test_duress_confirms_nothing(world, meaning):
    read = hears(world, code(present(world), own=FALSE, meaning=meaning, suffix=(2, 7)))
    assert read.result is ReadingResult.DURESS
    assert confirmed() == []


def windows(world) -> list[tuple[int, str]]:
    rows = Window.objects.filter(person_id=world.persons["Beodeul"]).order_by("opens_ms")
    return list(rows.values_list("opens_ms", "state"))


def window_at(world, days: int) -> Window:
    opens = world.clocks.now + days * DAY_MS
    return Window.objects.create(
        person_id=world.persons["Beodeul"], opens_ms=opens, closes_ms=opens + HOUR_MS, grace_ms=DAY_MS
    )


def test_announced_quiet_lets_the_windows_before_its_end_go_and_waits_from_then_on(world):
    before, after = window_at(world, 3), window_at(world, 20)
    read = hears(world, code(present(world), meaning=Meaning.DELAYED, suffix=(1, 0)))
    (quiet,) = confirmed()
    assert quiet.until == read.told + 10 * DAY_MS
    assert not Window.objects.filter(pk=before.pk).exists()
    states = windows(world)
    assert [state for _, state in states] == [WindowState.KEPT, WindowState.AGREED, WindowState.AGREED]
    assert [opens for opens, _ in states[1:]] == [quiet.until, after.opens_ms]
    new = Window.objects.get(opens_ms=quiet.until)
    assert Due.objects.get(key=f"contact.window:{new.pk}").due_ms == new.closes_ms + new.grace_ms


def test_the_quiet_of_a_plan_comes_before_its_next_window(world):
    from ojakgyo.apps.contact.models import ContactPlan

    ContactPlan.objects.create(
        person_id=world.persons["Beodeul"],
        first_ms=world.clocks.now - DAY_MS,
        every_days=7,
        length_ms=HOUR_MS,
        grace_ms=2 * HOUR_MS,
    )
    hears(world, code(present(world), meaning=Meaning.DELAYED, suffix=(1, 0)))
    (quiet,) = confirmed()
    assert [opens for opens, state in windows(world) if state == WindowState.AGREED] == [quiet.until]


def test_quiet_is_for_thirty_days_at_most(world):
    read = hears(world, code(present(world), meaning=Meaning.DELAYED, suffix=(9, 9)))
    assert told(facts.QuietAnnounced)[0].until == read.told + 30 * DAY_MS


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_quiet_lets_the_same_windows_go_after_well_and_after_duress(world, own):
    """Windows are seen by many who may see no reason."""
    before = window_at(world, 3)
    hears(world, code(present(world), own=own, meaning=Meaning.DELAYED, suffix=(1, 0)))
    assert not Window.objects.filter(pk=before.pk).exists()
    assert [fact.until - fact.told for fact in told(facts.QuietAnnounced)] == [10 * DAY_MS]


def test_delayed_without_days_announces_none(world):
    hears(world, code(present(world), meaning=Meaning.DELAYED))
    assert confirmed() == []
