"""Too many wrong texts close a card, and when they open it again; who may be asked once more; numbers of a pocket."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import asking_again, pocket, throttle
from ojakgyo.domain.cards.meanings import GUARDS
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

NOW = Instant(1_000 * DAY_MS)
results = st.sampled_from(ReadingResult)


def ago(*hours: float) -> list[Instant]:
    return [Instant(NOW - round(each * HOUR_MS)) for each in hours]


@pytest.mark.parametrize(
    ("hours", "closed"),
    [
        ([], False),
        ([1, 2], False),
        ([1, 2, 3], True),
        ([1, 2, 23.9], True),
        ([1, 2, 24], False),
        ([25 + 24 * day for day in range(9)], False),
        ([25 + 24 * day for day in range(10)], True),
        ([25 + 70 * day for day in range(10)], True),
        ([*(25 + 70 * day for day in range(9)), 720], False),
    ],
)
def test_three_bad_texts_in_a_day_or_ten_in_thirty_days_close_a_card(hours, closed):
    assert throttle.closed(ago(*hours), NOW) is closed
    assert throttle.closed(reversed(ago(*hours)), NOW) is closed


@given(results, st.none() | st.sampled_from(Meaning))
def test_slips_and_garbled_texts_are_bad_but_for_a_guard_that_answers_too_late(result, meaning):
    late = result is ReadingResult.SLIP and meaning in GUARDS
    assert throttle.is_bad(result, meaning) is (result in throttle.BAD and not late)


def test_a_clock_that_went_back_opens_nothing():
    assert throttle.closed(ago(-1, -2, -3), NOW)


@given(st.lists(st.floats(0, 1_000), max_size=30), st.floats(0, 800))
def test_time_alone_never_closes_a_card(hours, later):
    if not throttle.closed(ago(*hours), NOW):
        assert not throttle.closed(ago(*hours), Instant(NOW + round(later * HOUR_MS)))


def test_slips_and_garbles_count_and_nothing_else():
    assert {each.value for each in throttle.BAD} == {"slip", "garbled"}


def test_a_number_nobody_knows_has_twenty_tries_a_day():
    tries = ago(*[each / 2 for each in range(20)])
    assert throttle.sender_closed(tries, NOW)
    assert not throttle.sender_closed(tries[1:], NOW)
    assert not throttle.sender_closed(tries, Instant(NOW + 15 * HOUR_MS))


def test_the_price_is_asked_for_again_where_the_last_text_could_not_be_read():
    for result in ReadingResult:
        unread = result in (ReadingResult.GARBLED, ReadingResult.MALFORMED)
        assert asking_again.may_ask([result, ReadingResult.OK]) is unread
        assert asking_again.may_ask([ReadingResult.OK, result]) is False


def test_nobody_is_asked_who_sent_nothing():
    assert not asking_again.may_ask([])


def bytes_in_turn(octets):
    left = itertools.cycle(octets)
    return lambda count: bytes(next(left) for _ in range(count))


def test_a_pocket_number_is_any_of_a_hundred_while_the_pocket_is_empty():
    drawn = [pocket.draw([], bytes_in_turn([octet])) for octet in range(200)]
    assert sorted(drawn) == sorted([*range(100)] * 2)
    assert pocket.draw([], bytes_in_turn([255, 200, 7])) == 7


@given(st.sets(st.integers(0, 99), max_size=3), st.integers(0, 255))
def test_while_there_is_room_both_digits_are_far_from_every_other_number(taken, octet):
    drawn = pocket.draw(taken, bytes_in_turn([octet, *range(100)]))
    room = [
        number
        for number in range(100)
        if all(min(abs(number // 10 - one // 10), abs(number % 10 - one % 10)) > 1 for one in taken)
        and all(str(number).zfill(2) != str(one).zfill(2)[::-1] for one in taken)
        and not (number % 11 == 0 and any(one % 11 == 0 for one in taken))
    ]
    assert not room or drawn in room
    assert drawn not in taken


def test_a_pocket_takes_a_hundred_and_not_one_more():
    taken: list[int] = []
    for _ in range(100):
        taken.append(pocket.draw(taken, bytes_in_turn([*range(256)])))
    assert sorted(taken) == list(range(100))
    with pytest.raises(ValueError, match="taken"):
        pocket.draw(taken, bytes_in_turn([0]))


def test_the_first_five_of_a_pocket_differ_in_both_digits():
    taken: list[int] = []
    for octet in (37, 91, 140, 8, 55):
        taken.append(pocket.draw(taken, bytes_in_turn([octet])))
    assert all(len({number // 10 for number in taken}) == len({number % 10 for number in taken}) == 5 for _ in taken)
