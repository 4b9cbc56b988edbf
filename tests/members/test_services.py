"""What can be done to the roster, and what is refused."""

import datetime

import pytest

from apps.audit.models import Deed
from apps.core.crypto import digest
from apps.core.errors import Refused
from apps.members import queries, services
from apps.members.models import Member, MembershipEvent
from tests.factories import MemberFactory, OrganizationFactory, PartyGroupFactory, invented_id_number

TODAY = datetime.date(2026, 11, 22)
VALUES = {
    "name": "单 小红",
    "id_number": invented_id_number(77, born_on=datetime.date(1995, 2, 3), male=False),
    "ethnic_group": "01",
    "education": "bachelor",
    "occupation": "farmer",
    "category": "full",
    "joined_on": datetime.date(2018, 6, 1),
    "full_on": datetime.date(2019, 6, 1),
    "phone": "13900007777",
}


@pytest.fixture
def member(county):
    return MemberFactory(name="张伟", branch=county.branch)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.sentence, refused.value.field


def test_a_new_member_is_found_by_all_that_follows_from_name_and_number(county, county_officer):
    member, notes = services.add_member(county.branch, on=TODAY, by=county_officer, **VALUES)
    member.refresh_from_db()
    assert notes == []
    assert (member.name, member.pinyin, member.initials) == ("单小红", "shanxiaohong", "sxh")
    assert (member.sex, member.born_on) == ("female", datetime.date(1995, 2, 3))
    assert member.id_number.reveal() == VALUES["id_number"]
    assert bytes(member.id_digest) == digest(VALUES["id_number"])
    assert member.phone_masked == "139****7777"
    event = member.events.get()
    assert (event.on, event.cause, event.from_branch, event.to_branch) == (
        TODAY, "transferred_in", None, county.branch,
    )  # fmt: skip


def test_a_new_probationary_member_was_admitted(county, county_officer):
    values = VALUES | {"category": "probationary", "joined_on": datetime.date(2026, 6, 1), "full_on": None}
    member, _ = services.add_member(county.branch, on=TODAY, by=county_officer, **values)
    assert member.events.get().cause == "admitted"


def test_what_the_rules_block_is_refused_at_its_field(county, county_officer):
    values = VALUES | {"full_on": None}
    assert refusal(services.add_member, county.branch, on=TODAY, by=county_officer, **values) == (
        "正式党员没有填转正日期。请补上。", "full_on",
    )  # fmt: skip
    assert Member.objects.count() == 0


def test_what_the_rules_only_note_is_saved_and_said(county, county_officer):
    _, notes = services.add_member(
        county.branch, on=TODAY, by=county_officer, **VALUES | {"phone": "1390000"}
    )
    assert [note.code for note in notes] == ["phone_malformed"]


def test_nobody_is_on_two_rosters(county, county_officer, neighbour):
    services.add_member(county.branch, on=TODAY, by=county_officer, **VALUES)
    sentence = "这个身份证号现在在{}的名册里。不会变成两个人：请办组织关系转接。"
    assert refusal(services.add_member, county.other_branch, on=TODAY, by=county_officer, **VALUES) == (
        sentence.format("“河口镇东湾村党支部”"), "id_number",
    )  # fmt: skip
    assert refusal(services.add_member, county.other_branch, on=TODAY, by=neighbour, **VALUES) == (
        sentence.format("本县另一个支部"), "id_number",
    )  # fmt: skip


def test_who_comes_back_is_the_same_person(county, county_officer):
    member, _ = services.add_member(county.branch, on=datetime.date(2020, 1, 1), by=county_officer, **VALUES)
    services.change_membership(member, "transfer-out", on=datetime.date(2021, 1, 1), by=county_officer)
    again, _ = services.add_member(county.other_branch, on=TODAY, by=county_officer, **VALUES)
    assert again.pk == member.pk
    assert list(again.events.values_list("cause", flat=True)) == [
        "transferred_in", "transferred_out", "transferred_in",
    ]  # fmt: skip
    assert (again.branch, again.status) == (county.other_branch, "active")


@pytest.mark.parametrize(("action", "stays"), [("transfer-out", True), ("end", False), ("suspend", True)])
def test_probation_within_the_party_ends_with_the_membership(member, county_officer, action, stays):
    services.edit_member(member, version=1, by=county_officer, on_probation_within_party=True)
    services.change_membership(member, action, on=TODAY, by=county_officer)
    assert Member.objects.get(pk=member.pk).on_probation_within_party is stays


