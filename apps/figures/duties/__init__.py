"""Duties: what the regulations ask of whom, and where it stands."""

from apps.figures.duties.judging import duties_below, duties_for, duties_in
from apps.figures.duties.obligations import Matter, Obligation, Overdue, kind_of
from apps.figures.duties.overdue import overdue_below, overdue_for

__all__ = [
    "Matter",
    "Obligation",
    "Overdue",
    "duties_below",
    "duties_for",
    "duties_in",
    "kind_of",
    "overdue_below",
    "overdue_for",
]
