"""The pages of reminders: one's own settings, the robot of a group chat, the log."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from apps.audit.models import Deed
from apps.core.errors import Refused
from apps.reminders import services, tasks
from apps.reminders.models import Delivery, Preference, Robot
from tests.factories import GrantFactory, UserFactory


def robot_page(organization, name="robot"):
    return reverse(f"reminders:{name}", args=[organization.pk])


class TestOwn:
    def test_it_shows_what_would_be_sent_now(self, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).get(reverse("reminders:own"))
        assert "2026年10月主题党日还没有记录，逾期23天，补记也可以。" in answer.context["digest"].text

    def test_whoever_only_reads_the_branch_is_led_to_the_duty_not_to_its_form(self, signed_in, county):
        auditor = GrantFactory(role="auditor", organization=county.branch, user=UserFactory()).user
        lines = signed_in(auditor).get(reverse("reminders:own")).context["digest"].lines
        assert f"https://testserver/duties/{county.branch.pk}/MEET-06/2026-10/" in [
            line.href for line in lines
        ]
        assert [line.href for line in lines if "/meetings/new/" in line.href] == []

    def test_saved_and_shown_to_its_owner(self, signed_in, branch_secretary):
        client, path = signed_in(branch_secretary), reverse("reminders:own")
        client.post(path, {"rhythm": "daily", "email": "li@example.cn"})
        form = client.get(path).context["form"]
        assert (form["rhythm"].value(), form["email"].value()) == ("daily", "li@example.cn")
        assert Deed.objects.get(action="reminders.set_own").detail == {"rhythm": "daily", "mail": True}

    def test_what_is_no_address_is_refused(self, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).post(
            reverse("reminders:own"), {"rhythm": "daily", "email": "li"}
        )
        assert (answer.status_code, Preference.objects.count()) == (422, 0)

    def test_a_secretary_sees_nothing_of_robots(self, signed_in, branch_secretary, county):
        client = signed_in(branch_secretary)
        assert "群机器人" not in client.get(reverse("reminders:own")).content.decode()
        assert client.get(robot_page(county.branch)).status_code == 404
        assert client.get(reverse("reminders:log")).status_code == 403


class TestRobot:
    def test_set_tried_and_stopped(self, signed_in, township_officer, county, listener):
        client, path = signed_in(township_officer), robot_page(county.township)
        sent = {"kind": "wecom", "rhythm": "weekly", "webhook": listener.address}
        assert client.post(path, sent).status_code == 302
        page = client.get(path)
        assert (page.context["is_set"], listener.address in page.content.decode()) == (True, False)
        assert client.post(robot_page(county.township, "try")).status_code == 302
        assert client.post(robot_page(county.township, "stop")).status_code == 302
        assert (client.get(path).context["is_set"], Robot.objects.get().webhook) == (False, None)
        assert list(Deed.objects.order_by("pk").values_list("action", flat=True)) == [
            "reminders.set_robot", "reminders.try_robot", "reminders.stop_robot",
        ]  # fmt: skip

    def test_an_empty_address_keeps_the_one_that_is_there(self, robot, county, township_officer, listener):
        given = {"kind": "wecom", "webhook": "", "secret": "", "rhythm": "daily"}
        services.set_robot(county.township, **given, by=township_officer)
        row = Robot.objects.get()
        assert (row.webhook and row.webhook.reveal(), row.rhythm) == (listener.address, "daily")

    def test_without_an_address_there_is_none(self, county, township_officer):
        given = {"kind": "wecom", "webhook": "", "secret": "", "rhythm": "daily"}
        with pytest.raises(Refused, match="请填写机器人地址"):
            services.set_robot(county.township, **given, by=township_officer)

    def test_an_address_elsewhere_is_said_at_its_field(self, signed_in, township_officer, county):
        sent = {"kind": "wecom", "rhythm": "weekly", "webhook": "http://10.0.0.1/"}
        answer = signed_in(township_officer).post(robot_page(county.township), sent)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["webhook"])
        assert "10.0.0.1" not in answer.content.decode()

    def test_an_offer_for_the_own_township_until_it_is_set(
        self, signed_in, township_officer, county, listener
    ):
        client, own = signed_in(township_officer), reverse("reminders:own")
        assert client.get(own).context["without"] == [county.township]
        client.post(
            robot_page(county.township), {"kind": "wecom", "rhythm": "weekly", "webhook": listener.address}
        )
        assert client.get(own).context["without"] == []


def test_the_log_says_to_what_when_and_how_it_went(
    robot, listener, signed_in, township_officer, neighbour, django_assert_max_num_queries
):
    listener.answer = b'{"errcode": 93000, "errmsg": "invalid webhook url"}'
    tasks.plan()
    client, path = signed_in(township_officer), reverse("reminders:log")
    with django_assert_max_num_queries(100) as few:
        html = client.get(path).content.decode()
    for day in range(1, 4):
        Delivery.objects.create(
            organization=robot.organization, robot=robot, day=date(2026, 11, day), title="a"
        )
    with django_assert_max_num_queries(len(few)):
        assert client.get(path).context["page"].paginator.count == 4
    assert ("河口镇党委的企业微信群机器人" in html, "机器人没有收下（93000）" in html) == (True, True)
    assert signed_in(neighbour).get(path).context["page"].paginator.count == 0
