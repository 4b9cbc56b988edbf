"""Who may read the trail, and what it says."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.context import acting_as
from apps.audit.queries import Wanted, timeline_for, timeline_of
from apps.audit.records import record
from apps.audit.values import Change
from apps.core.calendar import today
from apps.members.models import Member
from tests.factories import AttendanceFactory, GrantFactory, MeetingFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def township_auditor(county):
    return GrantFactory(user=UserFactory(name="镇审计员"), role="auditor", organization=county.township).user


class TestWhatItSays:
    def test_who_when_from_where_and_what_it_was_before(self, county, auditor, township_officer):
        member = MemberFactory(branch=county.branch, name="张伟", education="college")
        with acting_as(township_officer):
            Member.objects.filter(pk=member.pk).update(
                education="bachelor", branch=county.second_branch, is_mobile=True
            )

        entry = timeline_for(auditor, Wanted(what="members.member", action="update")).entries[0]

        assert (entry.who, entry.action, entry.what, entry.name) == ("河口镇刘洋", "修改", "党员", "张伟")
        assert [(change.field, change.before, change.after) for change in entry.changes] == [
            (
                "学历",
                Member(education="college").get_education_display(),
                Member(education="bachelor").get_education_display(),
            ),
            ("所在党支部", "河口镇东湾村党支部", "河口镇西湾村党支部"),
            ("流动党员", "否", "是"),
        ]

    def test_a_change_of_protected_values_only_is_said_without_them(self, county, auditor):
        member = MemberFactory(branch=county.branch)
        Member.objects.filter(pk=member.pk).update(version=2)

        entry = timeline_for(auditor, Wanted(what="members.member", action="update")).entries[0]

        assert entry.changes == ()
        assert entry.note == "只动了受保护的或系统自己算的内容，不在这里显示。"

    def test_what_was_deleted_is_shown_as_it_was(self, county, auditor):
        attendance = AttendanceFactory(
            meeting=MeetingFactory(organization=county.branch),
            member=MemberFactory(branch=county.branch, name="李芳"),
        )
        attendance.delete()

        entry = timeline_for(auditor, Wanted(what="meetings.attendance", action="delete")).entries[0]

        assert (entry.name, entry.changes[-3:]) == (
            "李芳 到会",
            (Change("到会", "到会", ""), Change("来晚了", "否", ""), Change("有表决权", "是", "")),
        )

    def test_many_rows_of_one_transaction_are_one_entry_that_opens(self, signed_in, county, auditor):
        Member.objects.bulk_create(
            [MemberFactory.build(branch=county.branch, number=number) for number in range(3)]
        )

        entry = timeline_for(auditor, Wanted(what="members.member")).entries[0]
        singly = timeline_for(auditor, Wanted(what="members.member", at=entry.at))

        assert (entry.count, entry.changes) == (3, ())
        assert [each.count for each in singly.entries] == [1, 1, 1]
        page = signed_in(auditor).get("/audit/", {"what": "members.member", "at": entry.at_exactly})
        assert len(page.context["timeline"].entries) == 3

    def test_deeds_with_their_reason_and_whether_they_succeeded(self, county, auditor, township_officer):
        member = MemberFactory(branch=county.branch, name="张伟")
        record(
            "accounts.sign_in", by=township_officer, succeeded=False, organization_path=county.township.path
        )
        record(
            "accounts.unlock",
            by=township_officer,
            on=member,
            reason="核对材料",
            organization_path=county.branch.path,
        )

        second, first = timeline_for(auditor, Wanted(what="audit.deed")).entries

        assert (first.action, first.succeeded, first.who) == ("登录", False, "河口镇刘洋")
        assert (second.action, second.reason, second.what, second.name) == (
            "解锁",
            "核对材料",
            "党员",
            "张伟",
        )

    def test_newest_first_across_all_sources(self, county, auditor, township_officer):
        days = [entry.at for entry in timeline_for(auditor, Wanted()).entries]

        assert days == sorted(days, reverse=True)
        assert len(days) > 3


class TestScope:
    def test_a_township_s_auditor_reads_the_township(self, county, township_auditor):
        ours = MemberFactory(branch=county.branch, name="张伟")
        theirs = MemberFactory(branch=county.other_branch, name="李芳")

        for wanted in (Wanted(what="members.member"), Wanted()):
            names = [entry.name for entry in timeline_for(township_auditor, wanted).entries]
            assert ours.name in names
            assert theirs.name not in names

    def test_accounts_and_deeds_too(self, county, township_auditor, township_officer, neighbour):
        for user, organization in ((township_officer, county.township), (neighbour, county.other_township)):
            record("accounts.sign_in", by=user, on=user, organization_path=organization.path)

        together = timeline_for(township_auditor, Wanted(what="accounts.user")).entries[0]
        users = timeline_for(township_auditor, Wanted(what="accounts.user", at=together.at)).entries
        deeds = timeline_for(township_auditor, Wanted(what="audit.deed")).entries

        assert {entry.name for entry in users} == {"镇审计员", "河口镇刘洋"}
        assert [entry.who for entry in deeds] == ["河口镇刘洋"]

    def test_the_life_of_another_township_s_object_is_not_found(
        self, signed_in, county, township_auditor, auditor
    ):
        theirs = MemberFactory(branch=county.other_branch)

        assert signed_in(township_auditor).get(f"/audit/members.member/{theirs.pk}/").status_code == 404
        assert signed_in(auditor).get(f"/audit/members.member/{theirs.pk}/").context["name"] == theirs.name

    @pytest.mark.parametrize(
        "who", ["county_officer", "township_officer", "branch_secretary", "supervisor", "neighbour"]
    )
    def test_whoever_may_not_audit_is_kept_out(self, who, signed_in, request):
        client = signed_in(request.getfixturevalue(who))

        assert client.get("/audit/").status_code == 403
        assert client.get("/audit/members.member/1/").status_code == 403

    def test_unknown_objects_are_not_found(self, signed_in, auditor):
        client = signed_in(auditor)

        assert client.get("/audit/members.member/999999/").status_code == 404
        assert client.get("/audit/auth.permission/1/").status_code == 404


class TestLookingFor:
    def test_a_person_an_action_a_day(self, county, auditor, township_officer, neighbour):
        now = datetime.datetime.now(tz=datetime.UTC)
        with acting_as(township_officer):
            MemberFactory(branch=county.branch)
        with acting_as(neighbour):
            MemberFactory(branch=county.other_branch)

        def found(**wanted: Any) -> list[tuple[str, str]]:
            return [(entry.action, entry.what) for entry in timeline_for(auditor, Wanted(**wanted)).entries]

        assert sorted(found(who="刘洋")) == [("新增", "党员"), ("新增", "党员增减")]
        assert found(who="刘洋", action="delete") == []
        assert found(who="刘洋", until=now - datetime.timedelta(days=1)) == []
        assert found(who="刘洋", what="members.member", since=now - datetime.timedelta(days=1)) == [
            ("新增", "党员")
        ]

    def test_the_page_shows_thirty_days_at_first_and_says_what_it_does_not_understand(
        self, signed_in, auditor
    ):
        client = signed_in(auditor)

        assert client.get("/audit/").context["form"].data["since"] == str(
            today() - datetime.timedelta(days=30)
        )
        wrong = client.get("/audit/?since=gestern")
        assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["since"])

    def test_pages(self, signed_in, auditor, township_officer, county):
        for _ in range(51):
            record("accounts.sign_out", by=township_officer, organization_path=county.township.path)
        client = signed_in(auditor)

        first = client.get("/audit/?what=audit.deed")
        second = client.get("/audit/?what=audit.deed&page=2")

        assert (len(first.context["timeline"].entries), first.context["next_page"]) == (50, 2)
        assert (len(second.context["timeline"].entries), second.context["next_page"]) == (1, 0)


class TestOneObject:
    def test_its_life_its_parts_and_what_was_done_to_it(self, county, auditor, township_officer):
        member = MemberFactory(branch=county.branch, name="张伟")
        Member.objects.filter(pk=member.pk).update(name="张玮")
        record("accounts.unlock", by=township_officer, on=member, organization_path=county.branch.path)
        MemberFactory(branch=county.branch)

        life = timeline_of(auditor, "members.member", member.pk)

        assert {(entry.action, entry.what) for entry in life.entries} == {
            ("解锁", "党员"),
            ("修改", "党员"),
            ("新增", "党员"),
            ("新增", "党员增减"),
        }
        assert {entry.name for entry in life.entries if entry.what == "党员"} == {"张伟", "张玮"}


def test_as_many_queries_for_three_rows_as_for_one(signed_in, county, auditor):
    client = signed_in(auditor)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    addresses = ("/audit/?what=members.member", "/audit/")
    with acting_as(auditor):
        member = MemberFactory(branch=county.branch)
    queries("/audit/")
    one = [queries(address) for address in addresses]
    with acting_as(auditor):
        MemberFactory(branch=county.other_branch)
        Member.objects.filter(pk=member.pk).update(name="张玮")

    assert [queries(address) for address in addresses] == [one[0] + 1, one[1] + 1], (
        "one more: what the row was before"
    )


def test_the_pages_of_a_member_a_meeting_and_an_organization_lead_there(
    signed_in, county, auditor, township_officer
):
    rows = {
        "members": MemberFactory(branch=county.branch),
        "meetings": MeetingFactory(organization=county.branch),
        "organizations": county.branch,
    }

    for app, row in rows.items():
        link = f'href="/audit/{row._meta.label_lower}/{row.pk}/"'
        assert link in signed_in(auditor).get(f"/{app}/{row.pk}/").content.decode()
        assert link not in signed_in(township_officer).get(f"/{app}/{row.pk}/").content.decode()
