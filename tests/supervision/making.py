"""Rows for whoever needs a committee's member, record or report."""

from __future__ import annotations

import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.periods import HalfYear
from apps.organizations.models import Village
from apps.supervision.models import CommitteeMember, SupervisionRecord, SupervisionReport

SINCE = datetime.date(2026, 1, 20)
HALF = HalfYear(2026, 1)


def a_supervisor(village: Village, name: str = "赵某", **facts: Any) -> CommitteeMember:
    stated = {"position": "member", "since": SINCE, "declared_by": "乡镇民政办", "declared_on": SINCE}
    return CommitteeMember.objects.create(village=village, name=name, **{**stated, **facts})


def a_record(village: Village, by: User, **facts: Any) -> SupervisionRecord:
    stated = {
        "subject": "finance",
        "title": "5 月财务收支和凭证",
        "held_on": datetime.date(2026, 6, 10),
        "names": "赵某、钱某",
        "findings": "有一张发票没有经手人签字。",
        "asked": "补签字。",
    }
    return SupervisionRecord.objects.create(village=village, by=by, **{**stated, **facts})


def a_report(village: Village) -> SupervisionReport:
    return SupervisionReport.objects.create(
        village=village, first_on=HALF.first, last_on=HALF.last, words="账目基本清楚。"
    )
