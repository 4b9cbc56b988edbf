"""A mobile branch reviews members whose home is elsewhere, and tells their home branch (MEET-20)."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from apps.core.errors import Refused
from apps.reviews import queries, services
from apps.reviews.models import ReviewNotice
from tests.factories import MemberFactory
from tests.reviews.conftest import STEPS, rows_of, whole


class TestGuests:
    def test_only_a_mobile_branch_takes_them(self, review, county, branch_secretary):
        with pytest.raises(Refused) as caught:
            services.add_guest(review, name="谁", home=county.other_branch, by=branch_secretary)
        assert caught.value.rule == "MEET-20"

    @pytest.mark.parametrize("name", ["党员00", "没有这个人"])
    def test_only_who_is_mobile_at_home(self, mobile, village, name):
        review = services.start_review(mobile.branch, year=2026, by=mobile.secretary)
        with pytest.raises(Refused, match="没有找到这名流动党员"):
            services.add_guest(review, name=name, home=village.branch, by=mobile.secretary)

    def test_stays_on_the_list_when_it_is_drawn_up_anew(self, away, mobile):
        row = rows_of(away)[mobile.guest.name]
        assert (row.home, row.is_full, row.no_grade) == (mobile.guest.branch, True, "")
        assert len(rows_of(away)) == 4

    def test_twice_is_refused(self, mobile, village):
        review = services.start_review(mobile.branch, year=2026, by=mobile.secretary)
        services.add_guest(review, name=mobile.guest.name, home=village.branch, by=mobile.secretary)
        with pytest.raises(Refused, match="已经在名单里"):
            services.add_guest(review, name=mobile.guest.name, home=village.branch, by=mobile.secretary)

    def test_can_be_taken_off_again_but_not_the_branchs_own(self, away, mobile):
        own, guest = rows_of(away)["驻深0"], rows_of(away)[mobile.guest.name]
        for row in (own, guest):
            services.remove_guest(away, row=row.pk, by=mobile.secretary)
        assert list(rows_of(away)) == ["驻深0", "驻深1", "驻深2"]

    def test_the_home_branch_does_not_grade_them_a_second_time(self, away, mobile, village, branch_secretary):
        at_home = services.start_review(village.branch, year=2026, by=branch_secretary)
        assert rows_of(at_home)[mobile.guest.name].no_grade == "elsewhere"

    def test_nor_when_its_list_was_drawn_up_before_theirs(self, review, mobile, village, branch_secretary):
        assert rows_of(review)[mobile.guest.name].no_grade == ""
        theirs = services.start_review(mobile.branch, year=2026, by=mobile.secretary)
        services.add_guest(theirs, name=mobile.guest.name, home=village.branch, by=mobile.secretary)
        services.save_review(review, STEPS, version=review.version, by=branch_secretary)
        assert rows_of(review)[mobile.guest.name].no_grade == "elsewhere"


class TestTheNotice:
    def test_goes_to_the_home_branch_when_the_review_is_closed(self, told, village, branch_secretary):
        [notice] = queries.notices_to(village.branch, branch_secretary)
        assert [(row.member.name, row.outcome) for row in queries.results_in(notice)] == [("党员08", "合格")]

    def test_a_review_without_guests_tells_nobody(self, close):
        close()
        assert not ReviewNotice.objects.exists()

    def test_is_gone_from_the_first_page_once_acknowledged(self, told, village, branch_secretary):
        [notice] = queries.notices_to(village.branch, branch_secretary)
        assert services.acknowledge(notice, by=branch_secretary).acknowledged_by == branch_secretary
        assert queries.notices_to(village.branch, branch_secretary) == []

    def test_nobody_else_acknowledges_it(self, told, mobile):
        with pytest.raises(PermissionDenied):
            services.acknowledge(told.notices.get(), by=mobile.secretary)

    def test_a_corrected_review_is_told_anew(self, told, mobile, village, branch_secretary):
        services.acknowledge(told.notices.get(), by=branch_secretary)
        review = services.reopen_review(told, reason="票数抄错", by=mobile.secretary)
        assert queries.results_in(told.notices.get()) == []
        entry = whole(review, decider="general_meeting")
        services.close_review(review, entry, version=review.version, by=mobile.secretary)
        assert len(queries.notices_to(village.branch, branch_secretary)) == 1

    def test_the_members_page_shows_the_grade_and_who_gave_it(
        self, told, mobile, signed_in, branch_secretary
    ):
        page = signed_in(branch_secretary).get(f"/members/{mobile.guest.pk}/").content.decode()
        assert "在清源县驻深圳流动党员党支部评议" in page

    def test_as_a_word_file(self, told, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).get(f"/reviews/notices/{told.notices.get().pk}/word/")
        texts = [paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs]
        assert [text for text in texts if text] == [
            "民主评议情况通报单",
            "河口镇东湾村党支部：",
            "下列流动党员参加了本支部2026年度民主评议，现将评议情况通报你支部，请记入党员评议情况。",
            "党员08：合格。",
            "清源县驻深圳流动党员党支部",
            "2026年11月22日",
        ]

    def test_the_page_and_its_button(self, told, village, signed_in, branch_secretary):
        client = signed_in(branch_secretary)
        notice = told.notices.get()
        button = '<button class="primary">本支部已收到</button>'
        assert button in client.get(f"/reviews/notices/{notice.pk}/").content.decode()
        client.post(f"/reviews/notices/{notice.pk}/acknowledge/")
        assert button not in client.get(f"/reviews/notices/{notice.pk}/").content.decode()


def test_two_mobile_members_of_one_name_are_not_guessed(mobile, village):
    MemberFactory(branch=village.branch, name=mobile.guest.name, is_mobile=True)
    review = services.start_review(mobile.branch, year=2026, by=mobile.secretary)
    with pytest.raises(Refused, match="没有找到"):
        services.add_guest(review, name=mobile.guest.name, home=village.branch, by=mobile.secretary)
