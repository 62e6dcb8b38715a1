"""What one signal weighs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.belief import evidence
from ojakgyo.domain.facts import Credibility, ReadingResult, Reliability, ReportKind


def of_report(kind, reliability=Reliability.USUAL, credibility=Credibility.UNCONFIRMED):
    return evidence.of_report(kind, reliability=reliability, credibility=credibility)


def test_ten_decibans_are_ten_to_one():
    assert evidence.decibans(10.0) == pytest.approx(10.0)
    assert evidence.ratio(20.0) == pytest.approx(100.0)


def test_a_word_under_duress_weighs_a_hundred_and_forty_four_to_one_and_all_well_little():
    assert evidence.ratio(evidence.of_reading(ReadingResult.DURESS)) == pytest.approx(144.0)
    assert evidence.ratio(evidence.of_reading(ReadingResult.OK)) == pytest.approx(0.28)
    assert evidence.of_reading(ReadingResult.MALFORMED) == 0.0


def test_every_reading_has_a_weight_and_a_used_row_alarms_more_than_a_slip():
    assert set(evidence.READING_RATIOS) == set(ReadingResult)
    assert evidence.of_reading(ReadingResult.SLIP) < evidence.of_reading(ReadingResult.REPLAY)
    assert evidence.of_reading(ReadingResult.REPLAY) < evidence.of_reading(ReadingResult.DURESS)


def test_a_row_of_an_ended_card_alarms_like_a_used_one_and_what_is_not_relied_on_weighs_nothing():
    assert evidence.of_reading(ReadingResult.TRIPWIRE) == evidence.of_reading(ReadingResult.REPLAY)
    assert evidence.of_reading(ReadingResult.THROTTLED) == 0.0


def test_a_private_question_weighs_less_than_a_card_and_has_three_results():
    assert set(evidence.QUESTION_RATIOS) == {ReadingResult.OK, ReadingResult.SLIP, ReadingResult.DURESS}
    for result in (ReadingResult.OK, ReadingResult.DURESS):
        assert abs(evidence.of_question(result)) < abs(evidence.of_reading(result))
    assert evidence.ratio(evidence.of_question(ReadingResult.DURESS)) == pytest.approx(22.0)


def test_a_missed_window_weighs_nine_to_one():
    assert evidence.ratio(evidence.of_missed_window()) == pytest.approx(9.0)


def test_the_usual_unconfirmed_report_of_strangers_is_a_small_weight_and_of_a_taking_a_large_one():
    assert 5.0 <= of_report(ReportKind.STRANGERS_AT_THE_HOUSE) <= 8.0
    assert of_report(ReportKind.TAKEN_AWAY) > of_report(ReportKind.STRANGERS_AT_THE_HOUSE)
    assert of_report(ReportKind.SEEN_WELL) < 0.0


@given(st.sampled_from(ReportKind), st.sampled_from(Reliability), st.sampled_from(Credibility))
def test_no_report_weighs_more_than_thirty_decibans(kind, reliability, credibility):
    assert abs(of_report(kind, reliability, credibility)) <= evidence.CAP_DECIBANS


@given(st.sampled_from(ReportKind), st.sampled_from(Reliability))
def test_words_that_are_borne_out_weigh_more(kind, reliability):
    doubtful, unconfirmed, confirmed = (
        abs(of_report(kind, reliability, credibility))
        for credibility in (Credibility.DOUBTFUL, Credibility.UNCONFIRMED, Credibility.CONFIRMED)
    )
    assert doubtful <= unconfirmed <= confirmed


@given(st.sampled_from(ReportKind), st.sampled_from(Credibility))
def test_a_source_that_was_right_more_often_weighs_more(kind, credibility):
    poor, usual, good = (
        abs(of_report(kind, reliability, credibility))
        for reliability in (Reliability.POOR, Reliability.USUAL, Reliability.GOOD)
    )
    assert poor <= usual <= good


def test_what_nobody_can_judge_weighs_nothing():
    assert of_report(ReportKind.TAKEN_AWAY, Reliability.UNKNOWN, Credibility.UNCONFIRMED) == 0.0


@pytest.mark.parametrize("percent", [-1, 0, 101])
def test_a_chance_that_two_officers_cannot_have_said_is_refused(percent):
    with pytest.raises(ValueError, match="1 to 100"):
        evidence.of_removal(percent, base=0.01)


@given(st.integers(1, 99), st.integers(1, 100), st.floats(0.001, 0.2))
def test_a_likelier_removal_weighs_more(percent, more, base):
    assert evidence.of_removal(min(100, percent + more), base=base) > evidence.of_removal(percent, base=base)
