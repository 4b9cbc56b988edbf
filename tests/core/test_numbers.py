"""Table 12.1 of the handbook."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.numbers import HALF, at_least, at_most, more_than

COUNTS = st.integers(0, 10_000)
SHARES = st.fractions(0, 1, max_denominator=20)


@pytest.mark.parametrize(
    ("expected", "half", "over_half", "four_fifths", "two_thirds", "a_third"),
    [
        (3, 2, 2, 3, 2, 1),
        (5, 3, 3, 4, 4, 1),
        (6, 3, 4, 5, 4, 2),
        (7, 4, 4, 6, 5, 2),
        (8, 4, 5, 7, 6, 2),
        (9, 5, 5, 8, 6, 3),
        (10, 5, 6, 8, 7, 3),
        (15, 8, 8, 12, 10, 5),
        (20, 10, 11, 16, 14, 6),
        (50, 25, 26, 40, 34, 16),
    ],
)
def test_the_handbooks_table(
    expected: int, half: int, over_half: int, four_fifths: int, two_thirds: int, a_third: int
) -> None:
    assert at_least(expected, HALF) == half
    assert more_than(expected, HALF) == over_half
    assert at_least(expected, Fraction(4, 5)) == four_fifths
    assert at_least(expected, Fraction(2, 3)) == two_thirds
    assert at_most(expected, Fraction(1, 3)) == a_third


@given(COUNTS, SHARES)
def test_at_least_is_the_smallest_number_that_reaches_the_share(count: int, share: Fraction) -> None:
    needed = at_least(count, share)
    assert needed >= count * share > needed - 1


@given(COUNTS, SHARES)
def test_more_than_is_the_smallest_number_above_the_share(count: int, share: Fraction) -> None:
    needed = more_than(count, share)
    assert needed > count * share >= needed - 1


@given(COUNTS, SHARES)
def test_at_most_is_the_largest_number_within_the_share(count: int, share: Fraction) -> None:
    allowed = at_most(count, share)
    assert allowed <= count * share < allowed + 1


@pytest.mark.parametrize("count_heads", [at_least, more_than, at_most])
def test_a_share_in_floating_point_is_refused(count_heads) -> None:
    with pytest.raises(TypeError, match="Fraction"):
        count_heads(5, 0.8)
