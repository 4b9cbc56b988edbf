"""The pages: a branch's years, recording a review by form, the year of a scope, the life meeting."""

import datetime
import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.reviews import services
from apps.reviews.entries import LifeEntry, Mended
from apps.reviews.models import LifeYear, MemberReview
from tests.factories import GrantFactory, MeetingFactory, OrganizationFactory, UserFactory
from tests.reviews.conftest import rows_of


@pytest.fixture
def secretary(signed_in, branch_secretary):
    return signed_in(branch_secretary)


def edit_of(review):
    return f"/reviews/{review.pk}/edit/"


def filled_in(review, *, excellent=0, **more):
    """The form of a held review as a thumb fills it in: ten ballots, all for "qualified"."""
    graded = [row for row in rows_of(review).values() if not row.no_grade]
    data = {
        "version": review.version, "self_on": "2026-11-20", "mutual_on": "2026-11-20",
        "ballot_on": "2026-11-20",
        "ballots_out": "10", "ballots_valid": "10", "decided_on": "2026-11-20", "decider": "committee",
    }  # fmt: skip
    for place, row in enumerate(graded):
        data[f"p{row.pk}-excellent"] = "0"
        data[f"p{row.pk}-grade"] = "excellent" if place < excellent else "qualified"
    return {**data, **more}


