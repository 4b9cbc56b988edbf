"""A file on its way: received, read, decided about, written; and everything that can happen to it between."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from apps.audit.models import Deed
from apps.core import progress
from apps.core.errors import Refused
from apps.imports import running, safety, services, tasks
from apps.imports.models import ImportFile, ImportJob, ImportLine
from apps.imports.registry import importer_named
from apps.imports.states import State
from apps.members.models import Member
from tests.imports.rosters import people, person, roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(county, township_officer, django_capture_on_commit_callbacks):
    """Upload a roster and let it be read, as the township's officer."""

    def receive(content: bytes, by=township_officer) -> ImportJob:
        with django_capture_on_commit_callbacks(execute=True):
            job = services.receive_file(importer_named("roster"), name="花名册.xlsx", content=content, by=by)
        job.refresh_from_db()
        return job

    return receive


@pytest.fixture
def settled(django_capture_on_commit_callbacks):
    """Call a verb and let its task run."""

    def settle(verb, job: ImportJob, **arguments) -> ImportJob:
        with django_capture_on_commit_callbacks(execute=True):
            verb(job, by=job.owner, **arguments)
        job.refresh_from_db()
        return job

    return settle


def counts(job: ImportJob) -> tuple[int, ...]:
    return job.rows, job.new, job.changed, job.unchanged, job.bad_rows, job.skipped


def lines(job: ImportJob) -> list[tuple[str, int, str]]:
    return list(job.lines.order_by("place").values_list("shelf", "row", "subject"))


def test_received_file_is_read_and_shown(received):
    job = received(roster(person(1), person(2, name="李强", education="太空学院")))
    assert (job.state, counts(job), job.is_open) == (State.READY, (2, 1, 0, 0, 1, 0), False)
    assert lines(job) == [("problem", 3, "李强"), ("new", 2, "王小明")]
    assert Member.objects.count() == 0


def test_file_lies_encrypted_and_opens_again(received):
    content = people(1)
    job = received(content)
    assert running.content_of(job) == content
    sealed = ImportFile.objects.get().content.sealed
    assert b"PK" not in sealed[:60]


def test_lines_hold_no_whole_number(received):
    received(roster(person(1), [*person(2)[:2], 990000198005010016.0, *person(2)[3:]]))
    stored = " ".join(f"{line.text}{line.advice}{line.changes}" for line in ImportLine.objects.all())
    assert person(1)[2] not in stored  # type: ignore[operator]
    assert "99000019800501" not in stored


def test_commit_writes_what_was_shown(received, settled, township_officer):
    job = received(people(3))
    settled(services.commit, job, shown=job.fingerprint)
    assert (job.state, Member.objects.count()) == (State.DONE, 3)
    deed = Deed.objects.get(action="imports.commit")
    assert (deed.user_id, deed.detail["new"], deed.object_id) == (township_officer.pk, 3, str(job.pk))


def test_commit_of_another_page_is_refused(received, settled):
    job = received(people(1))
    with pytest.raises(Refused, match="请重新看一遍结果"):
        settled(services.commit, job, shown="0" * 64)
    assert Member.objects.count() == 0


def test_commit_with_faults_is_refused(received, settled):
    job = received(roster(person(1), person(2, education="太空学院")))
    with pytest.raises(Refused, match="还有问题没有处理"):
        settled(services.commit, job, shown=job.fingerprint)


def test_second_commit_is_refused(received, settled):
    job = received(people(1))
    settled(services.commit, job, shown=job.fingerprint)
    with pytest.raises(Refused, match="这次导入的状态是“已写入”"):
        settled(services.commit, job, shown=job.fingerprint)


def test_faulty_rows_are_left_out_by_choice(received, settled):
    job = received(roster(person(1), person(2, education="太空学院"), person(3, education="月球学院")))
    settled(services.choose, job, skip_errors=True)
    assert (counts(job), job.is_open) == ((3, 1, 0, 0, 0, 2), True)
    settled(services.commit, job, shown=job.fingerprint)
    assert Member.objects.count() == 1


