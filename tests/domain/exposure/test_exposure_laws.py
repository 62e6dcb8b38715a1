"""Delay laws and the table of kinds."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.exposure.laws import (
    KINDS,
    LAW_OF,
    LAWS,
    Exponential,
    Immediate,
    Lognormal,
    Weibull,
    endangering,
    weighed,
)
from ojakgyo.domain.facts import LinkKind

hours = st.floats(0.1, 200.0)
laws = st.one_of(
    st.builds(Exponential, hours, st.just(0.0) | hours),
    st.builds(Weibull, st.floats(0.4, 3.0), hours, st.just(0.0) | hours),
    st.builds(Lognormal, hours, st.floats(0.2, 2.0), st.just(0.0) | hours),
)


@given(laws, st.floats(1e-12, 1.0 - 1e-12))
def test_drawing_is_the_exact_inverse_of_the_chance(law, uniform):
    drawn = float(law.draw(np.array([uniform]))[0])
    nearby = sorted(law.within(drawn * (1.0 + change)) for change in (-1e-9, 0.0, 1e-9))
    assert nearby[0] * (1.0 - 1e-6) - 1e-15 <= uniform <= nearby[2] * (1.0 + 1e-6) + 1e-15


@given(laws, st.lists(st.floats(1e-9, 1.0 - 1e-9), min_size=2, max_size=20))
def test_a_delay_rises_with_its_uniform_and_is_never_negative(law, uniforms):
    drawn = law.draw(np.sort(np.array(uniforms)))
    assert np.all(np.diff(drawn) >= 0.0)
    assert np.all(drawn >= 0.0)


@given(laws)
def test_nothing_happens_before_the_fixed_delay(law):
    assert law.within(law.after) == 0.0
    assert law.within(-1.0) == 0.0


def test_an_immediate_link_takes_its_fixed_delay():
    assert Immediate(3.0).draw(np.array([0.1, 0.9])).tolist() == [3.0, 3.0]
    assert (Immediate(3.0).within(2.9), Immediate(3.0).within(3.0)) == (0.0, 1.0)


def test_every_kind_of_link_has_a_chance_a_law_and_an_age():
    assert set(KINDS) == set(LinkKind)
    assert all(0.0 < kind.probability <= 1.0 and kind.half_life_days > 0.0 for kind in KINDS.values())
    assert len(LAWS) == len(KINDS)


def test_the_phone_of_somebody_taken_is_in_other_hands_within_the_hour():
    assert KINDS[LinkKind.CARRIES].probability * KINDS[LinkKind.CARRIES].law.within(1.0) > 0.8
    assert KINDS[LinkKind.CARRIES].half_life_days == inf


def test_a_link_fades_to_one_half_by_its_half_life_and_is_never_older_than_fresh():
    fresh, half = (endangering(LinkKind.CALLED, days) for days in (0.0, KINDS[LinkKind.CALLED].half_life_days))
    assert half == pytest.approx(fresh / 2)
    assert endangering(LinkKind.CALLED, -3.0) == fresh


@given(st.lists(st.tuples(st.sampled_from(list(KINDS)), st.floats(-9.0, 5_000.0)), max_size=20))
def test_many_links_are_weighed_at_once(links):
    law = np.array([LAW_OF[kind] for kind, _ in links], dtype=np.int8)
    chances = weighed(law, np.array([age for _, age in links]))
    assert chances.tolist() == pytest.approx([endangering(kind, age) for kind, age in links], rel=1e-12)
    assert [LAWS[place] for place in law] == [KINDS[kind].law for kind, _ in links]
