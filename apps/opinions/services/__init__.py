"""Writes: an opinion's way from the box to an answer, what everybody reads of it, how one asks."""

from apps.opinions.services.handling import answer, ask, decide, escalate, escalate_overdue, void
from apps.opinions.services.keeping import forget_petitioners, reveal
from apps.opinions.services.places import say_how
from apps.opinions.services.publishing import agree, propose, withhold
from apps.opinions.services.registering import Heard, register

__all__ = [
    "Heard",
    "agree",
    "answer",
    "ask",
    "decide",
    "escalate",
    "escalate_overdue",
    "forget_petitioners",
    "propose",
    "register",
    "reveal",
    "say_how",
    "void",
    "withhold",
]