def test_one_faulty_row_is_left_out_and_taken_back(received, settled):
    job = received(roster(person(1), person(2, education="太空学院"), person(3, education="月球学院")))
    settled(services.choose, job, skip=("党员花名册", 3))
    assert (counts(job), [line.is_skipped for line in job.lines.filter(shelf="problem")]) == (
        (3, 1, 0, 0, 1, 1), [True, False],
    )  # fmt: skip
    settled(services.choose, job, keep=("党员花名册", 3))
    assert counts(job) == (3, 1, 0, 0, 2, 0)


def test_stored_number_is_taken_by_choice(received, settled):
    job = received(roster(person(1)))
    settled(services.commit, job, shown=job.fingerprint)
    lost = [*person(1)[:2], float(str(person(1)[2])), *person(1)[3:7], "小学"]
    job = received(roster(lost))
    assert job.lines.get(shelf="problem").offer == "adopt"
    settled(services.choose, job, adopt=("党员花名册", 2))
    assert (counts(job), job.is_open) == ((1, 0, 1, 0, 0, 0), True)


# --- two people, and time ----------------------------------------------------------------------------


def test_second_of_two_people_sees_the_result_anew(received, settled, county_officer):
    first = received(people(2))
    second = received(people(2), by=county_officer)
    settled(services.commit, first, shown=first.fingerprint)
    settled(services.commit, second, shown=second.fingerprint)
    assert (second.state, second.notice) == (State.READY, "名册在您查看之后有了变化，请重新看一遍结果。")
    assert (counts(second), Member.objects.count()) == ((2, 0, 0, 2, 0, 0), 2)


def test_two_people_with_different_branches_do_not_disturb_each_other(
    received, settled, county_officer, county
):
    first = received(people(2))
    second = received(roster(person(9, branch=county.other_branch.name)), by=county_officer)
    settled(services.commit, first, shown=first.fingerprint)
    settled(services.commit, second, shown=second.fingerprint)
    assert (second.state, Member.objects.count()) == (State.DONE, 3)


def test_right_that_was_withdrawn_meanwhile_counts(received, settled, township_officer):
    job = received(people(1))
    township_officer.grants.all().delete()
    settled(services.commit, job, shown=job.fingerprint)
    assert (job.state, job.notice, Member.objects.count()) == (State.READY, "您没有导入党员花名册的权限。", 0)


def test_cancelled_job_is_gone_with_its_file(received, settled):
    job = received(people(1))
    settled(services.cancel, job)
    assert (job.state, ImportFile.objects.count(), ImportLine.objects.count()) == (State.CANCELLED, 0, 0)
    with pytest.raises(Refused, match="这次导入的状态是“已取消”"):
        settled(services.commit, job, shown=job.fingerprint)


def test_job_cancelled_while_it_is_read_stays_cancelled(received, monkeypatch):
    job = received(people(1))
    ImportJob.objects.update(state=State.UPLOADED)

    def cancel_meanwhile(job_id, plan):
        ImportJob.objects.update(state=State.CANCELLED)

    monkeypatch.setattr(running, "store_lines", cancel_meanwhile)
    running.read(job.pk)
    job.refresh_from_db()
    assert job.state == State.READING  # its own transaction, which said "ready", was undone


# --- what goes wrong ---------------------------------------------------------------------------------


def test_what_is_no_workbook_is_refused_at_once(received):
    with pytest.raises(Refused) as refused:
        received(b"%PDF-1.7 whatever")
    assert (refused.value.sentence, ImportJob.objects.count()) == (safety.NOT_A_WORKBOOK, 0)


def test_file_without_a_heading_fails_with_its_sentence(received):
    job = received("甲,乙\n1,2\n".encode())
    assert job.state == State.FAILED
    assert job.notice.startswith("没有在表里找到表头。")


