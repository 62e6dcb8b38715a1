"""A practice world's clock can be made to go faster, and no other."""

import pytest

from ojakgyo.config.clock import Clock


def test_a_practice_worlds_clock_goes_as_fast_as_it_is_told():
    seconds = [0.0]
    clock = Clock(demo=True, wall=lambda: 1_000_000, seconds=lambda: seconds[0])
    seconds[0] = 10.0
    clock.go(600)
    assert clock.now() == 1_010_000, "it leaps nowhere"
    seconds[0] = 16.0
    assert clock.now() == 1_010_000 + 3_600_000
    clock.advance_to(9_000_000)
    seconds[0] = 17.0
    assert clock.now() == 9_000_000 + 600_000


def test_a_real_worlds_clock_goes_as_time_does():
    with pytest.raises(ValueError, match="practice"):
        Clock().go(600)
