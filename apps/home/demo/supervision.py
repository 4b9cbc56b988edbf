"""The demo villages' supervision committees, what they looked at, and their last half-yearly reports."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from apps.core.periods import HalfYear
from apps.disclosure.models import Publication
from apps.home.demo.decisions import publish
from apps.organizations.models import Village
from apps.supervision.models import CommitteeMember, Position, Subject, SupervisionRecord, SupervisionReport
from apps.supervision.queries import REPORT
from apps.supervision.wording import Work, report_text

NAMES = ("赵守义", "钱桂芳", "周明理", "吴大山", "郑秀英")
# Villages that forgot their report, or have too few members: one of so many.
FORGOTTEN, TOO_FEW = 6, 9
LOOKED = (
    (
        Subject.FINANCE,
        "上一季度的收支和凭证",
        "核对 42 张凭证，有一张发票没有经手人签字。",
        "补签字。",
        "补了签字。",
    ),
    (Subject.ASSETS, "鱼塘、林地的承包合同", "合同和账上对得上，没有发现问题。", "", ""),
    (Subject.PUBLICATION, "公开栏张贴的时间", "两期公开贴够了 15 日，没有发现问题。", "", ""),
)
LATER = (Subject.PROJECT, "活动室修缮的工地", "屋面防水还没有做闭水试验。", "验收前做闭水试验。", "")
WORDS = "半年来账目清楚，公开基本及时。建议发票当月签字，工程多请村民代表到场。"


def watch(villages: Sequence[Village], today: datetime.date, by: int) -> None:
    """A committee for every village, its records of the last half-year and this one, and its report."""
    half = HalfYear.of(today).previous()
    members = CommitteeMember.objects.bulk_create(
        member for number, village in enumerate(villages) for member in _committee(village, number, half)
    )
    records = SupervisionRecord.objects.bulk_create(
        record for village in villages for record in _records(village, half, today, by)
    )
    reporting = [village for number, village in enumerate(villages) if number % FORGOTTEN != FORGOTTEN - 1]
    reports = [_report(village, half, members, records) for village in reporting]
    publish([(draft, half.last + datetime.timedelta(10)) for draft in reports], by)


def _committee(village: Village, number: int, half: HalfYear) -> list[CommitteeMember]:
    size = 2 if number % TOO_FEW == TOO_FEW - 1 else 3 + number % 3
    since = half.first.replace(month=1, day=20) - datetime.timedelta(365)
    return [
        CommitteeMember(
            village=village,
            name=name,
            position=Position.MEMBER if place else Position.CHAIR,
            since=since,
            knows_finance=place == 1,
            declared_by="乡镇社会事务办",
            declared_on=since,
        )
        for place, name in enumerate(NAMES[:size])
    ]


def _records(village: Village, half: HalfYear, today: datetime.date, by: int) -> list[SupervisionRecord]:
    looked = [(half.first + datetime.timedelta(40 * number + 15), each) for number, each in enumerate(LOOKED)]
    return [_record(village, on, each, by) for on, each in (*looked, (today - datetime.timedelta(12), LATER))]


def _record(
    village: Village, on: datetime.date, said: tuple[Subject, str, str, str, str], by: int
) -> SupervisionRecord:
    subject, title, findings, asked, put_right = said
    return SupervisionRecord(
        village=village,
        subject=subject,
        title=title,
        held_on=on,
        names="、".join(NAMES[:2]),
        findings=findings,
        asked=asked,
        due_on=on + datetime.timedelta(15) if asked else None,
        put_right=put_right,
        put_right_on=on + datetime.timedelta(9) if put_right else None,
        by_id=by,
    )


def _report(
    village: Village,
    half: HalfYear,
    members: Sequence[CommitteeMember],
    records: Sequence[SupervisionRecord],
) -> Publication:
    """The report with its draft, to be published."""
    work = Work(
        half,
        [member for member in members if member.village_id == village.pk],
        [record for record in records if record.village_id == village.pk and record.held_on in half],
        consents=6,
        objections=0,
    )
    report = SupervisionReport(village=village, first_on=half.first, last_on=half.last, words=WORDS)
    report.publication = Publication.objects.create(
        village=village,
        item=REPORT,
        first_on=half.first,
        last_on=half.last,
        title=str(report),
        body=report_text(work, WORDS),
    )
    report.save()
    return report.publication
