"""Asking those who heard a lesson: anonymous, without a trace, shown only when it tells nobody's answer."""

import datetime

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from apps.core.errors import Refused
from apps.lessons import services
from apps.lessons.models import Answers, Evaluation
from apps.lessons.queries import answers_of, most_answers, result_of
from apps.lessons.rules import GUESTS, Grade, Point
from tests.factories import MeetingFactory
from tests.lessons.conftest import GOOD

GOOD_POSTED = {point.value: "good" for point in Point}


def link(evaluation):
    return f"/lessons/answer/{evaluation.token}/"


def reread(evaluation):
    return Evaluation.objects.select_related("answers", "meeting__organization").get(pk=evaluation.pk)


def answer(evaluation, times=1, said=GOOD):
    for _ in range(times):
        cache.clear()
        services.take_answer(evaluation, said)


class TestAsking:
    def test_the_branch_asks_about_its_lesson(self, lesson, branch_secretary):
        found = services.open_evaluation(lesson, closes_on=datetime.date(2026, 11, 29), by=branch_secretary)

        assert (found.meeting, found.answers.number, len(found.token)) == (lesson, 0, 24)

    def test_asking_again_gives_the_same(self, lesson, evaluation, branch_secretary):
        again = services.open_evaluation(lesson, closes_on=datetime.date(2026, 11, 29), by=branch_secretary)

        assert again == evaluation

    def test_only_the_branch(self, lesson, township_officer):
        with pytest.raises(PermissionDenied):
            services.open_evaluation(lesson, closes_on=datetime.date(2026, 11, 29), by=township_officer)

    @pytest.mark.parametrize("values", [{"kinds": ["theme_day"]}, {"kinds": ["lesson"], "state": "returned"}])
    def test_only_about_a_lesson_that_was_handed_in(self, county, branch_secretary, values):
        meeting = MeetingFactory(organization=county.branch, **values)
        with pytest.raises(Refused, match="只有已经交上的党课"):
            services.open_evaluation(meeting, closes_on=datetime.date(2026, 11, 29), by=branch_secretary)

    @pytest.mark.parametrize("day", [datetime.date(2026, 11, 21), datetime.date(2026, 12, 23)])
    def test_for_a_month_at_most(self, lesson, branch_secretary, day):
        with pytest.raises(Refused, match="30 天以内"):
            services.open_evaluation(lesson, closes_on=day, by=branch_secretary)

    def test_the_secret_is_in_no_history(self, evaluation):
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(event)::text FROM lessons_evaluationevent event")
            told = " ".join(row[0] for row in cursor.fetchall())

        assert "closes_on" in told
        assert evaluation.token not in told


