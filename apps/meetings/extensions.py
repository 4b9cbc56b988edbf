"""What the apps above add to a record's form and page; each registers in AppConfig.ready()."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from apps.organizations.models import Organization

# Members outside the branch who give lessons to it: the pool of lecturers.
LecturersFor = Callable[[Organization, datetime.date], Iterable[int]]
_pools: list[LecturersFor] = []


def add_lecturers(pool: LecturersFor) -> None:
    """Name further members whom a lesson of a branch may have as its lecturer, by their ids."""
    _pools.append(pool)


def lecturers_from_pools(branch: Organization, day: datetime.date) -> set[int]:
    """The ids of everybody whom the apps above name."""
    return {member for pool in _pools for member in pool(branch, day)}