@pytest.mark.parametrize(
    ("status", "again", "stays"),
    [
        ("transferred_out", {}, True),
        ("ended", {}, False),
        (
            "transferred_out",
            {"category": "probationary", "joined_on": datetime.date(2026, 6, 1), "full_on": None},
            False,
        ),
    ],
)
def test_who_comes_back_is_on_probation_only_after_a_transfer(county, county_officer, status, again, stays):
    member, _ = services.add_member(county.branch, on=datetime.date(2020, 1, 1), by=county_officer, **VALUES)
    Member.objects.filter(pk=member.pk).update(status=status, on_probation_within_party=True)
    back, _ = services.add_member(county.branch, on=TODAY, by=county_officer, **VALUES | again)
    assert Member.objects.get(pk=back.pk).on_probation_within_party is stays


def test_who_died_does_not_come_back(county, county_officer):
    member, _ = services.add_member(county.branch, on=datetime.date(2020, 1, 1), by=county_officer, **VALUES)
    services.change_membership(member, "decease", on=datetime.date(2021, 1, 1), by=county_officer)
    sentence, field = refusal(services.add_member, county.branch, on=TODAY, by=county_officer, **VALUES)
    assert (sentence, field) == ("名册里记着这个身份证号的人已经去世。请核对号码。", "id_number")


def test_members_belong_to_branches_that_take_them(county, county_officer):
    temporary = OrganizationFactory(parent=county.township, name="防汛临时党支部", kind="temporary_branch")
    for organization, sentence in [
        (county.township, "“河口镇党委”不是党支部，党员要编入党支部（MEM-04）。"),
        (temporary, "临时党支部不转接组织关系（ORG-06）。"),
    ]:
        assert refusal(services.add_member, organization, on=TODAY, by=county_officer, **VALUES) == (
            sentence, "branch",
        )  # fmt: skip


def test_a_correction_keeps_what_was_not_touched(county, member, county_officer):
    number, phone = member.id_number, member.phone
    services.edit_member(member, version=1, by=county_officer, name="张伟民", address="东湾村二组")
    member = Member.objects.get(pk=member.pk)
    assert (member.name, member.pinyin, member.address, member.version) == (
        "张伟民", "zhangweimin", "东湾村二组", 2,
    )  # fmt: skip
    assert (member.id_number.reveal(), member.phone.reveal()) == (number, phone)


def test_the_second_of_two_people_who_correct_one_member_is_told(county, member, county_officer):
    services.edit_member(member, version=1, by=county_officer, address="东湾村二组")
    sentence, _ = refusal(services.edit_member, member, version=1, by=county_officer, address="东湾村三组")
    assert sentence == "刚才已经有别的改动，这次没有保存。请刷新页面，看过新的内容再改。"
    assert Member.objects.get(pk=member.pk).address == "东湾村二组"


def test_a_corrected_number_corrects_sex_and_birth(county, member, county_officer):
    number = invented_id_number(9, born_on=datetime.date(1981, 1, 1), male=False)
    services.edit_member(member, version=1, by=county_officer, id_number=number)
    member = Member.objects.get(pk=member.pk)
    assert (member.born_on, member.sex) == (datetime.date(1981, 1, 1), "female")
    assert refusal(services.edit_member, member, version=2, by=county_officer, id_number="990") == (
        "身份证号应为 18 位，这里是 3 位。", "id_number",
    )  # fmt: skip


def test_a_date_that_is_typed_anew_is_known_to_the_day(county, county_officer):
    member = MemberFactory(branch=county.branch, joined_precision="month", full_precision="month")
    services.edit_member(
        member, version=1, by=county_officer, joined_on=member.joined_on, full_on=datetime.date(2011, 7, 2)
    )
    stored = Member.objects.get(pk=member.pk)
    assert (stored.joined_precision, stored.full_precision) == ("month", "day")


@pytest.mark.parametrize(
    ("action", "status", "event"),
    [
        ("transfer-out", "transferred_out", ("transferred_out", "branch", None)),
        ("suspend", "suspended", ("suspended", "branch", None)),
        ("end", "ended", ("ended", "branch", None)),
        ("decease", "deceased", ("deceased", "branch", None)),
    ],
)
def test_leaving_the_roster(county, member, county_officer, action, status, event):
    services.change_membership(member, action, on=TODAY, by=county_officer, note="说明")
    member.refresh_from_db()
    last = member.events.last()
    places = {None: None, "branch": county.branch}
    assert member.status == status
    assert (last.cause, last.from_branch, last.to_branch) == (event[0], places[event[1]], places[event[2]])
    assert (last.on, last.note) == (TODAY, "说明")