def test_unexpected_error_writes_nothing_and_says_so(received, settled, monkeypatch):
    job = received(people(2))
    importer = importer_named("roster")

    def half_way(plan, errand):
        importer.write(plan, errand)
        raise ZeroDivisionError

    monkeypatch.setattr("apps.imports.running.importer_named", lambda name: replace(importer, write=half_way))
    settled(services.commit, job, shown=job.fingerprint)
    assert (job.state, job.notice, Member.objects.count()) == (State.FAILED, running.UNEXPECTED, 0)


def test_table_that_takes_too_much_memory_fails_with_its_sentence(received, monkeypatch):
    def too_large(*_):
        raise MemoryError

    monkeypatch.setattr(running, "make_plan_to_show", too_large)
    job = received(people(2))
    assert (job.state, job.notice) == (State.FAILED, running.NO_MEMORY)


@pytest.mark.parametrize("state", [State.UPLOADED, State.READING, State.FAILED, State.CANCELLED])
def test_file_that_no_worker_has_read_is_not_laid_out_elsewhere(received, state):
    job = received(people(2))
    job.state = state
    with pytest.raises(Refused) as refused:
        running.content_read(job)
    assert refused.value.sentence == running.NOT_READ


def _deserted(job: ImportJob, state: State, **values) -> None:
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    ImportJob.objects.filter(pk=job.pk).update(state=state, touched_at=long_ago, **values)


@pytest.mark.parametrize(
    ("left_in", "ends_in", "members"),
    [(State.UPLOADED, State.READY, 0), (State.READING, State.READY, 0), (State.COMMITTING, State.DONE, 2)],
)
def test_job_of_a_dead_worker_is_taken_up_again(received, left_in, ends_in, members):
    job = received(people(2))
    _deserted(job, left_in)
    tasks.tend_imports()
    job.refresh_from_db()
    assert (job.state, Member.objects.count()) == (ends_in, members)


def test_job_that_killed_three_workers_fails(received):
    job = received(people(2))
    _deserted(job, State.COMMITTING, attempts=running.MAX_ATTEMPTS)
    tasks.tend_imports()
    job.refresh_from_db()
    assert (job.state, job.notice, Member.objects.count()) == (State.FAILED, running.TOO_OFTEN, 0)


def test_job_that_was_just_sent_is_left_alone(received):
    job = received(people(2))
    ImportJob.objects.update(state=State.READING, touched_at=timezone.now())
    assert running.deserted() == []
    job.refresh_from_db()
    assert job.state == State.READING


def test_task_that_comes_twice_does_nothing_more(received, settled):
    job = received(people(2))
    settled(services.commit, job, shown=job.fingerprint)
    tasks.write_import(str(job.pk))
    tasks.read_import(str(job.pk))
    job.refresh_from_db()
    assert (job.state, Member.objects.count()) == (State.DONE, 2)


def test_files_are_deleted_after_their_time(received, settings):
    settings.IMPORT_FILES_KEPT_DAYS = 7
    job, younger = received(people(2)), received(people(2))
    ImportJob.objects.filter(pk=job.pk).update(created_at=timezone.now() - datetime.timedelta(days=8))
    running.clear_out()
    job.refresh_from_db()
    assert (job.state, job.notice) == (State.CANCELLED, running.TOO_OLD.format(7))
    assert list(ImportFile.objects.values_list("job", flat=True)) == [younger.pk]
    assert not job.lines.exists()


def test_progress_is_reported_and_forgotten(received, monkeypatch):
    seen = []
    monkeypatch.setattr(progress, "report", lambda job, done, total: seen.append((done, total)))
    job = received(people(1_201))
    assert seen == [(0, 1_201), (500, 1_201), (1_000, 1_201)]
    assert progress.progress_of(job.pk) == progress.Progress(0, 0)
