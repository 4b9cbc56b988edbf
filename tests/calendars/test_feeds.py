"""A branch's calendar at a secret address: who gets it, what it says, and what it never says."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from icalendar import Calendar

from apps.audit.models import Deed
from apps.calendars import services
from apps.calendars.models import Feed
from apps.core.calendar import CHINA
from apps.core.crypto import digest
from tests.factories import MemberFactory, TermFactory, ThemePlanFactory
from tests.figures.conftest import hold


@pytest.fixture(autouse=True)
def on_22_november():
    with time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=CHINA), tick=False):
        yield


@pytest.fixture
def address(county, branch_secretary):
    return reverse("calendars:ics", args=[services.open_feed(county.branch, by=branch_secretary)])


def events(answer):
    calendar = Calendar.from_ical(answer.content)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


class TestTheAddress:
    def test_it_is_shown_once_and_kept_as_a_digest(self, county, signed_in, branch_secretary, villager):
        client, path = signed_in(branch_secretary), reverse("calendars:feed", args=[county.branch.pk])
        shown = client.post(path)
        address = shown.context["address"]
        assert (shown.headers["Cache-Control"], address in shown.content.decode()) == ("no-store", True)
        assert "feeds/" not in client.get(path).content.decode()
        token = urlsplit(address).path.removeprefix("/calendar/feeds/").removesuffix(".ics")
        assert (len(token) >= 43, bytes(Feed.objects.get().digest)) == (True, digest(token))
        assert villager.get(urlsplit(address).path)["Content-Type"] == "text/calendar; charset=utf-8"

    def test_renewed_the_old_one_is_nothing(self, county, branch_secretary, villager, address):
        renewed = reverse("calendars:ics", args=[services.open_feed(county.branch, by=branch_secretary)])
        assert (villager.get(address).status_code, villager.get(renewed).status_code) == (404, 200)

    def test_revoked_it_is_nothing_and_both_are_on_record(
        self, county, signed_in, branch_secretary, villager, address
    ):
        signed_in(branch_secretary).post(reverse("calendars:revoke", args=[county.branch.pk]))
        assert villager.get(address).status_code == 404
        deeds = Deed.objects.filter(action__startswith="calendars.").order_by("pk")
        assert [(deed.action, deed.user_name) for deed in deeds] == [
            ("calendars.open_feed", "东湾村书记李长福"),
            ("calendars.revoke_feed", "东湾村书记李长福"),
        ]

    def test_whoever_lost_the_branch_reads_no_more(self, branch_secretary, villager, address):
        branch_secretary.grants.all().delete()
        assert villager.get(address).status_code == 404

    def test_whoever_was_deactivated_reads_no_more(self, branch_secretary, villager, address):
        branch_secretary.is_active = False
        branch_secretary.save()
        assert villager.get(address).status_code == 404

    def test_a_dissolved_branch_has_no_calendar(self, county, villager, address):
        county.branch.dissolved_on = date(2026, 11, 1)
        county.branch.save()
        assert villager.get(address).status_code == 404

    def test_each_person_has_their_own(self, county, township_officer, branch_secretary, villager, address):
        services.open_feed(county.branch, by=township_officer)
        services.revoke_feed(county.branch, by=township_officer)
        assert villager.get(address).status_code == 200
        assert Feed.objects.get(revoked_at=None).user == branch_secretary

    def test_nobody_subscribes_to_a_neighbours_branch(self, county, neighbour):
        with pytest.raises(PermissionDenied):
            services.open_feed(county.branch, by=neighbour)

    @pytest.mark.parametrize("token", ["", "x", "a" * 43, "../../etc/passwd", "%00"])
    def test_a_guess_finds_nothing(self, villager, address, token):
        assert villager.get(f"/calendar/feeds/{token}.ics").status_code == 404

    def test_it_is_not_asked_for_without_end(self, villager, address):
        answers = [villager.get(address).status_code for _ in range(61)]
        assert (set(answers[:60]), answers[60]) == ({200}, 429)


class TestTheFile:
    def test_it_holds_plans_last_days_and_the_end_of_the_term(self, county, villager, address):
        TermFactory(organization=county.branch, elected_on=date(2022, 3, 1), years=5)
        ThemePlanFactory(organization=county.branch, theme="植树", planned_on=date(2026, 11, 27))
        found = {
            (event["dtstart"].dt, str(event["summary"])): str(event["description"])
            for event in events(villager.get(address)).values()
        }
        assert found[date(2026, 11, 27), "主题党日：植树"] == (
            "河口镇东湾村党支部\n植树\n依据：支部工作条例第十六条"
        )
        assert (date(2026, 11, 30), "最迟今天：主题党日") in found
        assert (date(2026, 10, 31), "逾期：主题党日") in found
        assert (date(2027, 3, 1), "本届任期届满") in found

    def test_it_opens_the_form_for_whoever_records_and_the_duty_for_others(
        self, county, villager, address, township_officer
    ):
        theirs = reverse("calendars:ics", args=[services.open_feed(county.branch, by=township_officer)])
        opened = [
            {str(event["url"]) for event in events(villager.get(each)).values() if "党日" in event["summary"]}
            for each in (address, theirs)
        ]
        form = f"http://testserver/meetings/new/?branch={county.branch.code}&kind=theme_day"
        assert opened == [
            {form, f"{form}&month=2026-10"},
            {f"http://testserver/duties/{county.branch.pk}/MEET-06/2026-{month}/" for month in (10, 11)},
        ]

    def test_it_names_no_member_and_repeats_no_record(self, county, villager, address):
        member = MemberFactory(branch=county.branch, probationary=True, joined_on=date(2025, 12, 1))
        hold(county.branch, "theme_day", on=date(2026, 11, 5), roll=[(member, "present", "")])
        ThemePlanFactory(organization=county.branch, theme="植树", note=f"{member.name}带队")
        text = villager.get(address).content.decode().replace("\r\n ", "")
        assert (member.name in text, "学习党章" in text, "东湾村" in text) == (False, False, True)

    def test_what_stays_is_not_sent_again(self, county, villager, address):
        first = villager.get(address)
        again = villager.get(address, headers={"If-None-Match": first["ETag"]})
        assert (first["Cache-Control"], again.status_code, again.content) == (
            "private, max-age=3600", 304, b"",
        )  # fmt: skip
        ThemePlanFactory(organization=county.branch, theme="植树", planned_on=date(2026, 11, 27))
        assert villager.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_an_event_keeps_its_name_when_its_day_changes(self, county, villager, address):
        plan = ThemePlanFactory(organization=county.branch, theme="植树", planned_on=date(2026, 11, 27))
        before = events(villager.get(address))
        plan.planned_on = date(2026, 11, 28)
        plan.save()
        after = events(villager.get(address))
        moved = [uid for uid in after if after[uid]["dtstart"].dt == date(2026, 11, 28)]
        assert (set(before) == set(after), before[moved[0]]["dtstart"].dt) == (True, date(2026, 11, 27))

    def test_it_is_folded_and_escaped_as_the_standard_has_it(self, county, villager, address):
        theme = "学习；讨论, 表决\\" + "很长" * 40
        ThemePlanFactory(organization=county.branch, theme=theme, planned_on=date(2026, 11, 27))
        content = villager.get(address).content
        assert max(len(line) for line in content.split(b"\r\n")) <= 75
        assert b"\n" not in content.replace(b"\r\n", b"")
        summaries = [str(event["summary"]) for event in events(villager.get(address)).values()]
        assert f"主题党日：{theme}" in summaries