def test_a_move_takes_nobody_into_the_old_branch_s_group(county, county_officer):
    group = PartyGroupFactory(branch=county.branch)
    member = MemberFactory(branch=county.branch, group=group)
    services.change_membership(member, "move", on=TODAY, by=county_officer, to=county.second_branch)
    member.refresh_from_db()
    assert (member.branch, member.group, member.version) == (county.second_branch, None, 2)
    assert member.events.last().from_branch == county.branch


def test_suspended_and_restored(county, member, county_officer):
    services.change_membership(member, "suspend", on=datetime.date(2024, 1, 1), by=county_officer)
    assert queries.headcount([""], on=TODAY) == {}
    services.change_membership(member, "restore", on=TODAY, by=county_officer)
    assert queries.headcount([""], on=TODAY)[county.branch.pk].total == 1


def test_what_cannot_happen_to_somebody_in_that_state(county, member, county_officer):
    assert refusal(services.change_membership, member, "restore", on=TODAY, by=county_officer) == (
        "现在不能办“恢复党籍”：张伟的党籍状态是“正常”。请刷新页面再看。", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (datetime.date(2026, 11, 23), "日期还没有到。"),
        (datetime.date(2010, 5, 31), "日期早于入党日期。"),
        (datetime.date(2024, 4, 30), "日期早于上一次变动（2024年5月1日）。"),
    ],
)
def test_changes_come_in_their_order(county, member, county_officer, day, sentence):
    services.change_membership(
        member, "move", on=datetime.date(2024, 5, 1), by=county_officer, to=county.second_branch
    )
    assert refusal(services.change_membership, member, "decease", on=day, by=county_officer) == (
        sentence, "on",
    )  # fmt: skip


def test_a_move_needs_another_branch(county, member, county_officer):
    for to, sentence in [
        (None, "请选择党支部。"),
        (county.branch, "张伟现在就在“河口镇东湾村党支部”。"),
        (county.township, "“河口镇党委”不是党支部，党员要编入党支部（MEM-04）。"),
    ]:
        assert refusal(
            services.change_membership, member, "move", on=TODAY, by=county_officer, to=to
        ) == (sentence, "to")  # fmt: skip
    assert MembershipEvent.objects.count() == 1


def test_a_number_is_shown_only_after_the_reason_is_on_record(county, member, county_officer):
    assert services.reveal(member, "phone", reason="联系本人", by=county_officer) == member.phone
    deed = Deed.objects.get(action="members.reveal")
    assert (deed.user_name, deed.object_label, deed.reason, deed.detail, deed.organization_path) == (
        "县组织部陈静", "张伟", "联系本人", {"field": "phone"}, "88/8801/8801001/",
    )  # fmt: skip


def test_no_reason_no_number(county, member, county_officer):
    assert refusal(services.reveal, member, "id_number", reason=" ", by=county_officer) == (
        "请写明为什么要看。", "reason",
    )  # fmt: skip
    assert Deed.objects.count() == 0


def test_members_are_put_into_groups_and_stay_when_a_group_is_closed(county, county_officer):
    first, second = PartyGroupFactory.create_batch(2, branch=county.branch)
    one, other = MemberFactory.create_batch(2, branch=county.branch)
    stranger = MemberFactory(branch=county.second_branch)
    choice = {one.pk: first.pk, other.pk: None, stranger.pk: first.pk}
    assert services.assign_groups(county.branch, choice, by=county_officer) == 1
    assert list(Member.objects.order_by("pk").values_list("group", flat=True)) == [first.pk, None, None]
    services.close_group(first, on=TODAY, by=county_officer)
    one.refresh_from_db()
    assert (one.group, one.branch) == (None, county.branch)
    assert refusal(services.assign_groups, county.branch, {one.pk: first.pk}, by=county_officer) == (
        "党小组已经变了。请刷新页面再选。", None,
    )  # fmt: skip
    assert services.assign_groups(county.branch, {one.pk: second.pk}, by=county_officer) == 1
