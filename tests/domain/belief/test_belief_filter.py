"""The belief about one person, and the law of when."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.belief.filter import BASE, HOURS_TRUSTED, belief
from ojakgyo.domain.belief.signals import Signal, answer, missed_window, reading, removal, report
from ojakgyo.domain.facts import Credibility, ReadingResult, Reliability, ReportKind, SignalKind
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

NOON = Instant(1_795_521_600_000)


def at(hours):
    return Instant(NOON + round(hours * HOUR_MS))


def word(result, hours=0.0, window=1, **more):
    return reading(result, heard=at(hours), window=window, **more)


def seen(kind=ReportKind.STRANGERS_AT_THE_HOUSE, hours=0.0, **more):
    usual = {"reliability": Reliability.USUAL, "credibility": Credibility.UNCONFIRMED}
    return report(kind, heard=at(hours), **(usual | more))


def share(found, since, until):
    """How much of the law of when lies between two hours before the last fact."""
    bins = zip(pairwise(found.edges), found.weights, strict=True)
    return sum(weight for (young, old), weight in bins if young >= until and old <= since)


signals = st.builds(
    Signal,
    kind=st.sampled_from(SignalKind),
    decibans=st.floats(-10.0, 25.0),
    heard=st.integers(-200, 0).map(at),
    until=st.integers(-250, -200).map(at),
    since=st.none() | st.integers(-300, -250).map(at),
    once=st.none() | st.tuples(st.just("window"), st.integers(0, 3)),
    seq=st.integers(0, 5),
)


def test_without_a_signal_one_in_a_hundred_is_believed_taken_at_any_hour_of_a_week():
    found = belief([], at=NOON)
    assert found.probability == pytest.approx(BASE)
    assert found.start == found.decibans == pytest.approx(-20.0, abs=0.05)
    assert found.edges[0] == 0.0
    assert found.edges[-1] == 168.0
    assert share(found, 168.0, 96.0) == pytest.approx(72 / 168)


def test_a_word_under_duress_makes_it_more_likely_than_not():
    found = belief([word(ReadingResult.DURESS)], at=NOON)
    assert found.probability == pytest.approx(1.44 / (1.44 + 0.99))


def test_all_well_after_duress_lowers_the_belief_but_does_not_clear_it():
    duress = word(ReadingResult.DURESS, -24.0, window=1)
    alone = belief([duress], at=at(-24.0))
    after = belief([duress, word(ReadingResult.OK, window=2)], at=NOON)
    assert 20 * BASE < after.probability < alone.probability


def test_all_well_never_lowers_the_belief_below_the_base():
    found = belief([word(ReadingResult.OK, -week * 168.0, window=week) for week in range(4)], at=NOON)
    assert found.probability == pytest.approx(BASE)
    assert [line.decibans for line in found.lines] == pytest.approx([0.0] * 4)


def test_all_well_counts_once_a_window():
    duress = word(ReadingResult.DURESS, -48.0, window=1)
    once = [duress, word(ReadingResult.OK, -1.0, window=2)]
    twice = [*once, word(ReadingResult.OK, window=2)]
    assert belief(twice, at=NOON).probability == pytest.approx(belief(once, at=NOON).probability)
    assert belief(twice, at=NOON).lines[-1].decibans == 0.0


def test_all_well_outside_every_window_weighs_nothing():
    duress = word(ReadingResult.DURESS, -1.0)
    assert belief([duress, word(ReadingResult.OK, window=None)], at=NOON).lines[-1].decibans == 0.0


def test_two_equal_signals_of_one_key_count_once():
    missed = missed_window(closes=at(-2), heard=at(-1), window=3)
    assert belief([missed, missed], at=NOON).decibans == pytest.approx(belief([missed], at=NOON).decibans)


def test_the_weightiest_report_of_one_origin_counts():
    strangers, taken = seen(hours=-2.0, origin=7), seen(ReportKind.TAKEN_AWAY, hours=-1.0, origin=7)
    found = belief([strangers, taken], at=at(-1.0))
    assert [line.decibans for line in found.lines] == pytest.approx([0.0, 18.0])


def test_a_sign_of_life_speaks_against_takings_before_it_and_leaves_later_ones_alone():
    word_under_duress = word(ReadingResult.DURESS, window=2)
    silent = belief([word_under_duress], at=NOON)
    heard = belief([word(ReadingResult.OK, -24.0, window=1), word_under_duress], at=NOON)
    odds_silent = share(silent, 24.0, 0.0) / share(silent, 168.0, 24.0)
    odds_heard = share(heard, 24.0, 0.0) / share(heard, heard.edges[-1] - 24.0, 24.0)
    assert odds_heard == pytest.approx(odds_silent / 0.28)


def test_a_sign_of_life_speaks_only_up_to_when_it_was_written():
    late = word(ReadingResult.OK, -1.0, written=at(-30.0))
    assert late.until == at(-30.0)
    assert word(ReadingResult.DURESS, -1.0, written=at(-30.0)).until == at(-1.0)


def test_nobody_is_believed_taken_after_the_window_was_missed_because_of_it():
    found = belief([missed_window(closes=at(-8.0), heard=at(0.0), window=1)], at=NOON)
    assert share(found, 8.0, 0.0) < 8 / 176 / 4


def test_the_hours_a_report_names_move_the_law_of_when_and_not_its_weight():
    vague, exact = belief([seen()], at=NOON), belief([seen(since=at(-6.0))], at=NOON)
    assert exact.probability == pytest.approx(vague.probability)
    assert share(exact, 6.0, 0.0) == pytest.approx(HOURS_TRUSTED)
    assert share(vague, 6.0, 0.0) < 0.1


def test_duress_most_likely_follows_a_taking_after_the_last_contact():
    found = belief([word(ReadingResult.DURESS, since=at(-6.0))], at=NOON)
    assert share(found, 6.0, 0.0) == pytest.approx(HOURS_TRUSTED)


def test_evidence_that_agrees_about_the_hours_is_not_pulled_back():
    lately = [seen(hours=-1.0 + step / 10, since=at(-6.0)) for step in range(3)]
    assert share(belief(lately, at=NOON), 6.0, 0.0) >= HOURS_TRUSTED - 0.01


def test_duress_of_last_month_is_not_forgotten():
    found = belief([word(ReadingResult.DURESS, -30 * 24.0)], at=NOON)
    assert found.probability > 10 * BASE


def test_what_was_heard_later_is_not_known_yet():
    early = [word(ReadingResult.DURESS, -5.0)]
    assert belief([*early, seen()], at=at(-1.0)) == belief(early, at=at(-1.0))


def test_a_picture_starts_at_minus_twenty_and_each_bar_where_the_last_one_ended():
    found = belief(
        [
            missed_window(closes=at(-2), heard=at(-0.2), window=2),
            seen(hours=-0.1, since=at(-7.0)),
            word(ReadingResult.DURESS, window=2),
        ],
        at=NOON,
    )
    assert [round(line.decibans, 1) for line in found.lines] == [9.5, 6.0, 21.6]
    assert found.lines[0].start == found.start
    assert all(next_.start == line.end for line, next_ in pairwise(found.lines))
    assert found.lines[-1].end == found.decibans


def test_a_signal_without_a_weight_or_with_hours_that_run_backwards_is_refused():
    plain = {"kind": SignalKind.REPORT, "heard": NOON, "until": NOON}
    with pytest.raises(ValueError, match="weighs"):
        Signal(decibans=float("nan"), **plain)
    with pytest.raises(ValueError, match="end before"):
        Signal(decibans=1.0, since=at(1.0), **plain)
    with pytest.raises(ValueError, match="base"):
        belief([], at=NOON, base=1.0)


def test_the_law_of_when_stands_in_hours_from_any_instant():
    found = belief([word(ReadingResult.DURESS)], at=NOON)
    edges, weights = found.law_from(at(-10.0))
    assert edges[-1] == 10.0
    assert edges[0] == 10.0 - 168.0
    assert weights == found.weights[::-1]


@given(st.lists(signals, max_size=8), st.randoms())
def test_the_order_in_which_signals_are_handed_over_is_of_no_account(some, random):
    distinct = list({(signal.heard, signal.seq): signal for signal in some}.values())
    mixed = distinct.copy()
    random.shuffle(mixed)
    assert belief(mixed, at=NOON) == belief(distinct, at=NOON)


@given(st.lists(signals, max_size=8))
def test_the_lines_sum_to_the_whole(some):
    found = belief(some, at=NOON)
    assert found.start + sum(line.decibans for line in found.lines) == pytest.approx(found.decibans)
    assert len(found.lines) == len(some)


@given(st.lists(signals, max_size=8))
def test_a_belief_is_a_probability_not_below_the_base_with_a_law_of_when(some):
    found = belief(some, at=NOON)
    assert BASE * 0.999 <= found.probability <= 1.0
    assert sum(found.weights) == pytest.approx(1.0)
    assert all(weight >= 0.0 for weight in found.weights)
    assert len(found.edges) == len(found.weights) + 1
    assert all(young < old for young, old in pairwise(found.edges))


@given(st.lists(signals, max_size=6), st.floats(0.0, 20.0))
def test_one_more_alarming_signal_never_calms(some, weight):
    alarm = Signal(kind=SignalKind.REPORT, decibans=weight, heard=NOON, until=NOON)
    assert belief([*some, alarm], at=NOON).decibans >= belief(some, at=NOON).decibans - 1e-9


@given(st.lists(signals, max_size=6), st.integers(0, 30 * DAY_MS))
def test_the_same_signals_at_the_same_instant_give_the_same_answer(some, later):
    once = belief(some, at=Instant(NOON + later))
    assert belief(some, at=Instant(NOON + later)) == once


@given(st.integers(1, 99))
def test_what_two_officers_said_of_one_they_removed_is_what_is_believed(percent):
    found = belief([removal(percent, heard=NOON, base=BASE)], at=NOON)
    assert found.probability == pytest.approx(percent / 100)


@given(st.integers(2, 100))
def test_a_removal_names_the_days_before_it_and_no_hour_after(percent):
    found = belief([removal(percent, heard=NOON, base=BASE)], at=NOON)
    assert share(found, 72, 0) == pytest.approx(HOURS_TRUSTED)
    assert (found.edges[0], found.edges[-1]) == (0.0, 72.0 + 168.0)


def test_a_hundred_percent_leaves_one_case_in_a_million():
    assert belief([removal(100, heard=NOON, base=BASE)], at=NOON).probability == pytest.approx(0.999_999)


def test_an_answer_by_voice_calms_once_a_day_outside_every_window_and_a_text_never():
    alarm = report(
        ReportKind.TAKEN_AWAY,
        reliability=Reliability.USUAL,
        credibility=Credibility.UNCONFIRMED,
        heard=Instant(NOON - 2),
    )
    text = reading(ReadingResult.OK, heard=NOON, window=None)
    asked = [answer(ReadingResult.OK, heard=Instant(NOON + each), window=None) for each in range(3)]
    alone = belief([alarm], at=NOON).decibans
    assert belief([alarm, text], at=NOON).decibans == pytest.approx(alone)
    once = belief([alarm, asked[0]], at=Instant(NOON + 3)).decibans
    assert once < belief([alarm], at=Instant(NOON + 3)).decibans
    assert belief([alarm, *asked], at=Instant(NOON + 3)).decibans == pytest.approx(once)


def test_an_answer_and_a_text_of_one_window_calm_once():
    both = [
        reading(ReadingResult.OK, heard=NOON, window=7),
        answer(ReadingResult.OK, heard=NOON, window=7, question=True),
    ]
    assert {each.once for each in both} == {("reading calming", 7)}
