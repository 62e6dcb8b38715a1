"""Answers come at whole steps of time, whatever was worked out meanwhile."""

import pytest

from ojakgyo.web import evenly


class Clock:
    """A monotonic clock that moves by sleeping and by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(evenly, "time", made)
    monkeypatch.setattr(evenly, "STEP_S", 0.25)
    return made


@pytest.mark.parametrize(("spent", "answered"), [(0.001, 0.25), (0.2, 0.25), (0.26, 0.5)])
def test_an_answer_waits_for_the_next_step(clock, spent, answered):
    @evenly.evenly
    def view() -> str:
        clock.now += spent
        return "noted"

    assert view() == "noted"
    assert clock.now == pytest.approx(100.0 + answered)


def test_a_refusal_waits_as_well(clock):
    @evenly.evenly
    def view() -> None:
        clock.now += 0.03
        raise ValueError

    with pytest.raises(ValueError):
        view()
    assert clock.now == pytest.approx(100.25)
