"""Who sits on the committee, what it looked at, and its reports, which go the way of every publication."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.core.periods import HalfYear
from apps.disclosure import services as disclosure
from apps.disclosure.models import Deed, Publication
from apps.organizations.models import Village
from apps.supervision import services
from apps.supervision.models import CommitteeMember, SupervisionRecord
from apps.supervision.queries import committees_of, villages_for, work_of
from tests.supervision.making import HALF, SINCE, a_record, a_report, a_supervisor

SAID = {
    "name": "赵某",
    "position": "chair",
    "since": SINCE,
    "knows_finance": True,
    "declared_by": "乡镇民政办",
    "declared_on": SINCE,
}


def test_nobody_sits_on_it_without_the_declaration(village: Village, clerk: User):
    with pytest.raises(Refused, match="近亲属") as refused:
        services.appoint(village, by=clerk, **{**SAID, "declared_by": " "})
    assert (refused.value.field, refused.value.rule) == ("declared_by", "SUPV-02")

    assert str(services.appoint(village, by=clerk, **SAID)) == "赵某（主任）"


def test_there_is_one_chair_at_a_time(village: Village, clerk: User):
    first = services.appoint(village, by=clerk, **SAID)
    with pytest.raises(Refused, match="只设一名主任"):
        services.appoint(village, by=clerk, **{**SAID, "name": "钱某"})
    services.leave(first, on=datetime.date(2026, 11, 1), by=clerk)
    services.appoint(village, by=clerk, **{**SAID, "name": "钱某"})

    assert [each.name for each in CommitteeMember.objects.current()] == ["钱某"]
    with pytest.raises(InternalError), transaction.atomic():
        CommitteeMember.objects.filter(pk=first.pk).delete()


def test_the_committee_does_not_appoint_itself_and_the_clerk_writes_no_records(
    village: Village, supervisor: User, clerk: User, neighbour: User
):
    for somebody in (supervisor, neighbour):
        with pytest.raises(PermissionDenied):
            services.appoint(village, by=somebody, **SAID)
    with pytest.raises(PermissionDenied):
        services.write_record(village, by=clerk, title="账")

    assert CommitteeMember.objects.count() == 0


def test_what_was_asked_is_put_right_once(village: Village, supervisor: User):
    record = a_record(village, supervisor)
    with pytest.raises(Refused, match="监督以后"):
        services.put_right(record, on=datetime.date(2026, 6, 9), words="补了", by=supervisor)
    services.put_right(record, on=datetime.date(2026, 6, 12), words="补了签字。", by=supervisor)
    with pytest.raises(Refused, match="没有等着整改"):
        services.put_right(record, on=datetime.date(2026, 6, 13), words="又补", by=supervisor)
    with pytest.raises(Refused, match="不能再改"):
        services.rewrite_record(record, version=2, by=supervisor, title="别的")

    assert SupervisionRecord.objects.get().put_right == "补了签字。"


@pytest.mark.parametrize("asked", ["", "补签字"])
def test_a_day_to_put_right_by_needs_something_to_put_right(asked: str, village: Village, supervisor: User):
    said = {"subject": "finance", "title": "账", "held_on": SINCE, "names": "赵某", "findings": "没有"}
    due = {"due_on": SINCE + datetime.timedelta(10), "asked": asked}
    if asked:
        assert services.write_record(village, by=supervisor, **said, **due).is_open is True
    else:
        with pytest.raises(Refused, match="没有要求整改"):
            services.write_record(village, by=supervisor, **said, **due)


def test_the_report_is_written_from_the_records_and_goes_the_whole_way(
    village: Village, supervisor: User, clerk: User, publish
):
    a_supervisor(village, position="chair")
    a_record(village, supervisor)
    a_record(village, supervisor, title="别的半年", held_on=datetime.date(2026, 8, 1))
    report = services.write_report(village, HALF, words="账目基本清楚。", version=0, by=supervisor)
    draft = services.hand_over(report, by=supervisor)

    assert (draft.item, draft.state, draft.title) == ("V21", "draft", "2026年上半年村务监督报告")
    assert draft.body.splitlines() == [
        "一、组成：赵某（主任）。",
        "二、审查村务公开：同意公布 0 次，提出异议 0 次。",
        "三、监督 1 次：民主理财、查账 1 次。",
        "　　2026年6月10日，5 月财务收支和凭证。有一张发票没有经手人签字。",
        "四、要求整改 1 件，已整改 0 件。",
        "　　还没有整改：5 月财务收支和凭证。补签字。",
        "五、监委会的意见：",
        "账目基本清楚。",
    ]
    publish(draft)
    with pytest.raises(Refused, match="已经送审或公布"):
        services.write_report(village, HALF, words="改一改", version=1, by=supervisor)


def test_opinions_on_publications_are_counted(village: Village, supervisor: User, clerk: User):
    day = datetime.date(2026, 11, 1)
    publication = Publication.objects.create(
        village=village, item="V02", first_on=day, last_on=day, title="计划"
    )
    Publication.objects.update(body="全年计划。")
    disclosure.propose(publication, by=clerk)
    disclosure.object_to(publication, note="少一项", by=supervisor)
    disclosure.propose(publication, note="补上了。", by=clerk)
    disclosure.consent(publication, names="赵某", by=supervisor)
    half = HalfYear.of(Deed.objects.latest("id").on)
    report = services.write_report(village, half, words="好。", version=0, by=supervisor)

    with pytest.raises(Refused, match="还没有过完"):
        services.hand_over(report, by=supervisor)
    work = work_of(village, half)
    assert (work.consents, work.objections) == (1, 1)


def test_a_report_that_is_handed_over_again_is_written_anew(village: Village, supervisor: User):
    report = a_report(village)
    first = services.hand_over(report, by=supervisor)
    a_record(village, supervisor)
    again = services.hand_over(report, by=supervisor)

    assert (again.pk, "监督 1 次" in again.body) == (first.pk, True)


def test_a_report_that_is_not_public_is_overdue(village: Village, supervisor: User, publish):
    day = datetime.date(2026, 7, 16)

    def due(on: datetime.date):
        (committee,) = committees_of(villages_for(supervisor), supervisor, on=on)
        return committee.report

    assert (due(datetime.date(2026, 7, 15)).is_overdue, due(day).words) == (False, "逾期 1 天")
    publish(services.hand_over(a_report(village), by=supervisor))
    assert (due(day).is_overdue, due(day).words) == (False, "已公布")


def test_a_village_that_began_later_reports_from_the_next_half_year_on(village: Village, supervisor: User):
    Village.objects.update(since=datetime.date(2026, 7, 1))
    (committee,) = committees_of(villages_for(supervisor), supervisor, on=datetime.date(2026, 8, 1))
    assert (committee.report.is_overdue, committee.report.words) == (False, "不用报告")
