"""Two requests at once: real transactions, real threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from apps.meetings import services
from apps.meetings.entries import Edit
from apps.meetings.models import Meeting, MonthlyCount
from apps.meetings.twins import Twins

AT_ONCE = 4


@pytest.fixture
def at_once(transactional_db):
    """Call a function several times at the same moment; what each gave back."""

    def run(function):
        def alone(number):
            try:
                return function(number)
            finally:
                connection.close()

        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(alone, range(AT_ONCE)))

    return run


def test_a_record_sent_several_times_at_once_is_one(at_once, village, theme_day, branch_secretary):
    edit = Edit(uuid4(), page=uuid4())

    def send(_number):
        return services.record_meeting(
            theme_day, organization=village.branch, edit=edit, by=branch_secretary
        ).pk

    assert len(set(at_once(send))) == 1
    assert (Meeting.objects.count(), MonthlyCount.objects.get(kind="theme_day").meetings) == (1, 1)


def test_records_of_one_branch_handed_in_at_once_are_all_counted(
    at_once, village, theme_day, branch_secretary
):
    def send(number):
        entry = replace(theme_day, topic=f"第 {number} 次")
        return services.record_meeting(
            entry, organization=village.branch, edit=Edit(uuid4()), by=branch_secretary, apart=True
        ).pk

    assert len(set(at_once(send))) == AT_ONCE
    assert MonthlyCount.objects.get(kind="theme_day").meetings == AT_ONCE


def test_of_several_that_hand_in_the_same_meeting_at_once_all_but_one_are_asked(
    at_once, village, theme_day, branch_secretary
):
    def send(number):
        try:
            services.record_meeting(
                theme_day, organization=village.branch, edit=Edit(uuid4()), by=branch_secretary
            )
        except Twins as asked:
            return len(asked.twins)
        return 0

    assert sorted(at_once(send)) == [0, *[1] * (AT_ONCE - 1)]
    assert MonthlyCount.objects.get(kind="theme_day").meetings == 1
