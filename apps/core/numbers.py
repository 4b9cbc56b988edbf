"""Heads counted against shares, exactly (CALC, table 12.1): in floating point 0.55 * 100 > 55."""

from fractions import Fraction
from math import ceil, floor

HALF = Fraction(1, 2)


def at_least(count: int, share: Fraction) -> int:
    """How many of `count` make 以上 / 不少于 `share` of it: the share itself is enough."""
    return ceil(count * _exact(share))


def more_than(count: int, share: Fraction) -> int:
    """How many of `count` make 超过 `share` of it: the share itself is not enough."""
    return floor(count * _exact(share)) + 1


def at_most(count: int, share: Fraction) -> int:
    """How many of `count` still are 不超过 `share` of it."""
    return floor(count * _exact(share))


def _exact(share: Fraction) -> Fraction:
    if isinstance(share, float):
        raise TypeError("a share is a Fraction, never a float")
    return share
