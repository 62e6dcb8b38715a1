"""The story of a night, played by a command: what it expects must be so, and the guide speaks the reader's language."""

import re

import pytest
from processes import ojak

HANGUL = re.compile("[가-힣]")


def test_the_night_is_played_in_order_and_everything_it_expects_is_so(played, night):
    lines = played.told["lines"]
    assert played.told["code"] == 0, lines
    assert [line["minute"] for line in lines] == sorted(line["minute"] for line in lines)
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)
    assert {0, 1, 2, 3, 4, 5, 6, 9, 10} == {line["minute"] for line in lines}
    expected = [line for line in lines if line["ok"] is not None]
    assert len(expected) >= 7 and all(line["ok"] for line in expected)
    said = " ".join(line["sentence"] for line in expected)
    assert re.search(r"Warn Yeoul before .* Warn Noeul before .*usual rule.* first alarm", said)
    assert night.warning_about("Yeoul")["route"]["in_time"]


@pytest.mark.slow
def test_the_night_is_told_in_korean(house):
    played = ojak("demo", "play", "night", "--speed", "50", "--lang", "ko", "--json", home=house.home)
    assert played.code == 0, played.lines
    assert all(HANGUL.search(line["sentence"]) for line in played.lines)
    assert not any("Beodeul" in line["sentence"] or "Yeoul" in line["sentence"] for line in played.lines)
    assert any("버들" in line["sentence"] for line in played.lines)


def test_a_story_nobody_wrote_is_refused(night):
    played = ojak("demo", "play", "morning", home=night.home)
    assert played.code == 1 and "demo.unknown_story" in played.prose
