"""What the apps above add to an organization's page and decisions; each registers in AppConfig.ready().

Members, meetings and figures know organizations, not the other way round.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from apps.core.panels import Panels
from apps.organizations.models import Organization


class Headcount(Protocol):
    @property
    def total(self) -> int: ...


HeadcountOf = Callable[[Sequence[str], datetime.date], Mapping[int, Headcount]]
Tie = Callable[[Organization], str]

panels: Panels[Organization] = Panels()
_ties: list[Tie] = []
_headcounts: list[HeadcountOf] = []


def add_tie(tie: Tie) -> None:
    """`tie` says in a sentence what still hangs on the organization, "" if nothing does."""
    _ties.append(tie)


def ties_of(organization: Organization) -> list[str]:
    return [sentence for tie in _ties if (sentence := tie(organization))]


def set_headcount(headcount_of: HeadcountOf) -> None:
    """`headcount_of` counts the members of all branches below some paths on a day, by branch."""
    _headcounts[:] = [headcount_of]


def headcount(paths: Sequence[str], day: datetime.date) -> Mapping[int, Headcount]:
    return _headcounts[0](paths, day) if _headcounts else {}
