"""The normal quantile, held to the standard library's."""

from statistics import NormalDist

import numpy as np
import pytest

from ojakgyo.domain.exposure.normal import quantile

TAILS = 10.0 ** -np.linspace(1.0, 15.0, 141)


@pytest.mark.parametrize("uniforms", [np.linspace(0.0005, 0.9995, 2_000), TAILS, 1.0 - TAILS])
def test_every_uniform_gives_the_standard_librarys_quantile(uniforms):
    told = [NormalDist().inv_cdf(each) for each in uniforms.tolist()]
    np.testing.assert_allclose(quantile(uniforms), told, rtol=1e-13, atol=1e-15)


def test_no_uniforms_give_no_quantiles():
    assert quantile(np.empty(0)).shape == (0,)
