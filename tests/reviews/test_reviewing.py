"""Beginning, keeping, holding, closing and reopening a review; what the database itself holds."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from apps.audit.models import Deed
from apps.core.errors import Refused
from apps.reviews import queries, services
from apps.reviews.entries import Judged, ReviewEntry, Votes
from apps.reviews.models import MemberReview, ReviewedMember
from tests.factories import MeetingFactory, MemberFactory
from tests.reviews.conftest import DAY, STEPS, rows_of, whole


def sentences_of(deed):
    with pytest.raises(services.Incomplete) as caught:
        deed()
    return [one.sentence for one in caught.value.missing]


class TestBeginning:
    def test_everybody_of_the_branch_is_on_the_list(self, review):
        rows = rows_of(review)
        assert list(rows) == [*(f"党员{number:02d}" for number in range(9)), "预备甲"]
        assert (rows["预备甲"].is_full, rows["预备甲"].no_grade) == (False, "probationary")
        assert {row.no_grade for name, row in rows.items() if name != "预备甲"} == {""}

    def test_twice_gives_the_same(self, review, village, branch_secretary):
        assert services.start_review(village.branch, year=2026, by=branch_secretary) == review
        assert Deed.objects.filter(action="reviews.start").count() == 1

    @pytest.mark.parametrize("year", [2017, 2027])
    def test_a_year_that_cannot_be(self, village, branch_secretary, year):
        with pytest.raises(Refused, match="请核对年度"):
            services.start_review(village.branch, year=year, by=branch_secretary)

    def test_an_office_does_not_review_a_branchs_members(self, village, township_officer):
        with pytest.raises(PermissionDenied):
            services.start_review(village.branch, year=2026, by=township_officer)


class TestTheList:
    def test_follows_the_day_of_the_meeting_until_it_was_held(self, review, village, branch_secretary):
        MemberFactory(
            branch=village.branch,
            name="后来的",
            joined_on=datetime.date(2026, 11, 21),
            full_on=datetime.date(2027, 11, 21),
        )
        later = replace(STEPS, mutual_on=datetime.date(2026, 11, 21))
        services.save_review(review, later, version=review.version, by=branch_secretary)
        assert "后来的" in rows_of(review)
        review.refresh_from_db()
        services.save_review(review, STEPS, version=review.version, by=branch_secretary)
        assert "后来的" not in rows_of(review)

    def test_stays_once_it_was_held(self, held, village, branch_secretary):
        MemberFactory(branch=village.branch, name="早就来的")
        services.save_review(held, STEPS, version=held.version, by=branch_secretary)
        assert "早就来的" not in rows_of(held)

    def test_who_became_a_full_member_by_the_day_is_graded(self, review, village, branch_secretary):
        member = village.probationer
        member.category, member.full_on = "full", DAY
        member.save()
        day_before = replace(STEPS, mutual_on=DAY - datetime.timedelta(days=1), self_on=None)
        services.save_review(review, day_before, version=review.version, by=branch_secretary)
        assert rows_of(review)["预备甲"].no_grade == "probationary"
        review.refresh_from_db()
        services.save_review(review, STEPS, version=review.version, by=branch_secretary)
        assert (rows_of(review)["预备甲"].is_full, rows_of(review)["预备甲"].no_grade) == (True, "")


class TestHolding:
    def test_needs_both_assessments(self, review, branch_secretary):
        wanting = sentences_of(
            lambda: services.hold_review(review, ReviewEntry(), version=review.version, by=branch_secretary)
        )
        assert wanting == ["请填个人自评的日期。", "请填党员互评的日期。"]
        assert MemberReview.objects.get().state == "preparing"

    def test_the_ballot_is_taken_to_be_on_the_same_day(self, held):
        assert (held.state, held.ballot_on) == ("held", DAY)


class TestClosing:
    def test_freezes_what_was_decided(self, close, branch_secretary):
        review = close(excellent=3)
        assert (review.state, review.closed_by) == ("closed", branch_secretary)
        assert [row.grade for row in queries.people_of(review)].count("excellent") == 3
        assert Deed.objects.get(action="reviews.close").organization_path == review.organization.path

    def test_a_third_of_ten_is_three(self, held, branch_secretary):
        four = whole(held, excellent=4)
        wanting = sentences_of(
            lambda: services.close_review(held, four, version=held.version, by=branch_secretary)
        )
        assert wanting == [
            "评为优秀的有 4 名，最多 3 名：优秀一般不超过党员总数（10 名）的三分之一，零头不算。请减少 1 名。"
        ]

    def test_nothing_is_closed_before_it_was_held(self, review, branch_secretary):
        with pytest.raises(Refused, match="现在不能"):
            _close_whatever(review, branch_secretary)

    def test_a_probationary_members_grade_is_not_kept(self, held, branch_secretary):
        entry = whole(held)
        row = rows_of(held)["预备甲"]
        people = {**entry.people, row.pk: Judged(Votes(10, 0, 0, 0), "excellent")}
        services.close_review(held, replace(entry, people=people), version=held.version, by=branch_secretary)
        assert rows_of(held)["预备甲"].outcome == "预备党员"

    def test_a_row_of_another_list_is_not_heard(self, held, told, branch_secretary):
        stranger = told.people.first()
        entry = replace(whole(held), people={stranger.pk: Judged(grade="unqualified")})
        services.save_review(held, entry, version=held.version, by=branch_secretary)
        stranger.refresh_from_db()
        assert stranger.grade != "unqualified"

    def test_the_record_of_another_branch_is_refused(self, held, county, branch_secretary):
        other = MeetingFactory(organization=county.other_branch, kinds=["member_review"])
        with pytest.raises(Refused, match="本支部"):
            services.save_review(
                held, replace(STEPS, meeting_id=other.pk), version=held.version, by=branch_secretary
            )

    def test_what_somebody_else_saved_meanwhile_is_not_overwritten(self, held, branch_secretary):
        services.save_review(held, STEPS, version=held.version, by=branch_secretary)
        with pytest.raises(Refused, match="也改了这次评议"):
            services.save_review(held, ReviewEntry(), version=held.version, by=branch_secretary)
        assert MemberReview.objects.get().self_on == DAY


def _close_whatever(review, by):
    """As `close_review`, all numbers there but the meeting not held."""
    MemberReview.objects.filter(pk=review.pk).update(
        self_on=DAY, mutual_on=DAY, ballot_on=DAY, ballots_out=10, ballots_valid=10, decided_on=DAY,
        decider="committee",
    )  # fmt: skip
    review.people.filter(is_full=True).update(
        excellent=0, qualified=10, basically_qualified=0, unqualified=0, grade="qualified"
    )
    return services.close_review(review, STEPS, version=review.version, by=by)


class TestReopening:
    def test_needs_a_reason(self, close, branch_secretary):
        with pytest.raises(Refused, match="请写明原因"):
            services.reopen_review(close(), reason=" ", by=branch_secretary)

    def test_is_on_record_and_can_be_closed_again(self, close, branch_secretary):
        review = services.reopen_review(close(), reason="票数抄错", by=branch_secretary)
        assert (review.state, review.reopen_reason, review.closed_at) == ("held", "票数抄错", None)
        again = services.close_review(review, whole(review), version=review.version, by=branch_secretary)
        assert (again.state, again.reopen_reason) == ("closed", "")
        deeds = Deed.objects.filter(action__startswith="reviews.").order_by("pk")
        assert [(deed.action, deed.reason) for deed in deeds] == [
            ("reviews.start", ""),
            ("reviews.hold", ""),
            ("reviews.close", ""),
            ("reviews.reopen", "票数抄错"),
            ("reviews.close", ""),
        ]

    def test_nobody_corrects_a_closed_one(self, close, branch_secretary):
        review = close()
        with pytest.raises(Refused, match="已经归档"):
            services.save_review(review, STEPS, version=review.version, by=branch_secretary)

    def test_a_neighbouring_branch_cannot(self, close, mobile):
        with pytest.raises(PermissionDenied):
            services.reopen_review(close(), reason="试试", by=mobile.secretary)


class TestTheDatabaseHolds:
    def test_a_closed_review_is_frozen(self, close):
        review = close()
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            MemberReview.objects.filter(pk=review.pk).update(ballots_out=99)
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            review.people.update(grade="unqualified")
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            review.people.all().delete()

    def test_a_probationary_member_has_no_grade(self, held):
        row = rows_of(held)["预备甲"]
        row.no_grade, row.grade = "", "qualified"
        with pytest.raises(IntegrityError, match="reviewed_member_probationary_without_grade"):
            row.save()

    def test_grade_or_reason_never_both(self, held):
        with pytest.raises(IntegrityError, match="reviewed_member_grade_or_reason"):
            ReviewedMember.objects.filter(review=held, is_full=True).update(
                no_grade="absent", grade="qualified"
            )

    def test_more_valid_ballots_than_handed_out(self, held):
        with pytest.raises(IntegrityError, match="ballots_valid_of_those_out"):
            MemberReview.objects.filter(pk=held.pk).update(ballots_out=9, ballots_valid=10)

    def test_not_closed_without_its_steps(self, held):
        with pytest.raises(IntegrityError, match="closed_with_its_four_steps"):
            MemberReview.objects.filter(pk=held.pk).update(state="closed")

    def test_one_review_a_year(self, review):
        with pytest.raises(IntegrityError, match="member_review_once_a_year"):
            MemberReview.objects.create(organization=review.organization, year=2026)


class TestReading:
    def test_reviews_closed_by_organization(self, county, close):
        ids = [county.branch.pk, county.other_branch.pk]
        assert queries.reviews_closed(ids, 2026) == set()
        close()
        assert queries.reviews_closed(ids, 2026) == {county.branch.pk}
        assert queries.reviews_closed(ids, 2025) == set()
        assert queries.reviews_closed([county.other_branch.pk], 2026) == set()

    def test_until_it_is_closed_only_the_branch_reads_it(
        self, held, branch_secretary, township_officer, neighbour
    ):
        readers = [branch_secretary, township_officer, neighbour]
        assert [list(queries.reviews_for(user)) for user in readers] == [[held], [], []]
        services.close_review(held, whole(held), version=held.version, by=branch_secretary)
        assert [list(queries.reviews_for(user)) for user in readers] == [[held], [held], []]
