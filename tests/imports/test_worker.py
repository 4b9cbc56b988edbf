"""With a real Celery worker: a job in the background, and a worker that dies in the middle of writing."""

import datetime
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from apps.imports import running, services, tasks
from apps.imports.models import ImportJob
from apps.imports.registry import importer_named
from apps.imports.states import State
from apps.members.models import Member, MembershipEvent
from tests.imports.books import far_apart
from tests.imports.rosters import people

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, "the worker did not get there"
        time.sleep(0.05)


def state_of(job: ImportJob) -> str:
    return ImportJob.objects.values_list("state", flat=True).get(pk=job.pk)


def received(officer, count: int) -> ImportJob:
    job = services.receive_file(
        importer_named("roster"), name="花名册.xlsx", content=people(count), by=officer
    )
    wait_for(lambda: state_of(job) == State.READY)
    job.refresh_from_db()
    return job


def test_file_is_read_and_written_in_the_background(county, township_officer, celery_worker_process):
    """The browser may be closed meanwhile: nothing here waits for an answer."""
    job = received(township_officer, 20)
    services.commit(job, shown=job.fingerprint, by=township_officer)
    wait_for(lambda: state_of(job) == State.DONE)
    assert Member.objects.count() == 20


def test_worker_killed_while_it_writes_leaves_nothing_and_is_taken_up_again(
    county, township_officer, celery_worker_process
):
    job = received(township_officer, 300)
    with events_locked():  # the members are copied by then
        services.commit(job, shown=job.fingerprint, by=township_officer)
        wait_for(somebody_waits)
        kill_with_children(celery_worker_process.pid)
        celery_worker_process.wait()
    wait_for(lambda: running.is_free(job.pk))
    assert (state_of(job), Member.objects.count()) == (State.COMMITTING, 0)

    ImportJob.objects.update(touched_at=timezone.now() - datetime.timedelta(minutes=5))
    ((deserted, was_writing),) = running.deserted()
    assert (deserted, was_writing) == (job.pk, True)
    tasks.write_import(str(deserted))
    assert (state_of(job), Member.objects.count(), MembershipEvent.objects.count()) == (State.DONE, 300, 300)


def test_file_that_takes_all_memory_ends_in_a_failed_job_and_not_in_a_dead_machine(
    county, township_officer, celery_worker_process
):
    """The reader dies of it, each time that the job is taken up; the worker goes on."""
    job = services.receive_file(
        importer_named("roster"), name="花名册.xlsx", content=far_apart("XFD1048576"), by=township_officer
    )
    wait_for(lambda: given_up(job))
    job.refresh_from_db()
    assert (job.state, job.notice, job.attempts) == (
        State.FAILED,
        running.TOO_OFTEN,
        running.MAX_ATTEMPTS + 1,
    )
    received(township_officer, 2)


def given_up(job: ImportJob) -> bool:
    """A job that comes again before its lock is free is left to the next round, which here does not wait."""
    if state_of(job) == State.FAILED:
        return True
    ImportJob.objects.filter(pk=job.pk).update(touched_at=timezone.now() - datetime.timedelta(minutes=5))
    for job_id, _ in running.deserted():
        tasks.read_import.delay(str(job_id))
    return False


@contextmanager
def events_locked() -> Iterator[None]:
    """Another connection holds the table, so that who writes to it waits."""
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        other.cursor().execute(f"LOCK TABLE {MembershipEvent._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        yield
    finally:
        other.close()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def kill_with_children(pid: int) -> None:
    """kill -9 for the worker and the process that it works in."""
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    for each in (pid, *children):
        os.kill(each, signal.SIGKILL)