class TestThePublicPage:
    def test_it_tells_the_topic_the_branch_and_the_day(self, villager, evaluation):
        evaluation.meeting.lecturer, evaluation.meeting.minutes = "李长福", "一、念了名单。"
        evaluation.meeting.save()
        text = villager.get(link(evaluation)).content.decode()

        assert [word in text for word in ("种好我们的责任田", "河口镇东湾村党支部", "2026年10月5日")] == [
            True
        ] * 3
        names = [row.member.name for row in evaluation.meeting.attendances.all()]
        assert [word for word in ("李长福", "念了名单", *names) if word in text] == []

    def test_no_sign_in_no_script_no_cookie(self, villager, evaluation):
        shown, sent = villager.get(link(evaluation)), villager.post(link(evaluation), GOOD_POSTED)

        assert (shown.status_code, sent.status_code) == (200, 200)
        assert [page.cookies.output() for page in (shown, sent)] == ["", ""]
        assert "<script" not in shown.content.decode()
        assert shown["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert (shown["Referrer-Policy"], shown["X-Robots-Tag"]) == ("no-referrer", "noindex")

    def test_an_answer_is_counted(self, villager, evaluation):
        page = villager.post(link(evaluation), {**GOOD_POSTED, "form": "poor"})

        assert "收到了，谢谢您。" in page.content.decode()
        assert Answers.objects.get().number == 1
        assert Answers.objects.get().counts == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0]

    def test_a_foreign_phone_needs_no_token_of_a_form(self, evaluation):
        assert Client(enforce_csrf_checks=True).post(link(evaluation), GOOD_POSTED).status_code == 200

    def test_a_point_left_out(self, villager, evaluation):
        page = villager.post(link(evaluation), {"attitude": "good", "content": "wonderful"})

        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"content", "form", "effect"}
        assert Answers.objects.get().number == 0

    @pytest.mark.parametrize("token", ["x", "0" * 24, "%00", "党"])
    def test_nobody_guesses(self, villager, evaluation, token):
        assert villager.get(f"/lessons/answer/{token}/").status_code == 404

    def test_after_its_last_day(self, villager, evaluation):
        Evaluation.objects.update(closes_on=datetime.date(2026, 11, 21))
        page = villager.post(link(evaluation), GOOD_POSTED)

        assert (page.status_code, Answers.objects.get().number) == (422, 0)
        assert "这次评价已经结束" in page.content.decode()

    def test_a_script_is_slowed_down(self, villager, evaluation):
        answers = [villager.post(link(evaluation), GOOD_POSTED).status_code for _ in range(31)]

        assert (set(answers[:30]), answers[30]) == ({200}, 422)

    def test_no_more_answers_than_people(self, evaluation):
        assert most_answers(evaluation.meeting) == 12 + GUESTS
        Answers.objects.update(number=12 + GUESTS - 1)
        answer(evaluation)
        with pytest.raises(Refused, match="和听课的人数一样多"):
            answer(evaluation)

    def test_nothing_but_counts_is_kept(self, villager, evaluation):
        villager.post(link(evaluation), GOOD_POSTED, REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Phone-4711")
        fields = {field.name for field in Answers._meta.get_fields()}

        assert fields == {"id", "evaluation", "number", "counts"}
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pghistory_context")
            assert cursor.fetchone() == (0,)


class TestTheResult:
    def test_not_while_somebody_may_answer(self, evaluation):
        answer(evaluation, 6)

        assert (answers_of(reread(evaluation)), result_of(reread(evaluation))) == (6, None)

    def test_after_closing(self, evaluation, branch_secretary):
        answer(evaluation, 6)
        services.close_evaluation(evaluation, by=branch_secretary)
        found = result_of(reread(evaluation))

        assert found is not None
        assert found.rows[0] == ("讲课态度", (6, 0, 0, 0))

    def test_four_answers_stay_unseen(self, evaluation, branch_secretary, signed_in):
        answer(evaluation, 4, {**GOOD, Point.FORM: Grade.POOR})
        services.close_evaluation(evaluation, by=branch_secretary)
        page = signed_in(branch_secretary).get(f"/lessons/{evaluation.meeting_id}/evaluation/")

        assert page.context["result"].rows == []
        assert "其中 4 份不足 5 份，不显示" in page.content.decode()

    def test_papers_are_typed_in(self, evaluation, branch_secretary, signed_in):
        sent = {"number": "6"} | {f"{point}-good": "6" for point in Point}
        client = signed_in(branch_secretary)
        client.post(f"/lessons/{evaluation.meeting_id}/evaluation/papers/", sent)
        services.close_evaluation(evaluation, by=branch_secretary)
        page = client.get(f"/lessons/{evaluation.meeting_id}/evaluation/")

        assert [counts for _, counts in page.context["result"].rows] == [(6, 0, 0, 0)] * 4

    def test_papers_that_do_not_add_up(self, evaluation, branch_secretary, signed_in):
        page = signed_in(branch_secretary).post(
            f"/lessons/{evaluation.meeting_id}/evaluation/papers/", {"number": "6", "attitude-good": "6"}
        )

        assert page.status_code == 422
        assert page.context["papers"].errors["number"] == ["“讲的内容”四格加起来是 0，和答卷份数 6 不一样。"]

    def test_more_papers_than_people(self, evaluation, branch_secretary):
        with pytest.raises(Refused, match="比听课的人还多"):
            services.count_papers(evaluation, number=40, counts=[40, 0, 0, 0] * 4, by=branch_secretary)


class TestThePageOfTheBranch:
    def test_asking_and_the_code(self, signed_in, branch_secretary, lesson):
        client = signed_in(branch_secretary)
        place = f"/lessons/{lesson.pk}/evaluation/"
        assert client.get(place).context["found"] is None
        answer = client.post(f"{place}open/", {"closes_on": "2026-11-29"}, follow=True)
        image = client.get(f"{place}qr.svg")

        assert answer.context["link"] == f"http://testserver/lessons/answer/{lesson.evaluation.token}/"
        assert (image["Content-Type"], image.content[:5]) == ("image/svg+xml", b"<?xml")

    def test_an_office_sees_no_link(self, signed_in, township_officer, evaluation):
        client = signed_in(township_officer)
        page = client.get(f"/lessons/{evaluation.meeting_id}/evaluation/")

        assert evaluation.token not in page.content.decode()
        assert client.get(f"/lessons/{evaluation.meeting_id}/evaluation/qr.svg").status_code == 403

    def test_closing(self, signed_in, branch_secretary, evaluation):
        signed_in(branch_secretary).post(f"/lessons/{evaluation.meeting_id}/evaluation/close/")

        assert reread(evaluation).closed_at is not None
