"""What the apps above add to a record's form and page; each registers in AppConfig.ready()."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from apps.core.panels import Panels
from apps.meetings.models import Meeting
from apps.organizations.models import Organization


@dataclass(frozen=True)
class LessonTopic:
    """A topic that a branch is offered for its lessons; `lecturer` is a name, "" where nobody is named."""

    key: int
    title: str
    lecturer: str = ""


# Members outside the branch who give lessons to it: the pool of lecturers.
LecturersFor = Callable[[Organization, datetime.date], Iterable[int]]
TopicsFor = Callable[[Organization, datetime.date], Iterable[LessonTopic]]
_pools: list[LecturersFor] = []
_topics: list[TopicsFor] = []
panels: Panels[Meeting] = Panels()


def add_lecturers(pool: LecturersFor) -> None:
    """Name further members whom a lesson of a branch may have as its lecturer, by their ids."""
    _pools.append(pool)


def lecturers_from_pools(branch: Organization, day: datetime.date) -> set[int]:
    """The ids of everybody whom the apps above name."""
    return {member for pool in _pools for member in pool(branch, day)}


def add_topics(topics: TopicsFor) -> None:
    """Offer topics for the lessons of a branch on a day."""
    _topics.append(topics)


def topics_on_offer(branch: Organization, day: datetime.date) -> list[LessonTopic]:
    """What the apps above offer."""
    return [topic for topics in _topics for topic in topics(branch, day)]


def topic_of_key(branch: Organization, day: datetime.date, key: str) -> LessonTopic | None:
    """The one of them that a link or a tap means."""
    offered = topics_on_offer(branch, day) if key else []
    return next((one for one in offered if str(one.key) == key), None)