class TestTheSecretarysWay:
    def test_leads_from_the_list_to_their_own_branch(self, secretary, county):
        assert secretary.get("/reviews/").headers["Location"] == f"/reviews/branches/{county.branch.pk}/"

    def test_begins_the_year_with_one_button(self, secretary, village):
        answer = secretary.post(f"/reviews/branches/{village.branch.pk}/start/", {"year": "2026"})
        assert answer.headers["Location"] == edit_of(MemberReview.objects.get())

    def test_says_which_year_cannot_be(self, secretary, village):
        answer = secretary.post(
            f"/reviews/branches/{village.branch.pk}/start/", {"year": "1999"}, follow=True
        )
        assert "请核对年度" in answer.content.decode()

    def test_before_the_meeting_asks_for_two_days_only(self, secretary, review):
        page = secretary.get(edit_of(review)).content.decode()
        assert ("会开过了" in page, "二、民主测评" in page, "预备甲" in page) == (True, False, True)
        data = {"version": review.version, "self_on": "2026-11-19", "mutual_on": "2026-11-20", "step": "hold"}
        assert secretary.post(edit_of(review), data).status_code == 302
        review.refresh_from_db()
        assert (review.state, review.self_on) == ("held", datetime.date(2026, 11, 19))

    def test_everybody_is_qualified_until_tapped(self, secretary, held):
        page = secretary.get(edit_of(held)).content.decode()
        assert len(re.findall(r'value="qualified"[^>]* checked', page)) == 9
        assert rows_of(held)["党员00"].grade == ""

    def test_closes_what_is_complete(self, secretary, held):
        answer = secretary.post(edit_of(held), filled_in(held, excellent=3, step="close"))
        assert answer.headers["Location"] == f"/reviews/{held.pk}/"
        rows = rows_of(held)
        assert (rows["党员00"].grade, rows["党员00"].qualified, rows["党员08"].grade) == (
            "excellent",
            10,
            "qualified",
        )

    def test_one_excellent_too_many_is_said_and_the_rest_is_kept(self, secretary, held):
        answer = secretary.post(edit_of(held), filled_in(held, excellent=4, step="close"))
        assert answer.status_code == 422
        assert "最多 3 名" in answer.content.decode()
        assert rows_of(held)["党员03"].grade == "excellent"
        kept = MemberReview.objects.get()
        assert f'name="version" value="{kept.version}"' in answer.content.decode()

    def test_votes_that_do_not_add_up_are_said_at_the_member(self, secretary, held):
        row = rows_of(held)["党员02"]
        wrong = {f"p{row.pk}-excellent": "3", f"p{row.pk}-qualified": "3"}
        answer = secretary.post(edit_of(held), filled_in(held, step="close", **wrong))
        page = answer.content.decode()
        assert (
            f'<a href="#id_p{row.pk}-excellent">党员02的票加起来是 6 张，有效票是 10 张，请核对。</a>' in page
        )

    def test_more_valid_ballots_than_handed_out_are_not_stored(self, secretary, held):
        answer = secretary.post(edit_of(held), filled_in(held, ballots_out="9"))
        assert answer.status_code == 422
        assert "有效票 10 张，多于发出的 9 张，请核对。" in answer.content.decode()
        assert MemberReview.objects.get().ballots_valid is None

    def test_a_number_that_is_none_is_said_in_words(self, secretary, held):
        answer = secretary.post(edit_of(held), filled_in(held, ballots_valid="许多"))
        assert (answer.status_code, "请填整数。" in answer.content.decode()) == (422, True)

    def test_what_somebody_else_saved_is_not_overwritten(self, secretary, held):
        answer = secretary.post(edit_of(held), filled_in(held, version="1"))
        assert (answer.status_code, "也改了这次评议" in answer.content.decode()) == (422, True)

    def test_a_closed_review_is_read_and_reopened_with_a_reason(self, secretary, close):
        review = close()
        assert secretary.get(edit_of(review)).headers["Location"] == f"/reviews/{review.pk}/"
        assert secretary.post(f"/reviews/{review.pk}/reopen/", {"reason": ""}).status_code == 422
        secretary.post(f"/reviews/{review.pk}/reopen/", {"reason": "票数抄错"})
        assert "票数抄错" in secretary.get(edit_of(review)).content.decode()

    def test_queries_do_not_grow_with_the_branch(
        self, secretary, held, village, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(25):
            secretary.get(edit_of(held))


class TestPaper:
    def test_the_ballot_names_only_who_is_graded(self, secretary, held):
        page = secretary.get(f"/reviews/{held.pk}/ballot/").content.decode()
        assert ("党员00" in page, "预备甲" in page) == (True, False)

    def test_the_results_say_what_follows_from_the_lower_grades(self, secretary, held):
        rows = rows_of(held)
        low = {
            f"p{rows['党员00'].pk}-grade": "unqualified",
            f"p{rows['党员01'].pk}-grade": "basically_qualified",
        }
        secretary.post(edit_of(held), filled_in(held, step="close", **low))
        page = secretary.get(f"/reviews/{held.pk}/").content.decode()
        assert "组织处置的方式是限期改正、劝其退党、除名。" in page
        assert "MEM-42" in page
        assert "不合格" in secretary.get(f"/reviews/{held.pk}/results/").content.decode()


class TestTheYear:
    def test_who_closed_and_who_did_not(self, close, signed_in, township_officer):
        close(excellent=2)
        answer = signed_in(township_officer).get("/reviews/")
        lines = [(str(row.branch), row.state_label, row.grades) for row in answer.context["rows"]]
        assert lines == [
            ("河口镇东湾村党支部", "已归档", (2, 7, 0, 0)),
            ("河口镇西湾村党支部", "还没有开始", (0, 0, 0, 0)),
        ]
        sums = answer.context["sums"]
        assert (sums.branches, sums.closed, sums.graded, sums.ungraded) == (2, 1, 9, 1)

    @pytest.mark.parametrize(
        ("asked", "branches"),
        [
            ("state=closed", 1),
            ("state=none", 1),
            ("state=held", 0),
            ("year=2025&state=none", 2),
            ("q=西湾", 1),
        ],
    )
    def test_is_filtered(self, close, signed_in, township_officer, asked, branches):
        close()
        assert len(signed_in(township_officer).get(f"/reviews/?{asked}").context["rows"]) == branches

    def test_does_not_show_grades_before_they_are_closed(self, held, secretary, signed_in, township_officer):
        secretary.post(edit_of(held), filled_in(held, excellent=3))
        client = signed_in(township_officer)
        [row, _] = client.get("/reviews/").context["rows"]
        assert (row.state_label, row.grades) == ("评定中", (0, 0, 0, 0))
        assert client.get(f"/reviews/{held.pk}/").status_code == 404

    def test_a_year_nobody_offers_is_refused(self, signed_in, township_officer):
        assert signed_in(township_officer).get("/reviews/?year=1921").status_code == 422

    def test_nothing_of_the_neighbours(self, close, signed_in, neighbour):
        close()
        rows = signed_in(neighbour).get("/reviews/").context["rows"]
        assert [str(row.branch) for row in rows] == ["石桥乡上寨村党支部"]

    def test_as_a_workbook(self, close, signed_in, township_officer):
        close(excellent=2)
        answer = signed_in(township_officer).get("/reviews/export/?state=closed")
        [sheet] = load_workbook(BytesIO(answer.content)).worksheets
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert ["河口镇东湾村党支部", 0, "已归档", 2, 7, 0, 0, 1] in values
        assert ["合计", 0, "已归档 1", 2, 7, 0, 0, 1] in values

    def test_the_number_of_queries_does_not_grow(self, county, signed_in, township_officer):
        client = signed_in(township_officer)

        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get("/reviews/")
            return len(queries)

        before = asked()
        for _ in range(3):
            OrganizationFactory(parent=county.township)
        assert asked() == before

    def test_over_the_api(self, close, county, signed_in, township_officer, neighbour):
        review = close(excellent=2)
        client = signed_in(township_officer)
        [row] = client.get("/api/v1/reviews/?year=2026").json()["results"]
        assert (row["id"], row["graded_excellent"], row["total"]) == (review.pk, 2, 10)
        assert client.get("/api/v1/reviews/?year=2025").json()["results"] == []
        assert client.get(f"/api/v1/reviews/?under={county.township.pk}&state=closed").json()["count"] == 1
        people = client.get(f"/api/v1/reviews/{review.pk}/").json()["people"]
        assert [one["no_grade"] for one in people if one["name"] == "预备甲"] == ["probationary"]
        assert signed_in(neighbour).get(f"/api/v1/reviews/{review.pk}/").status_code == 404


class TestOnOtherPages:
    def test_a_members_grade(self, close, village, secretary):
        close(excellent=1)
        page = secretary.get(f"/members/{village.people[0].pk}/").content.decode()
        assert ("民主评议" in page, "2026年" in page, ">优秀</a>" in page) == (True, True, True)

    def test_a_branchs_and_a_townships_standing(self, close, county, signed_in, township_officer):
        close()
        client = signed_in(township_officer)
        assert "民主评议已归档" in client.get(f"/organizations/{county.branch.pk}/").content.decode()
        township = client.get(f"/organizations/{county.township.pk}/").content.decode()
        assert "2 个党支部，0 个开了组织生活会，1 个评议已归档" in township

    def test_the_first_screen_of_a_branch_that_was_told(self, told, secretary):
        assert "流动党员评议通报单" in secretary.get("/").content.decode()


class TestGuestsOnThePage:
    def test_are_named_with_their_branch(self, mobile, village, signed_in):
        client = signed_in(mobile.secretary)
        review = services.start_review(mobile.branch, year=2026, by=mobile.secretary)
        wrong = {"name": "党员08", "home": "没有的党支部"}
        assert client.post(f"/reviews/{review.pk}/guests/", wrong).status_code == 422
        client.post(f"/reviews/{review.pk}/guests/", {"name": "党员08", "home": village.branch.name})
        row = rows_of(review)["党员08"]
        assert row.home == village.branch
        client.post(f"/reviews/{review.pk}/guests/{row.pk}/remove/")
        assert "党员08" not in rows_of(review)

    def test_are_not_asked_for_in_an_ordinary_branch(self, review, secretary):
        assert "组织关系在别处的流动党员" not in secretary.get(edit_of(review)).content.decode()


MENDING = Mended("活动室漏雨，修好屋顶", "李长福", datetime.date(2026, 12, 20))


class TestTheLifeMeeting:
    def address(self, county):
        return f"/reviews/branches/{county.branch.pk}/life/2026/"

    def form(self, version=1, **more):
        return {
            "version": version, "plan": "十一月召开", "study": "", "talks": "", "opinions": "",
            "mended-TOTAL_FORMS": "1", "mended-INITIAL_FORMS": "0", **more,
        }  # fmt: skip

    def test_its_four_parts_stand_side_by_side(self, county, secretary, branch_secretary):
        MeetingFactory(organization=county.branch, kinds=["life_meeting"], life_year=2026)
        entry = LifeEntry("方案", "学", "谈", "听", (MENDING,))
        services.save_life(county.branch, entry, year=2026, version=1, by=branch_secretary)
        answer = secretary.get(self.address(county))
        assert [part.is_there for part in answer.context["parts"]] == [True] * 4
        assert "四个环节齐全" in answer.content.decode()

    def test_says_what_is_lacking(self, county, secretary):
        answer = secretary.get(self.address(county))
        assert answer.context["there"] == 0
        assert "还没有交上组织生活会的记录。" in answer.content.decode()

    def test_texts_are_kept(self, county, secretary):
        assert secretary.post(self.address(county), self.form()).status_code == 302
        assert LifeYear.objects.get().plan == "十一月召开"

    def test_a_line_to_mend_needs_who_and_by_when(self, county, secretary):
        answer = secretary.post(self.address(county), self.form(**{"mended-0-text": "修屋顶"}))
        page = answer.content.decode()
        assert (answer.status_code, "请写责任人。" in page, "请填完成时限。" in page) == (422, True, True)
        assert not LifeYear.objects.exists()

    def test_what_is_mended_says_how(self, county, secretary):
        line = {
            "mended-0-text": "修屋顶", "mended-0-responsible": "李长福", "mended-0-due_on": "2026-11-20",
            "mended-0-done_on": "2026-11-21",
        }  # fmt: skip
        assert secretary.post(self.address(county), self.form(**line)).status_code == 422
        secretary.post(self.address(county), self.form(**line, **{"mended-0-outcome": "换了瓦"}))
        row = LifeYear.objects.get().rectifications.get()
        assert (row.text, row.done_on, row.outcome) == ("修屋顶", datetime.date(2026, 11, 21), "换了瓦")

    def test_a_line_is_changed_in_place_and_taken_away(self, county, secretary, branch_secretary):
        life = services.save_life(
            county.branch, LifeEntry(rectifications=(MENDING,)), year=2026, version=1, by=branch_secretary
        )
        row = life.rectifications.get()
        line = {
            "mended-TOTAL_FORMS": "2", "mended-INITIAL_FORMS": "1", "mended-0-id": row.pk,
            "mended-0-text": "改成修厨房", "mended-0-responsible": "李长福", "mended-0-due_on": "2026-12-20",
        }  # fmt: skip
        secretary.post(self.address(county), self.form(version=2, **line))
        assert life.rectifications.get().text == "改成修厨房"
        secretary.post(self.address(county), self.form(version=3, **line, **{"mended-0-DELETE": "on"}))
        assert life.rectifications.count() == 0

    def test_two_writers_do_not_overwrite_each_other(self, county, secretary):
        secretary.post(self.address(county), self.form())
        answer = secretary.post(self.address(county), self.form(plan="另一个方案"))
        assert (answer.status_code, "另一个方案" in answer.content.decode()) == (422, True)
        assert LifeYear.objects.get().plan == "十一月召开"

    def test_an_office_reads_but_does_not_write(self, county, signed_in, township_officer):
        client = signed_in(township_officer)
        assert '<form class="form"' not in client.get(self.address(county)).content.decode()
        assert client.post(self.address(county), self.form()).status_code == 403

    def test_a_drafted_meeting_is_not_shown_to_the_office(
        self, county, signed_in, township_officer, secretary
    ):
        MeetingFactory(
            organization=county.branch, kinds=["life_meeting"], counted_kinds=[], life_year=2026,
            state="draft",            submitted_at=None, topic="还没有交的",
        )  # fmt: skip
        assert "还没有交的" in secretary.get(self.address(county)).content.decode()
        assert "还没有交的" not in signed_in(township_officer).get(self.address(county)).content.decode()


def test_a_secretary_of_two_branches_sees_the_list(county, signed_in):
    user = GrantFactory(role="branch_secretary", organization=county.branch, user=UserFactory()).user
    GrantFactory(role="branch_secretary", organization=county.second_branch, user=user)
    assert len(signed_in(user).get("/reviews/").context["rows"]) == 2


def test_the_supervision_committee_does_not_see_reviews(supervisor, signed_in):
    assert signed_in(supervisor).get("/reviews/").status_code == 403
