"""Digests that go out: once, to allowed places, in quiet manners, with a log that says what happened."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction

from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.reminders import robots, services, tasks
from apps.reminders.models import Delivery, Preference, Robot
from apps.reminders.states import DeliveryState
from tests.figures.conftest import hold
from tests.reminders.conftest import MONDAY

SECRET = "secret-of-the-robot"


@pytest.fixture
def by_mail(settings, branch_secretary):
    settings.PARTYBUILD_MAIL = True
    return services.set_own(email="li@example.cn", rhythm="weekly", by=branch_secretary)


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", "tries", "error"))


class TestToAGroup:
    def test_the_group_hears_of_numbers_with_rule_and_link(self, robot, listener, county):
        tasks.plan()
        ((path, body),) = listener.received
        content = body["markdown"]["content"]
        assert (path, body["msgtype"]) == (f"/robot/send?access_token={SECRET}", "markdown")
        assert content.startswith("**河口镇党委：")
        assert "2 个党支部还没有记录" in content
        asked = f"organization={county.township.pk}&period=2026-10&by=branch&rule=MEET-06&state=overdue"
        assert f"[支部工作条例第十六条（MEET-06）](https://testserver/duties/?{asked})" in content
        assert states() == [("sent", 1, "")]

    def test_once_however_often_the_clock_strikes(self, robot, listener):
        for _ in range(3):
            tasks.plan()
            tasks.tend()
        assert len(listener.received) == 1

    def test_next_week_again(self, robot, listener):
        for passed, heard in ((0, 1), (1, 1), (4, 1), (7, 2)):
            with time_machine.travel(MONDAY + timedelta(days=passed), tick=False):
                tasks.plan()
            assert len(listener.received) == heard

    def test_what_did_not_go_out_on_monday_goes_out_on_tuesday(self, robot, listener):
        listener.answer = b'{"errcode": 93000, "errmsg": "invalid webhook url"}'
        tasks.plan()
        listener.answer = b'{"errcode": 0}'
        for passed in (1, 2):
            with time_machine.travel(MONDAY + timedelta(days=passed), tick=False):
                tasks.plan()
        assert [(row.day.day, row.state) for row in Delivery.objects.order_by("day")] == [
            (23, "failed"), (24, "sent"),
        ]  # fmt: skip

    def test_what_waited_overnight_is_not_sent_beside_the_next_day_s(self, robot, listener):
        with time_machine.travel(MONDAY.replace(hour=20, minute=30), tick=False):
            listener.status = 503
            tasks.plan()
        assert states() == [("queued", 1, "机器人那边回答 503。")]
        listener.status = 200
        with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
            tasks.tend()
            tasks.plan()
            tasks.tend()
        assert states() == [("failed", 1, services.LATE), ("sent", 1, "")]
        assert len(listener.received) == 2

    @pytest.mark.parametrize("moment", [(23, 7), (23, 21), (28, 10), (29, 10)])
    def test_never_at_night_or_at_a_weekend(self, robot, listener, moment):
        day, hour = moment
        with time_machine.travel(datetime(2026, 11, day, hour, 30, tzinfo=CHINA), tick=False):
            tasks.plan()
            tasks.tend()
        assert (listener.received, states()) == ([], [])

    def test_dingtalk_takes_title_and_text_and_a_proof(self, robot, listener, county, township_officer):
        given = {"kind": "dingtalk", "webhook": listener.address, "secret": "SECexample", "rhythm": "daily"}
        services.set_robot(county.township, **given, by=township_officer)
        tasks.plan()
        ((path, body),) = listener.received
        assert f"&timestamp={round(MONDAY.timestamp() * 1000)}&sign=" in path
        assert sorted(body["markdown"]) == ["text", "title"]

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (
                b'{"errcode": 93000, "errmsg": "invalid webhook url"}',
                "机器人没有收下（93000）：invalid webhook url",
            ),
            (b"<html>", "机器人的回答看不懂，地址可能不对。"),
            (b"[]", "机器人的回答看不懂，地址可能不对。"),
        ],
    )
    def test_what_cannot_get_better_is_not_tried_again(self, robot, listener, answer, error):
        listener.answer = answer
        tasks.plan()
        assert states() == [("failed", 1, error)]

    def test_a_busy_server_is_tried_again_later_and_not_for_ever(self, robot, listener):
        listener.status = 503
        tasks.plan()
        assert states() == [("queued", 1, "机器人那边回答 503。")]
        for minutes, tries in ((4, 1), (5, 2), (34, 2), (36, 3), (90, 3), (156, 4), (400, 4)):
            with time_machine.travel(MONDAY + timedelta(minutes=minutes), tick=False):
                tasks.tend()
            assert Delivery.objects.get().tries == tries
        assert states() == [("failed", 4, "机器人那边回答 503。")]

    def test_once_it_answers_again_it_is_sent(self, robot, listener):
        listener.answer = b'{"errcode": 45009, "errmsg": "api freq out of limit"}'
        tasks.plan()
        listener.answer = b'{"errcode": 0}'
        with time_machine.travel(MONDAY + timedelta(minutes=6), tick=False):
            tasks.tend()
        assert states() == [("sent", 2, "")]

    def test_a_server_that_is_not_there(self, robot, listener, settings):
        settings.PARTYBUILD_ROBOT_ORIGINS = ["http://127.0.0.1:9"]
        Robot.objects.update(webhook="http://127.0.0.1:9/send")
        tasks.plan()
        assert states() == [("queued", 1, "连不上机器人的服务器，请检查服务器能不能上外网。")]

    def test_no_answer_may_mean_that_it_arrived(self, robot, monkeypatch):
        def silent(request):
            raise robots.Unsure

        monkeypatch.setattr(robots, "_ask", silent)
        tasks.plan()
        tasks.tend()
        assert states() == [("unsure", 1, services.UNSURE)]

    def test_a_worker_that_died_while_sending_leaves_no_second_message(self, robot, listener):
        services.plan(MONDAY)
        assert services._taken(Delivery.objects.get().pk) is not None
        with time_machine.travel(MONDAY + timedelta(minutes=9), tick=False):
            tasks.tend()
            assert [state for state, _, _ in states()] == ["sending"]
        with time_machine.travel(MONDAY + timedelta(minutes=11), tick=False):
            tasks.tend()
        assert (listener.received, states()) == ([], [("unsure", 1, services.UNSURE)])

    def test_a_stopped_robot_is_silent_and_its_log_stays(self, robot, listener, county, township_officer):
        tasks.plan()
        services.stop_robot(county.township, by=township_officer)
        with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
            tasks.plan()
        assert (len(listener.received), states()) == (1, [("sent", 1, "")])
        assert Robot.objects.get().webhook is None


class TestWhere:
    @pytest.mark.parametrize(
        "address",
        [
            "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
            "https://qyapi.weixin.qq.com.evil.cn/send",
            "https://qyapi.weixin.qq.com@10.0.0.1/send",
            "https://qyapi.weixin.qq.com:8443/send",
            "https://10.0.0.1/",
            "http://127.0.0.1:6379/",
            "file:///etc/passwd",
            "https://qyapi.weixin.qq.com\\@10.0.0.1/",
            "//oapi.dingtalk.com/robot",
            "oapi.dingtalk.com",
        ],
    )
    def test_nothing_else_is_asked_for_anything(self, county, township_officer, address):
        given = {"kind": "wecom", "webhook": address, "secret": "", "rhythm": "weekly"}
        with pytest.raises(Refused, match="机器人地址要以这些开头"):
            services.set_robot(county.township, **given, by=township_officer)

    @pytest.mark.parametrize(
        "address",
        [
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
            "https://oapi.dingtalk.com/robot/send?access_token=1",
        ],
    )
    def test_the_two_that_everybody_uses(self, county, township_officer, address):
        given = {"kind": "wecom", "webhook": address, "secret": "", "rhythm": "weekly"}
        kept = services.set_robot(county.township, **given, by=township_officer)
        assert str(kept.get_kind_display()) == "企业微信群机器人"

    def test_an_address_that_is_no_longer_allowed_is_not_asked(self, robot, listener, settings):
        settings.PARTYBUILD_ROBOT_ORIGINS = ["https://oapi.dingtalk.com"]
        tasks.plan()
        assert listener.received == []
        assert [state for state, _, _ in states()] == ["failed"]

    def test_a_redirect_is_not_followed(self, robot, listener):
        listener.status, listener.location = 302, listener.address
        tasks.plan()
        assert len(listener.received) == 1
        assert states() == [("failed", 1, "机器人那边回答 302。")]

    def test_the_address_is_sealed_and_stands_in_no_history_and_no_log(self, robot, listener, caplog):
        listener.status = 400
        tasks.plan()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM reminders_robot, reminders_robotevent, reminders_delivery")
            row = b"".join(bytes(value) if isinstance(value, memoryview) else str(value).encode()
                           for line in cursor.fetchall() for value in line)  # fmt: skip
        assert (SECRET.encode() in row, SECRET in caplog.text) == (False, False)


class TestByMail:
    def test_a_secretary_gets_a_letter_about_the_branch(self, by_mail, county):
        tasks.plan()
        (letter,) = mail.outbox
        assert (letter.to, letter.subject) == (["li@example.cn"], Delivery.objects.get().title)
        assert "https://testserver/meetings/new/?branch=8801001&kind=theme_day&month=2026-10" in letter.body
        assert "https://testserver/reminders/" in letter.body

    def test_nothing_to_say_nothing_sent(self, by_mail, county):
        county.branch.founded_on = date(2026, 11, 2)
        county.branch.save()
        tasks.plan()
        assert (mail.outbox, Delivery.objects.count()) == ([], 0)

    def test_what_was_done_is_not_asked_for(self, by_mail, county):
        hold(county.branch, "theme_day", on=date(2026, 10, 5))
        tasks.plan()
        assert "2026年10月主题党日" not in mail.outbox[0].body

    @pytest.mark.parametrize("change", [{"rhythm": "off"}, {"email": ""}])
    def test_whoever_does_not_want_it_is_left_alone(self, by_mail, branch_secretary, change):
        services.set_own(**{"email": "li@example.cn", "rhythm": "weekly"} | change, by=branch_secretary)
        tasks.plan()
        assert mail.outbox == []

    def test_whoever_left_between_planning_and_sending_gets_nothing(self, by_mail, branch_secretary):
        (pk,) = services.plan(MONDAY)
        branch_secretary.is_active = False
        branch_secretary.save()
        tasks.deliver(pk)
        assert (mail.outbox, states()) == ([], [("failed", 1, "收件人已经不再要邮件提醒。")])

    def test_without_a_mail_server_nothing_is_planned(self, by_mail, settings):
        settings.PARTYBUILD_MAIL = False
        tasks.plan()
        assert Delivery.objects.count() == 0

    def test_a_mail_server_that_hangs_up_is_tried_again(self, by_mail, monkeypatch):
        def hang_up(self):
            raise SMTPServerDisconnected

        monkeypatch.setattr("django.core.mail.EmailMessage.send", hang_up)
        tasks.plan()
        assert states() == [("queued", 1, "发信服务器没有收下，请检查发信的设置。")]

    def test_the_address_is_sealed(self, by_mail):
        email = Preference.objects.get().email
        assert (str(email), email and email.reveal()) == ("••••••", "li@example.cn")


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(county, township_officer, listener):
    """Both have it in hand at the same moment; the row's lock lets one through."""
    given = {"kind": "wecom", "webhook": listener.address, "secret": "", "rhythm": "weekly"}
    services.set_robot(county.township, **given, by=township_officer)

    def work(_):
        try:
            services.plan(MONDAY)
            services.deliver(Delivery.objects.get().pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert (len(listener.received), states()) == (1, [("sent", 1, "")])


def test_the_database_knows_one_digest_a_day(robot, county):
    given = {"organization": county.township, "robot": robot, "day": date(2026, 11, 23), "title": "a"}
    Delivery.objects.create(**given)
    Delivery.objects.create(**given, trial=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(organization=county.township, day=date(2026, 11, 23))


def test_a_trial_goes_out_at_any_hour_and_once_a_minute(robot, listener, county, township_officer):
    with time_machine.travel(datetime(2026, 11, 22, 23, tzinfo=CHINA), tick=False):
        services.deliver(services.try_robot(county.township, by=township_officer).pk)
        with pytest.raises(Refused, match="一分钟以后再试"):
            services.try_robot(county.township, by=township_officer)
    assert [body["markdown"]["content"] for _, body in listener.received] == [services.TRIAL]
    tasks.plan()
    assert len(listener.received) == 2, "the trial does not stand for the week's digest"
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
