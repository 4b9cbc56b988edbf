"""Writes: who sits on the committee, what it looked at, and its reports; each whole, and on record."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models, transaction

from apps.audit.records import record as tell
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.periods import HalfYear
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.core.workflow import lock_for
from apps.disclosure.models import Publication
from apps.disclosure.services import draft_words, redraft_words
from apps.disclosure.states import OPEN
from apps.organizations.models import Village
from apps.supervision.models import CommitteeMember, SupervisionRecord, SupervisionReport
from apps.supervision.queries import APPOINT, REPORT, WRITE, report_of, work_of
from apps.supervision.wording import report_text


@transaction.atomic
def appoint(village: Village, *, by: Person, **said: Any) -> CommitteeMember:
    """Put somebody on the committee who was elected to it; not without the declaration (SUPV-02).

    `said`: name, position, since, knows_finance, declared_by, declared_on.
    """
    demand(by, APPOINT, village.organization.path)
    if not said["declared_by"].strip():
        sentence = "要有人声明：这个人不是村民委员会成员，也不是他们的近亲属。"
        raise Refused(sentence, field="declared_by", rule="SUPV-02")
    if said["since"] > today():
        raise Refused("任职日期不能晚于今天。", field="since")
    member = CommitteeMember(village=village, **said)
    save_checked(member)
    _tell("supervision.appoint", member, village, by)
    return member


@transaction.atomic
def leave(member: CommitteeMember, *, on: datetime.date, by: Person) -> CommitteeMember:
    """Somebody is no longer on the committee; the row stays."""
    demand(by, APPOINT, member.village.organization.path)
    row = lock_for(member)
    if row.until:
        raise Refused("已经登记离任了。")
    if on > today():
        raise Refused("离任日期不能晚于今天。", field="on")
    row.until = on
    save_checked(row)
    _tell("supervision.leave", row, row.village, by)
    return row


@transaction.atomic
def write_record(village: Village, *, by: Person, **said: Any) -> SupervisionRecord:
    """What the committee looked at, what it found, and what it asked to be put right."""
    demand(by, WRITE, village.organization.path)
    return _kept(SupervisionRecord(village=village, by_id=by.pk), said, by)


@transaction.atomic
def rewrite_record(record: SupervisionRecord, *, version: int, by: Person, **said: Any) -> SupervisionRecord:
    """Change a record until what it asked for was put right."""
    demand(by, WRITE, record.village.organization.path)
    row = lock_for(record)
    if row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    if row.put_right_on:
        raise Refused("已经登记整改，不能再改。")
    row.version += 1
    return _kept(row, said, by)


def _kept(row: SupervisionRecord, said: dict[str, Any], by: Person) -> SupervisionRecord:
    for name, value in said.items():
        setattr(row, name, value)
    if row.held_on > today():
        raise Refused("日期不能晚于今天。", field="held_on")
    save_checked(row)
    _tell("supervision.record", row, row.village, by)
    return row


@transaction.atomic
def put_right(record: SupervisionRecord, *, on: datetime.date, words: str, by: Person) -> SupervisionRecord:
    """The committee has seen that it was put right, and how."""
    demand(by, WRITE, record.village.organization.path)
    row = lock_for(record)
    if not row.is_open:
        raise Refused("这一条没有等着整改的。")
    if not row.held_on <= on <= today():
        raise Refused("整改日期要在监督以后，不晚于今天。", field="on")
    row.put_right, row.put_right_on = words.strip(), on
    row.version += 1
    save_checked(row)
    _tell("supervision.put_right", row, row.village, by)
    return row


@transaction.atomic
def write_report(
    village: Village, half: HalfYear, *, words: str, version: int, by: Person
) -> SupervisionReport:
    """The committee's own words for the report of half a year; `version` 0 begins it (SUPV-05)."""
    demand(by, WRITE, village.organization.path)
    if half.first > today():
        raise Refused("这半年还没有开始。")
    report = report_of(village, half) or SupervisionReport(
        village=village, first_on=half.first, last_on=half.last, version=0
    )
    if report.version != version:
        raise Refused(CHANGED_MEANWHILE)
    _refuse_on_its_way(report)
    report.words, report.version = words.strip(), version + 1
    save_checked(report)
    _tell("supervision.report", report, village, by)
    return report


@transaction.atomic
def hand_over(report: SupervisionReport, *, by: Person) -> Publication:
    """Give the report to the village as a draft of item V21, with the figures as they are now."""
    demand(by, WRITE, report.village.organization.path)
    row = lock_for(report)
    if today() <= row.last_on:
        raise Refused("这半年还没有过完，过完再交。")
    _refuse_on_its_way(row)
    body = report_text(work_of(row.village, row.half), row.words)
    draft = _draft(row, body, by)
    if draft.pk != row.publication_id:
        row.publication = draft
        save_checked(row)
    _tell("supervision.hand_over", row, row.village, by)
    return draft


def _draft(row: SupervisionReport, body: str, by: Person) -> Publication:
    if row.publication and row.publication.state in OPEN:
        return redraft_words(row.publication, title=str(row), body=body, by=by)
    first_on, last_on = row.first_on, row.last_on
    return draft_words(
        row.village, item=REPORT, first_on=first_on, last_on=last_on, title=str(row), body=body, by=by
    )


def _refuse_on_its_way(report: SupervisionReport) -> None:
    if not report.is_open:
        raise Refused("报告已经送审或公布。已公布的要改，请在那一件上更正。")


def _tell(deed: str, row: models.Model, village: Village, by: Person) -> None:
    tell(deed, by=by, on=row, organization_path=village.organization.path)
