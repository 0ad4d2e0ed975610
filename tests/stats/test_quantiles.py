"""Quantiles and their limits: known places, refusals, edges, and how often they cover."""

import numpy as np
import pytest
from scipy.stats import binom

from pipelines.stats.quantiles import quantile


def test_known_places():
    """Of a hundred values the 40th and the 61st bound the median; a quartile of four is between the first two."""
    values = np.arange(1.0, 101.0)
    found = quantile(values, 0.5, level=0.95)
    assert (float(found.value), float(found.lower), float(found.upper)) == (50.5, 40.0, 61.0)
    assert quantile([3, 1, 2, 4], 0.25, level=0.95).value == 1.75


def test_a_limit_is_never_the_least_or_the_greatest():
    found = quantile(np.arange(10.0), 0.25, level=0.95)
    assert np.isnan(found.lower)
    assert found.upper == 5
    assert np.isnan(quantile([1.0, 2.0, 3.0], 0.5, level=0.95).upper)


def test_refusals():
    for values, share in (([], 0.5), ([1.0, np.nan], 0.5), ([1.0], 1.0)):
        with pytest.raises(ValueError, match="refused"):
            quantile(values, share, level=0.95)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
@pytest.mark.parametrize("size", [40, 200])
def test_the_limits_cover_at_least_their_level(size, share):
    """Exactly: the chance that between low and high − 1 of the values lie below the true quantile."""
    found = quantile(np.arange(1.0, size + 1), share, level=0.95)
    low, high = int(found.lower), int(found.upper)
    assert binom.cdf(high - 1, size, share) - binom.cdf(low - 1, size, share) >= 0.95
