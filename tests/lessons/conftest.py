"""A lesson of the branch, heard by twelve."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from apps.core.calendar import CHINA
from apps.lessons.rules import Grade, Point
from tests.factories import AttendanceFactory, EvaluationFactory, MeetingFactory, MemberFactory

GOOD = dict.fromkeys(Point, Grade.GOOD)


@pytest.fixture(autouse=True)
def on_22_november():
    with time_machine.travel(datetime.datetime(2026, 11, 22, 10, tzinfo=CHINA), tick=False):
        yield


@pytest.fixture
def lesson(county):
    meeting = MeetingFactory(organization=county.branch, kinds=["lesson"], topic="种好我们的责任田")
    for _ in range(12):
        AttendanceFactory(meeting=meeting, member=MemberFactory(branch=county.branch))
    return meeting


@pytest.fixture
def evaluation(lesson):
    return EvaluationFactory(meeting=lesson)
