"""Two people, or two workers, at the same moment: one report."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from apps.accounts.models import User
from apps.reports import services
from apps.reports.models import MonthlyReport
from tests.conftest import County
from tests.figures.conftest import OCTOBER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_the_sixth")]


def at_once(work: Callable[[], Any]) -> list[Any]:
    """What two threads that start together are answered."""
    start = Barrier(2)

    def one(_: int) -> Any:
        try:
            start.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def test_two_who_ask_get_the_same_report(county: County, county_officer: User, monkeypatch) -> None:
    monkeypatch.setattr("apps.reports.services.make_report.delay", lambda pk: None)

    first, second = at_once(lambda: services.ask_for_report(county.root, OCTOBER, by=county_officer).pk)

    assert first == second
    assert MonthlyReport.objects.count() == 1


def test_two_workers_freeze_it_once(county: County, county_officer: User, monkeypatch) -> None:
    monkeypatch.setattr("apps.reports.services.make_report.delay", lambda pk: None)
    report = services.ask_for_report(county.root, OCTOBER, by=county_officer)

    at_once(lambda: services.make_report(report.pk))

    report.refresh_from_db()
    assert report.is_ready
    history = apps.get_model("reports", "MonthlyReportEvent").objects
    assert history.filter(pgh_obj=report.pk, state="ready").count() == 1
