"""What people see of the roster, and what they may do there."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.audit.models import Deed
from apps.core.crypto import digest
from apps.members.models import Member, Seat
from apps.organizations.models import PartyGroup
from tests.factories import (
    MemberFactory,
    PartyGroupFactory,
    SeatFactory,
    TermFactory,
    invented_id_number,
)

LIST = "/members/"
NUMBER = invented_id_number(4711, born_on=datetime.date(1980, 5, 1))


def address(name, row, *args):
    return reverse(f"members:{name}", args=[row.pk, *args])


@pytest.fixture
def member(county):
    return MemberFactory(
        name="单小红",
        pinyin="shanxiaohong",
        initials="sxh",
        name_grams=["单", "小", "红", "单小", "小红"],
        id_number=NUMBER,
        id_digest=digest(NUMBER),
        phone="13912345678",
        phone_digest=digest("13912345678"),
        branch=county.branch,
    )


@pytest.fixture
def elsewhere(county):
    return MemberFactory(name="马文", branch=county.other_branch)


def names(response):
    return [row.name for row, _ in response.context["rows"]]


def number_of(sealed):
    """The whole number behind a protected value."""
    assert sealed is not None
    return sealed.reveal()


def text_of(response):
    return response.content.decode()


def test_the_roster_shows_each_their_own(
    county,
    member,
    elsewhere,
    signed_in,
    county_officer,
    township_officer,
    neighbour,
    branch_secretary,
    auditor,
):
    for user, expected in [
        (county_officer, ["单小红", "马文"]),
        (auditor, ["单小红", "马文"]),
        (township_officer, ["单小红"]),
        (branch_secretary, ["单小红"]),
        (neighbour, ["马文"]),
    ]:
        assert names(signed_in(user).get(LIST)) == expected


def test_a_supervisor_has_no_roster(county, member, signed_in, supervisor):
    assert signed_in(supervisor).get(LIST).status_code == 403
    assert signed_in(supervisor).get(address("detail", member)).status_code == 404


def test_nobody_without_login_sees_anybody(member, villager):
    assert villager.get(LIST).url == f"/login/?next={LIST}"


@pytest.mark.parametrize(
    "text",
    [
        "单小红",
        "小红",
        "红",
        "单",
        " 单 小红 ",
        "shan",
        "ShanXiao",
        "sxh",
        "sx",
        NUMBER,
        NUMBER.lower(),
        "13912345678",
        "139 1234 5678",
    ],
)
def test_somebody_is_found_by(member, elsewhere, signed_in, county_officer, text):
    assert names(signed_in(county_officer).get(LIST, {"q": text})) == ["单小红"]


@pytest.mark.parametrize("text", ["小单", "单红", "xiao", "xh", "1391234567", NUMBER[:17], "139123456789"])
def test_nobody_is_found_by(member, elsewhere, signed_in, county_officer, text):
    assert names(signed_in(county_officer).get(LIST, {"q": text})) == []


def test_conditions(county, signed_in, township_officer):
    MemberFactory(name="甲", branch=county.branch, is_mobile=True, mobile_destination="上海市")
    MemberFactory(
        name="乙",
        branch=county.branch,
        is_out_of_contact=True,
        out_of_contact_since=datetime.date(2026, 1, 1),
    )
    MemberFactory(name="丙", branch=county.second_branch, probationary=True, sex="female")
    MemberFactory(name="丁", branch=county.second_branch, status="suspended")
    MemberFactory(name="戊", branch=county.second_branch, status="transferred_out")
    client = signed_in(township_officer)
    for query, expected in [
        ({}, {"甲", "乙", "丙", "丁"}),
        ({"mobile": "yes"}, {"甲"}),
        ({"mobile": "no"}, {"乙", "丙", "丁"}),
        ({"out_of_contact": "yes"}, {"乙"}),
        ({"category": "probationary"}, {"丙"}),
        ({"sex": "female"}, {"丙"}),
        ({"status": "active"}, {"甲", "乙", "丙"}),
        ({"status": "suspended"}, {"丁"}),
        ({"status": "transferred_out"}, {"戊"}),
        ({"status": "all"}, {"甲", "乙", "丙", "丁", "戊"}),
        ({"under": county.branch.pk}, {"甲", "乙"}),
        ({"under": county.township.pk, "category": "full"}, {"甲", "乙", "丁"}),
    ]:
        assert set(names(client.get(LIST, query))) == expected, query


def test_another_township_is_no_condition(county, member, elsewhere, signed_in, township_officer):
    response = signed_in(township_officer).get(LIST, {"under": county.other_township.pk})
    assert "马文" not in text_of(response)


def test_the_list_shows_no_number(member, signed_in, county_officer):
    text = text_of(signed_in(county_officer).get(LIST))
    assert "139****5678" in text
    assert "13912345678" not in text
    assert NUMBER not in text


def test_the_list_in_order(county, signed_in, county_officer):
    for name, joined in [("甲", 2001), ("乙", 1999), ("丙", 2005)]:
        MemberFactory(name=name, branch=county.branch, joined_on=datetime.date(joined, 6, 1))
    client = signed_in(county_officer)
    assert names(client.get(LIST, {"order": "joined"})) == ["乙", "甲", "丙"]
    assert names(client.get(LIST, {"order": "-joined"})) == ["丙", "甲", "乙"]


@pytest.mark.parametrize("query", [{}, {"q": "张"}, {"order": "name"}])
def test_the_list_asks_as_much_for_one_row_as_for_three(county, signed_in, neighbour, query):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(LIST, query)
        return len(captured), len(names(response))

    client = signed_in(neighbour)
    client.get(LIST)
    MemberFactory(name="张一", branch=county.other_branch)
    one, rows = asked()
    assert rows == 1
    group = PartyGroupFactory(branch=county.other_branch)
    for name in ("张二", "张三"):
        MemberFactory(name=name, branch=county.other_branch, group=group)
    assert asked() == (one, 3)


def test_a_secretary_sees_the_roster_on_the_phone(county, member, signed_in, branch_secretary):
    response = signed_in(branch_secretary).get(LIST)
    assert "branch.html" in [template.name for template in response.templates]
    assert "导入花名册" not in text_of(response)
    assert "<table" not in text_of(response)


def test_a_member_s_page(county, member, signed_in, branch_secretary):
    term = TermFactory(organization=county.branch)
    SeatFactory(term=term, member=member, position="1_secretary")
    response = signed_in(branch_secretary).get(address("detail", member))
    text = text_of(response)
    assert response.context["party_age"] == 15
    assert response.context["age"] == 46
    assert f"{NUMBER[:4]}********{NUMBER[-4:]}" in text
    assert NUMBER not in text
    assert "13912345678" not in text
    assert "修改资料" not in text
    assert [event.cause for event in response.context["events"]] == ["opening"]
    assert [seat.position for seat in response.context["seats"]] == ["1_secretary"]


def test_only_who_may_see_the_audit_trail_is_led_to_it(member, signed_in, auditor, county_officer):
    trail = reverse("audit:object", args=["members.member", member.pk])
    assert trail in text_of(signed_in(auditor).get(address("detail", member)))
    assert trail not in text_of(signed_in(county_officer).get(address("detail", member)))


PAGES = [("detail",), ("edit",), ("reveal",), ("change", "move"), ("change", "decease")]


@pytest.mark.parametrize("page", PAGES)
def test_the_neighbour_finds_nobody(member, signed_in, neighbour, page):
    name, *args = page
    assert signed_in(neighbour).get(address(name, member, *args)).status_code == 404
    assert signed_in(neighbour).post(address(name, member, *args)).status_code in (404, 405)
    assert Deed.objects.filter(action__startswith="members.").count() == 0


def test_the_neighbour_finds_no_branch_s_pages(county, signed_in, neighbour):
    seat = SeatFactory(
        term=TermFactory(organization=county.branch), member=MemberFactory(branch=county.branch)
    )
    group = PartyGroupFactory(branch=county.branch)
    client = signed_in(neighbour)
    for name in ("new", "groups", "committee"):
        assert client.get(address(name, county.branch)).status_code == 404
    for path in (
        address("new_group", county.branch),
        address("unseat", seat),
        address("rename_group", group),
        address("close_group", group),
    ):
        assert client.post(path).status_code == 404


@pytest.mark.parametrize("page", [page for page in PAGES if page[0] in ("edit", "change")])
def test_a_secretary_and_an_auditor_change_nobody(member, signed_in, branch_secretary, auditor, page):
    name, *args = page
    for user in (branch_secretary, auditor):
        assert signed_in(user).get(address(name, member, *args)).status_code == 403
        assert signed_in(user).post(address(name, member, *args)).status_code == 403


def test_a_secretary_and_an_auditor_change_no_branch(county, signed_in, branch_secretary, auditor):
    seat = SeatFactory(
        term=TermFactory(organization=county.branch), member=MemberFactory(branch=county.branch)
    )
    group = PartyGroupFactory(branch=county.branch)
    for user in (branch_secretary, auditor):
        client = signed_in(user)
        for name in ("new", "groups", "committee"):
            assert client.get(address(name, county.branch)).status_code == 403
            assert client.post(address(name, county.branch)).status_code == 403
        for path in (address("unseat", seat), address("rename_group", group), address("close_group", group)):
            assert client.post(path).status_code == 403


def test_a_number_is_shown_once_after_the_reason_is_on_record(member, signed_in, branch_secretary):
    client = signed_in(branch_secretary)
    asked = client.get(address("reveal", member))
    assert "13912345678" not in text_of(asked)
    assert Deed.objects.filter(action="members.reveal").count() == 0
    shown = client.post(
        address("reveal", member), {"field": "phone", "why": "联系本人", "detail": "通知开会"}
    )
    assert "13912345678" in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    deed = Deed.objects.get(action="members.reveal")
    assert (deed.user_name, deed.reason, deed.detail) == (
        "东湾村书记李长福",
        "联系本人：通知开会",
        {"field": "phone"},
    )


@pytest.mark.parametrize(
    "given",
    [
        {"field": "phone"},
        {"field": "phone", "why": "其他"},
        {"field": "phone", "why": "看看"},
        {"field": "name", "why": "联系本人"},
    ],
)
def test_without_a_proper_reason_nothing_is_shown(member, signed_in, branch_secretary, given):
    answer = signed_in(branch_secretary).post(address("reveal", member), given)
    assert answer.status_code == 422
    assert "13912345678" not in text_of(answer)
    assert Deed.objects.filter(action="members.reveal").count() == 0


def test_an_auditor_reveals_nothing(member, signed_in, auditor):
    given = {"field": "phone", "why": "上级核查"}
    assert signed_in(auditor).post(address("reveal", member), given).status_code == 403


GIVEN = {
    "name": "周玉梅",
    "id_number": invented_id_number(99, born_on=datetime.date(1990, 1, 2), male=False),
    "phone": "139 0000 0099",
    "ethnic_group": "01",
    "education": "high",
    "occupation": "farmer",
    "category": "full",
    "joined_on": "2015-06-01",
    "full_on": "2016-06-01",
    "on": "2026-11-20",
}


def test_a_new_member(county, signed_in, township_officer):
    answer = signed_in(township_officer).post(address("new", county.branch), GIVEN)
    member = Member.objects.get()
    assert answer.url == address("detail", member)
    assert (member.name, member.sex, member.born_on, number_of(member.phone)) == (
        "周玉梅",
        "female",
        datetime.date(1990, 1, 2),
        "13900000099",
    )
    assert member.events.get().on == datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"id_number": "990"}, {"id_number": ["身份证号应为 18 位，这里是 3 位。"]}),
        ({"full_on": ""}, {"full_on": ["正式党员没有填转正日期。请补上。"]}),
        (
            {"category": "probationary"},
            {
                "full_on": [
                    "预备党员不应有转正日期。已经转正的，人员类别改为正式党员；没有转正的，去掉转正日期。"
                ]
            },
        ),
        (
            {"joined_on": "2007-01-01", "full_on": "2008-01-01"},
            {
                "joined_on": [
                    "入党日期2007年1月1日时不满 18 周岁（1990年1月2日出生）。请核对入党日期和出生日期。"
                ]
            },
        ),
        ({"is_mobile": "on"}, {"mobile_destination": ["流动党员没有填外出流向。请补上。"]}),
        ({"is_out_of_contact": "on"}, {"out_of_contact_since": ["失联党员没有填失联日期。请补上。"]}),
        ({"on": "2026-11-23"}, {"on": ["日期还没有到。"]}),
        ({"on": "2015-05-31"}, {"on": ["日期早于入党日期。"]}),
    ],
)
def test_what_is_wrong_with_a_new_member(county, signed_in, township_officer, change, errors):
    answer = signed_in(township_officer).post(address("new", county.branch), GIVEN | change)
    assert answer.status_code == 422
    assert answer.context["form"].errors == errors
    assert Member.objects.count() == 0


def test_choosing_nothing_has_words(county, signed_in, township_officer):
    fields = signed_in(township_officer).get(address("new", county.branch)).context["form"].fields
    assert [fields[name].choices[0] for name in ("ethnic_group", "category", "education", "occupation")] == [
        ("", "请选择"), ("", "请选择"), ("", "没有登记"), ("", "没有登记"),
    ]  # fmt: skip


def edited(client, member, **changes):
    form = client.get(address("edit", member)).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    return client.post(address("edit", member), {**given, **changes})


def test_editing_leaves_numbers_alone_until_new_ones_are_typed(member, signed_in, township_officer):
    client = signed_in(township_officer)
    assert edited(client, member, address="东湾村二组").url == address("detail", member)
    stored = Member.objects.get(pk=member.pk)
    assert (stored.address, number_of(stored.id_number), number_of(stored.phone)) == (
        "东湾村二组",
        NUMBER,
        "13912345678",
    )
    edited(client, member, phone="13800000000")
    assert number_of(Member.objects.get(pk=member.pk).phone) == "13800000000"
    edited(client, member, no_phone="on")
    assert Member.objects.get(pk=member.pk).phone is None


def test_editing_on_top_of_somebody_else_s_change(member, signed_in, township_officer):
    client = signed_in(township_officer)
    edited(client, member, address="东湾村二组")
    second = edited(client, member, version=1, address="东湾村三组")
    assert second.status_code == 422
    assert Member.objects.get(pk=member.pk).address == "东湾村二组"


def test_what_the_rules_only_note_is_said_after_saving(member, signed_in, township_officer):
    client = signed_in(township_officer)
    edited(client, member, phone="1380000")
    text = text_of(client.get(address("detail", member)))
    assert "电话号码不像手机号（11 位），也不像带区号的座机。请核对是否少写或多写了数字。（ROST-17）" in text


def test_a_move_from_the_page_stays_within_the_scope(county, member, signed_in, township_officer):
    client = signed_in(township_officer)
    far = client.post(address("change", member, "move"), {"to": "8802001", "on": "2026-11-01"})
    assert far.context["form"].errors == {"to": ["您的范围里没有这个党组织。请写代码，或从提示中选。"]}
    near = client.post(address("change", member, "move"), {"to": "西湾", "on": "2026-11-01", "note": "搬家"})
    assert near.url == address("detail", member)
    member.refresh_from_db()
    assert member.branch == county.second_branch


def test_what_cannot_be_done_is_not_offered(member, signed_in, township_officer):
    client = signed_in(township_officer)
    client.post(address("change", member, "decease"), {"on": "2026-11-01"})
    page = client.get(address("detail", member))
    assert (page.context["changes"], page.context["may_change"]) == ({}, False)
    assert client.get(address("edit", member)).status_code == 404
    again = client.post(address("change", member, "decease"), {"on": "2026-11-01"})
    assert again.context["form"].non_field_errors() == [
        "现在不能办“去世”：单小红的党籍状态是“已去世”。请刷新页面再看。"
    ]
    assert client.get(address("change", member, "vanish")).status_code == 404


def test_groups_from_the_page(county, member, signed_in, township_officer):
    client = signed_in(township_officer)
    client.post(address("new_group", county.branch), {"name": "第一党小组", "since": "2026-01-01"})
    group = PartyGroup.objects.get()
    again = client.post(address("new_group", county.branch), {"name": "第一党小组", "since": "2026-01-01"})
    assert again.status_code == 422
    client.post(address("groups", county.branch), {f"member-{member.pk}": str(group.pk)})
    assert Member.objects.get().group == group
    client.post(address("rename_group", group), {"name": "东片党小组"})
    client.post(address("close_group", group), {"on": "2026-11-22"})
    group.refresh_from_db()
    assert (group.name, group.until) == ("东片党小组", datetime.date(2026, 11, 22))
    assert Member.objects.get().group is None


def test_seats_from_the_page(county, member, signed_in, township_officer):
    client = signed_in(township_officer)
    assert client.get(address("committee", county.branch)).url == reverse(
        "organizations:new_term", args=[county.branch.pk]
    )
    TermFactory(organization=county.branch, elected_on=datetime.date(2024, 3, 1))
    given = {"member": member.pk, "position": "1_secretary", "since": "2024-03-01"}
    assert client.post(address("committee", county.branch), given).url == address("committee", county.branch)
    seat = Seat.objects.get()
    ended = client.post(address("unseat", seat), {"until": "2026-11-22"})
    assert ended.url == address("committee", county.branch)
    seat.refresh_from_db()
    assert seat.until == datetime.date(2026, 11, 22)


def test_nobody_from_elsewhere_gets_a_seat(county, elsewhere, signed_in, township_officer):
    TermFactory(organization=county.branch)
    given = {"member": elsewhere.pk, "position": "1_secretary", "since": "2024-03-01"}
    answer = signed_in(township_officer).post(address("committee", county.branch), given)
    assert answer.status_code == 422
    assert Seat.objects.count() == 0


def test_a_branch_of_seven_without_a_committee_is_told_so_with_the_source(
    county, signed_in, township_officer
):
    MemberFactory.create_batch(7, branch=county.branch)
    text = text_of(signed_in(township_officer).get(reverse("organizations:detail", args=[county.branch.pk])))
    assert "正式党员 7 名，应当设支部委员会，委员不少于 3 名，登记了 0 名。" in text
    assert (
        f'<a href="{reverse("regulations:detail", args=["ORG-10"])}">支部工作条例 第二十条</a> · ORG-10'
        in text
    )
