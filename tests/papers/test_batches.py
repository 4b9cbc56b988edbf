"""Batches for a period: what is in them, in whose scope, at once or by a worker, in constant queries."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import Deed
from apps.core.errors import Refused
from apps.core.periods import Month, Quarter, Year
from apps.core.progress import Progress, progress_of
from apps.papers import making, orders, running, services, tasks
from apps.papers.kinds import Binding, Paper
from apps.papers.models import PaperFile, PaperJob
from apps.papers.orders import File, Order
from tests.conftest import County
from tests.factories import MeetingFactory, SeatFactory, TermFactory
from tests.papers.conftest import Held, Village, lines_of, opened, rows_of

pytestmark = pytest.mark.django_db


def order_of(county: County, paper: Paper = Paper.MINUTES, **more) -> Order:
    return Order(**{"paper": paper, "period": Year(2026), "path": county.township.path, **more})


def at_once(order: Order, by: User) -> File:
    file = services.print_batch(order, by=by)
    assert isinstance(file, File)
    return file


def files_in(file: File) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_one_file_has_every_record_on_pages_of_its_own(
    county: County, held: Held, township_officer: User
) -> None:
    held("2026-10-05", topic="十月")
    held("2026-11-05", topic="十一月")

    file = at_once(order_of(county), township_officer)

    document = opened(file)
    assert file.name == "2026年会议记录.docx"
    assert [table.cell(1, 1).text for table in document.tables] == ["十月", "十一月"]
    assert len(document.sections) == 2


def test_period_kinds_and_state_decide_what_is_printed(
    county: County, held: Held, township_officer: User
) -> None:
    held("2026-10-05", topic="十月")
    held("2026-10-12", topic="党课", kinds=["lesson"])
    held("2026-10-15", topic="草稿", state="draft", submitted_at=None)
    held("2026-10-18", topic="撤回", state="withdrawn")
    held("2026-11-05", topic="十一月")

    order = order_of(county, period=Month(2026, 10), kinds=("theme_day",))

    assert [table.cell(1, 1).text for table in opened(at_once(order, township_officer)).tables] == ["十月"]


def test_nothing_of_another_township_is_in_it(county: County, held: Held, township_officer: User) -> None:
    held()
    MeetingFactory(organization=county.other_branch, topic="邻乡")

    document = opened(at_once(order_of(county, path=county.township.path), township_officer))

    assert [table.cell(1, 1).text for table in document.tables] == ["学习党章"]
    with pytest.raises(PermissionDenied):
        services.print_batch(order_of(county, path=county.other_township.path), by=township_officer)


def test_an_archive_has_a_file_for_each_record(county: County, held: Held, township_officer: User) -> None:
    held("2026-10-05")
    held("2026-10-05")

    found = files_in(at_once(order_of(county, binding=Binding.ARCHIVE), township_officer))

    place = "河口镇东湾村党支部/2026-10-05 主题党日 会议记录 学习党章"
    assert list(found) == [f"{place}.docx", f"{place}（2）.docx"]
    assert lines_of(opened(found[f"{place}.docx"]))[0] == "河口镇东湾村党支部"


def test_the_same_batch_is_the_same_file(county: County, held: Held, township_officer: User) -> None:
    held()

    assert at_once(order_of(county), township_officer) == at_once(order_of(county), township_officer)


def test_the_record_book_has_cover_register_and_pages(
    county: County, village: Village, held: Held, township_officer: User
) -> None:
    SeatFactory(
        term=TermFactory(organization=village.branch), member=village.secretary, position="1_secretary"
    )
    held("2026-10-05", topic="十月")
    held("2026-11-05", topic="十一月")

    document = opened(at_once(order_of(county, Paper.RECORD_BOOK), township_officer))

    said = lines_of(document)
    assert said[:6] == [
        "党 建 记 录 簿",
        "党 支 部：河口镇东湾村党支部",
        "书　　记：党员00",
        "时　　间：2026年",
        "会议次数：2",
        "目　　录",
    ]
    assert rows_of(document)[1:] == [
        ["1", "2026年10月5日", "主题党日", "十月", "13", "13"],
        ["2", "2026年11月5日", "主题党日", "十一月", "13", "13"],
    ]
    assert "河口镇东湾村党支部　　第 2 次" in said
    assert [row[0] for row in rows_of(document, 2)][-4:] == [
        "会议内容",
        "上次决定\n的 落 实",
        "表 决 和\n决　　议",
        "签　　字",
    ]


def test_each_branch_has_a_book_of_its_own(county: County, held: Held, township_officer: User) -> None:
    held()
    MeetingFactory(organization=county.second_branch)

    found = files_in(at_once(order_of(county, Paper.RECORD_BOOK, binding=Binding.ARCHIVE), township_officer))

    assert list(found) == [
        "河口镇东湾村党支部 2026年党建记录簿.docx",
        "河口镇西湾村党支部 2026年党建记录簿.docx",
    ]


def test_nothing_to_print_is_said(county: County, township_officer: User) -> None:
    with pytest.raises(Refused, match="没有符合条件"):
        services.print_batch(order_of(county), by=township_officer)


def test_too_much_is_refused_with_advice(
    county: County, held: Held, township_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    held("2026-10-05")
    held("2026-11-05")
    monkeypatch.setitem(orders.MOST, Binding.ONE_FILE, 1)

    with pytest.raises(Refused, match="一共有 2 份，一次最多 1 份"):
        services.print_batch(order_of(county), by=township_officer)


def test_200_meetings_take_as_many_queries_as_two(county: County, held: Held, township_officer: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            making.carry_out(order_of(county), township_officer)
        return len(captured)

    held("2026-10-05")
    held("2026-10-06")
    queries()  # what the user may is asked once
    few = queries()
    for number in range(198):
        MeetingFactory(organization=county.second_branch, topic=f"第{number}次")

    assert queries() == few


@pytest.fixture
def many(county: County, held: Held, monkeypatch: pytest.MonkeyPatch) -> Order:
    """More than somebody waits for."""
    held("2026-10-05", topic="十月")
    held("2026-11-05", topic="十一月")
    monkeypatch.setattr("apps.papers.services.AT_ONCE", 1)
    monkeypatch.setattr("apps.papers.services.make_papers.delay", lambda job_id: None)
    return order_of(county)


def put_in_hand(order: Order, by: User) -> PaperJob:
    job = services.print_batch(order, by=by)
    assert isinstance(job, PaperJob)
    return job


def test_many_are_made_by_a_worker(many: Order, township_officer: User) -> None:
    job = put_in_hand(many, township_officer)
    assert (job.state, job.title) == ("queued", "2026年会议记录")

    tasks.make_papers(str(job.pk))
    job.refresh_from_db()

    file = services.hand_out(job, by=township_officer)
    assert len(opened(file).tables) == 2
    assert list(Deed.objects.order_by("pk").values_list("action", flat=True)) == [
        "papers.order",
        "papers.download",
    ]


def test_the_worker_says_how_far_it_is(
    many: Order, township_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(
        "apps.papers.running.progress.report", lambda name, done, total: seen.append((done, total))
    )
    job = put_in_hand(many, township_officer)

    running.make(job.pk)

    assert seen == [(1, 2), (2, 2)]
    assert progress_of(running.name_of(job.pk)) == Progress()


def test_a_job_done_twice_is_done_once(many: Order, township_officer: User) -> None:
    job = put_in_hand(many, township_officer)

    running.make(job.pk)
    running.make(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("ready", 1)


def test_what_goes_wrong_ends_in_a_sentence(
    many: Order, township_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = put_in_hand(many, township_officer)
    monkeypatch.setattr("apps.papers.running.carry_out", lambda *given: 1 / 0)

    running.make(job.pk)

    job.refresh_from_db()
    assert (job.state, job.notice) == ("failed", running.UNEXPECTED)
    with pytest.raises(Refused, match="还没有做好"):
        services.hand_out(job, by=township_officer)


def test_a_scope_that_was_taken_away_closes_the_file_too(many: Order, township_officer: User) -> None:
    job = put_in_hand(many, township_officer)
    running.make(job.pk)
    job.refresh_from_db()
    township_officer.grants.all().delete()
    stripped = User.objects.get(pk=township_officer.pk)

    with pytest.raises(PermissionDenied):
        services.hand_out(job, by=stripped)


def test_a_forgotten_job_is_taken_up_and_old_ones_are_deleted(
    many: Order, township_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten, old = put_in_hand(many, township_officer), put_in_hand(many, township_officer)
    running.make(old.pk)
    hour, week = timezone.now() - timedelta(hours=1), timezone.now() - timedelta(days=7)
    PaperJob.objects.filter(pk=forgotten.pk).update(touched_at=hour)
    PaperJob.objects.filter(pk=old.pk).update(asked_at=week)
    sent: list[str] = []
    monkeypatch.setattr("apps.papers.tasks.make_papers.delay", sent.append)

    tasks.tend_papers()

    assert sent == [str(forgotten.pk)]
    assert (PaperJob.objects.get(), PaperFile.objects.count()) == (forgotten, 0)


def test_a_worker_that_dies_again_and_again_is_not_fed_for_ever(many: Order, township_officer: User) -> None:
    job = put_in_hand(many, township_officer)
    PaperJob.objects.filter(pk=job.pk).update(state="running", attempts=running.MAX_ATTEMPTS)

    running.make(job.pk)

    job.refresh_from_db()
    assert (job.state, job.notice) == ("failed", running.TOO_OFTEN)


def test_an_order_is_kept_as_it_was_given() -> None:
    order = Order(Paper.ACTIVITY, Quarter(2026, 4), "88/", ("lesson",), Binding.ARCHIVE)

    assert Order.from_json(order.as_json()) == order
