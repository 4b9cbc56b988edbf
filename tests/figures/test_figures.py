"""The figures of one month, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from django.db import connection

from apps.core.periods import Month
from apps.figures import queries
from apps.figures.registry import REGISTRY, all_figures
from apps.figures.values import Reading
from apps.members.models import MembershipEvent
from apps.organizations.models import Organization
from tests.factories import MemberFactory, OrganizationFactory, PartyGroupFactory, TermFactory
from tests.figures.conftest import OCTOBER, October, at, hold

pytestmark = pytest.mark.django_db
END = date(2026, 11, 22)


def read(organization: Organization, code: str, month: Month = OCTOBER, on: date = END) -> Reading:
    census = queries.census_of(organization.pk, month, on=on)
    (reading,) = queries.measure(census, [REGISTRY[code]]).readings()
    return reading


def test_x(meetings: October) -> None:
    for code in REGISTRY:
        r = read(meetings.county.root, code)
        print(code, dict(r.counts), [r.value(i) for i in range(len(r.figure.ways))])
    from apps.figures import duties
    for x in duties.duties_for(meetings.county.branch, on=END): print(x.title, x.state_words)
    for m in duties.overdue_below(meetings.county.root, on=END).matters: print(m.title, m.where, m.days)
