"""A report is frozen, made once, and agrees with the lists behind it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from apps.core.errors import Refused
from apps.core.periods import Month
from apps.figures import queries as figure_queries
from apps.figures.registry import all_figures
from apps.meetings import services as meeting_services
from apps.meetings.models import Meeting
from apps.reports import queries, services
from apps.reports.frozen import from_json, to_json
from apps.reports.models import MonthlyReport, State
from apps.reports.running import FAILURE
from apps.reports.tasks import ask_for_regular_reports, tend_reports
from tests.conftest import County
from tests.figures.conftest import OCTOBER, October, at, hold
from tests.reports.conftest import made, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_sixth")]


# --- Frozen, once, in revisions -----------------------------------------------------------------


def test_asking_again_gives_the_same_report(meetings: October, county_officer) -> None:
    first = made(meetings.county.root, by=county_officer)
    hold(meetings.county.other_branch, "theme_day", handed_in=at(date(2026, 11, 6), 10))

    again = made(meetings.county.root, by=county_officer)

    assert again.pk == first.pk
    assert MonthlyReport.objects.count() == 1
    assert said(again).value("M03").numerator == 2


def test_the_database_keeps_a_finished_report_as_it_is(meetings: October, county_officer) -> None:
    report = made(meetings.county.root, by=county_officer)
    report.content = {**(report.content or {}), "month": "2026-09"}

    for deed in (report.save, report.delete):
        with pytest.raises(InternalError, match="frozen"), transaction.atomic():
            deed()


def test_a_new_revision_wants_a_reason_and_leaves_the_old_one(
    meetings: October, county_officer, on_the_sixth
) -> None:
    old = made(meetings.county.root, by=county_officer)
    hold(meetings.county.other_branch, "theme_day", handed_in=at(date(2026, 11, 7)))
    on_the_sixth.move_to("2026-11-09 09:00+08:00")

    with pytest.raises(Refused, match="请写明重新生成的原因"):
        services.ask_for_revision(old, reason="  ", by=county_officer)
    new = services.ask_for_revision(old, reason="上寨村漏交主题党日记录", by=county_officer)
    services.make_report(new.pk)
    new.refresh_from_db()

    assert (new.revision, new.cut_off_on) == (2, date(2026, 11, 9))
    assert (said(old).value("M03").numerator, said(new).value("M03").numerator) == (2, 3)
    assert "第2版，重新生成的原因：上寨村漏交主题党日记录。" in said(new).words.blocks[0].text


def test_a_revision_of_a_report_that_is_not_there_yet_is_refused(meetings: October, county_officer) -> None:
    report = services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)

    with pytest.raises(Refused, match="还没有生成好"):
        services.ask_for_revision(report, reason="改一下", by=county_officer)


def test_the_value_survives_its_json(meetings: October, county_officer) -> None:
    report = made(meetings.county.root, by=county_officer)
    content = said(report)

    assert from_json(json.loads(json.dumps(to_json(content)))) == content


def test_a_report_of_another_schema_is_not_guessed_at(meetings: October, county_officer) -> None:
    report = made(meetings.county.root, by=county_officer)

    with pytest.raises(ValueError, match="schema 99"):
        from_json({**(report.content or {}), "schema": 99})


def test_two_of_the_same_cannot_be(meetings: October, county_officer) -> None:
    services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)

    with pytest.raises(IntegrityError, match="report_once"), transaction.atomic():
        MonthlyReport.objects.create(
            organization=meetings.county.root,
            month=OCTOBER,
            cut_off_on=date(2026, 11, 5),
            asked_by=county_officer,
        )


def test_two_workers_make_one_report(meetings: October, county_officer) -> None:
    report = services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)
    services.make_report(report.pk)
    first = MonthlyReport.objects.get(pk=report.pk)
    services.make_report(report.pk)

    assert MonthlyReport.objects.get(pk=report.pk).made_at == first.made_at


# --- When ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "is_closed"), [("2026-11-05 23:59+08:00", False), ("2026-11-06 00:00+08:00", True)]
)
def test_a_month_is_closed_when_its_cut_off_is_over(
    meetings: October, county_officer, on_the_sixth, now, is_closed
) -> None:
    on_the_sixth.move_to(now)
    assert queries.closed_month(meetings.county.root.path) == (OCTOBER if is_closed else Month(2026, 9))

    if is_closed:
        services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)
    else:
        with pytest.raises(Refused, match="2026年10月的记录到2026年11月5日截止"):
            services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)


def test_a_county_may_set_another_cut_off(meetings: October, county_officer, settings, on_the_sixth) -> None:
    settings.PARTYBUILD_MONTHLY_CUTOFF_DAY = 8
    with pytest.raises(Refused, match="11月8日截止"):
        services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)


def test_a_branch_has_no_report_of_its_own(meetings: October, county_officer) -> None:
    with pytest.raises(Refused, match="乡镇党委"):
        services.ask_for_report(meetings.county.branch, OCTOBER, by=county_officer)


def test_the_clock_makes_the_county_s_and_each_township_s_once(
    meetings: October, django_capture_on_commit_callbacks
) -> None:
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            ask_for_regular_reports()

    rows = MonthlyReport.objects.order_by("organization__path").values_list(
        "organization__code", "month", "state"
    )
    assert list(rows) == [("88", OCTOBER, "ready"), ("8801", OCTOBER, "ready"), ("8802", OCTOBER, "ready")]


def test_what_no_worker_took_up_is_sent_again(meetings: October, county_officer, on_the_sixth) -> None:
    report = services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)
    tend_reports()
    assert MonthlyReport.objects.get(pk=report.pk).state == State.QUEUED

    on_the_sixth.move_to("2026-11-06 09:11+08:00")
    tend_reports()
    assert MonthlyReport.objects.get(pk=report.pk).is_ready


def test_a_report_that_fails_says_so_and_can_be_asked_for_again(
    meetings: October, county_officer, monkeypatch
) -> None:
    report = services.ask_for_report(meetings.county.root, OCTOBER, by=county_officer)
    with monkeypatch.context() as broken:
        broken.setattr("apps.reports.running.build", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.make_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.failure) == (State.FAILED, FAILURE)

    assert made(meetings.county.root, by=county_officer).pk == report.pk
    assert MonthlyReport.objects.get(pk=report.pk).is_ready


# --- Late records -------------------------------------------------------------------------------


def test_late_records_go_into_the_next_period(meetings: October, county_officer, on_the_sixth) -> None:
    late = hold(meetings.county.other_branch, "theme_day", handed_in=at(date(2026, 11, 7)))
    on_the_sixth.move_to("2026-11-20 09:00+08:00")
    october = made(meetings.county.root, by=county_officer)
    on_the_sixth.move_to("2026-12-06 09:00+08:00")
    november = made(meetings.county.root, Month(2026, 11), by=county_officer)

    assert said(october).value("M03").numerator == 2
    assert [record.name for record in queries.came_after(october)] == ["石桥乡上寨村党支部"]
    assert [(row.name, row.held_on, row.handed_in_on) for row in said(november).late] == [
        ("石桥乡上寨村党支部", late.held_at.date(), date(2026, 11, 7))
    ]
    assert "补录情况清单" in said(november).words.annexes


@pytest.fixture
def theme_day(october: October) -> Meeting:
    """Complete, and handed in in time."""
    members = october.members["branch"]
    meeting = hold(october.county.branch, "theme_day", handed_in=at(date(2026, 10, 20)))
    meeting.host, meeting.recorder = members[0], members[1]
    meeting.save()
    return meeting


def test_a_record_that_was_given_back_and_comes_again_is_late_by_its_last_hand_in(
    theme_day: Meeting, county: County, county_officer, branch_secretary, on_the_sixth
) -> None:
    on_the_sixth.move_to("2026-10-25 09:00+08:00")
    meeting_services.return_meeting(theme_day, reason="缺讨论情况", by=county_officer)
    on_the_sixth.move_to("2026-11-06 09:00+08:00")
    report = made(county.root, by=county_officer)
    on_the_sixth.move_to("2026-11-23 09:00+08:00")
    meeting_services.submit(theme_day, by=branch_secretary)
    on_the_sixth.move_to("2026-12-06 09:00+08:00")
    november = made(county.root, Month(2026, 11), by=county_officer)

    assert said(report).value("M03").numerator == 0
    for late in (queries.came_after(report), said(november).late):
        assert [(row.held_on, row.handed_in_on, row.reason) for row in late] == [
            (date(2026, 10, 12), date(2026, 11, 23), "改正后重新交上")
        ]


def test_what_a_report_counted_and_was_then_corrected_is_noted_in_the_next_one(
    theme_day: Meeting, county: County, county_officer, branch_secretary, on_the_sixth
) -> None:
    report = made(county.root, by=county_officer)
    on_the_sixth.move_to("2026-11-23 09:00+08:00")
    meeting_services.return_meeting(theme_day, reason="缺讨论情况", by=county_officer)
    meeting_services.submit(theme_day, by=branch_secretary)
    on_the_sixth.move_to("2026-12-06 09:00+08:00")
    november = made(county.root, Month(2026, 11), by=county_officer)

    assert said(report).value("M03").numerator == 1
    assert [row.handed_in_on for row in said(november).late] == [date(2026, 11, 23)]


# --- Numbers and lists --------------------------------------------------------------------------


def test_every_frozen_number_equals_its_list_and_the_live_one(
    meetings: October, county_officer, signed_in
) -> None:
    """On the page: each number with the frozen entries behind it; just made, the live list says the same."""
    report = made(meetings.county.root, by=county_officer)
    content, client = said(report), signed_in(county_officer)
    census = figure_queries.census_of(meetings.county.root.pk, OCTOBER, on=date(2026, 11, 6))
    live = figure_queries.measure(census)
    for figure, reading in zip(all_figures(), live.readings(), strict=True):
        assert content.reading(figure.code).counts == reading.counts
        for unit in (content.root, *content.parts):
            for part in figure.part_codes:
                address = reverse("reports:entries", args=[report.pk, figure.code, part])
                shown = client.get(address, {"unit": unit.code}).context
                assert sum(entry.count for entry in shown["page"].object_list) == content.reading(
                    figure.code, unit
                ).count(part)
                assert shown["count"] == content.reading(figure.code, unit).count(part)


def test_the_frozen_list_stays_when_the_live_one_changes(
    meetings: October, county_officer, signed_in
) -> None:
    report = made(meetings.county.root, by=county_officer)
    hold(meetings.county.other_branch, "theme_day", handed_in=at(date(2026, 11, 6), 8))
    client = signed_in(county_officer)

    frozen = client.get(reverse("reports:entries", args=[report.pk, "M03", "missing"])).context
    live = client.get(frozen["live"]).context

    assert [entry.unit.name for entry in frozen["page"].object_list] == ["石桥乡上寨村党支部"]
    assert list(live["page"].object_list) == []


# --- Who may ------------------------------------------------------------------------------------


def test_a_neighbour_finds_no_report_of_another_township(
    meetings: October, township_officer, neighbour, signed_in
) -> None:
    report = made(meetings.county.township, by=township_officer)
    client = signed_in(neighbour)

    for address in (
        reverse("reports:detail", args=[report.pk]),
        reverse("reports:word", args=[report.pk]),
        reverse("reports:excel", args=[report.pk]),
        reverse("reports:entries", args=[report.pk, "M01", "missing"]),
    ):
        assert client.get(address).status_code == 404
        assert signed_in(township_officer).get(address).status_code == 200
    assert client.post(reverse("reports:revise", args=[report.pk]), {"reason": "改"}).status_code == 404
    assert list(client.get(reverse("reports:list")).context["page"].object_list) == []


def test_a_reader_reads_but_does_not_make(meetings: October, county_officer, auditor, signed_in) -> None:
    report = made(meetings.county.root, by=county_officer)
    client = signed_in(auditor)

    assert client.get(reverse("reports:detail", args=[report.pk])).context["may_make"] is False
    assert client.get(reverse("reports:new")).status_code == 403
    assert client.post(reverse("reports:revise", args=[report.pk]), {"reason": "改"}).status_code == 403


def test_asking_on_the_page_for_another_township_is_no_choice(
    meetings: October, neighbour, signed_in
) -> None:
    answer = signed_in(neighbour).post(
        reverse("reports:new"), {"organization": meetings.county.township.pk, "month": "2026-10"}
    )

    assert answer.status_code == 422
    assert MonthlyReport.objects.count() == 0


def test_asking_on_the_page_makes_it_in_the_background(
    meetings: October, township_officer, signed_in, django_capture_on_commit_callbacks
) -> None:
    client = signed_in(township_officer)
    answer = client.post(
        reverse("reports:new"), {"organization": meetings.county.township.pk, "month": "2026-10"}
    )
    report = MonthlyReport.objects.get()
    assert answer.headers["Location"] == reverse("reports:detail", args=[report.pk])

    waiting = client.get(answer.headers["Location"])
    assert waiting.context["running"] is True
    assert client.get(reverse("reports:progress", args=[report.pk])).context["done"] == 0
    assert client.get(reverse("reports:word", args=[report.pk])).status_code == 404

    services.make_report(report.pk)
    assert client.get(reverse("reports:progress", args=[report.pk])).headers["HX-Refresh"] == "true"
    assert client.get(answer.headers["Location"]).context["report"].is_ready


def test_a_month_that_is_not_over_is_refused_on_the_page(
    meetings: October, township_officer, signed_in
) -> None:
    answer = signed_in(township_officer).post(
        reverse("reports:new"), {"organization": meetings.county.township.pk, "month": "2026-11"}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["month"] == [
        "2026年11月的记录到2026年12月5日截止，过了这一天才能生成月报。"
    ]


# --- The command --------------------------------------------------------------------------------


def test_the_command_writes_the_same_report_as_files(meetings: October, tmp_path, county_officer) -> None:
    report = made(meetings.county.root, by=county_officer)
    call_command("monthly_report", "2026-10", "--out", tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "88-2026-10-1.docx",
        "88-2026-10-1.json",
        "88-2026-10-1.xlsx",
    ]
    assert json.loads((tmp_path / "88-2026-10-1.json").read_text()) == report.content


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["October"], "not a month: October"),
        (["2026-11"], "2026年11月的记录到2026年12月5日截止"),
        (["2026-10", "--organization", "77"], "no organization 77"),
        (["2026-10", "--organization", "8801001"], "乡镇党委"),
    ],
)
def test_the_command_says_what_is_wrong(meetings: October, tmp_path, arguments, sentence) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("monthly_report", *arguments, "--out", tmp_path)
    assert list(tmp_path.iterdir()) == []
