"""The two long steps of a job, as a worker does them: read the file, and write what was shown.

Each is one transaction that holds the job's advisory lock. The lock ends with the worker, however it ends,
so that `tend` can tell a job that is worked on from one whose worker died.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.audit.records import record
from apps.core import progress
from apps.core.errors import Refused
from apps.core.identity import mask_numbers
from apps.imports.lines import store_lines
from apps.imports.machine import Stale, carry_out, errand_for, make_plan_to_show, try_lock
from apps.imports.models import ImportFile, ImportJob
from apps.imports.plans import Choices, Errand, Plan
from apps.imports.registry import Importer, importer_named
from apps.imports.states import READ, WAITING, State

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
QUIET = datetime.timedelta(minutes=1)
QUEUED = datetime.timedelta(minutes=10)
UNEXPECTED = "出了意外，什么也没有写入。请再上传一次；还是不行，请告诉系统管理员。"
TOO_OFTEN = (
    "几次都没有做完，什么也没有写入。请把数据复制到一张新表里，或者把文件分小一些，再上传；"
    "还是不行，请告诉系统管理员。"
)
NO_MEMORY = (
    "表太大或者内容铺得太开，内存不够，什么也没有写入。请把数据复制到一张新表里，或者分成几个文件，再上传。"
)
NOT_READ = "这个文件没有读完，不能标注。请改好后重新上传。"
TOO_OLD = "放了 {} 天没有写入，已经取消。要导入请重新上传。"


class Withdrawn(Exception):
    """The job was cancelled while it was worked on."""


def read(job_id: UUID) -> None:
    """Make the plan of a job and store what the result page shows of it."""
    if _begin(job_id, (State.UPLOADED, State.READING), State.READING):
        _guarded(job_id, State.READING, _read)


def write(job_id: UUID) -> bool:
    """Do what the result page showed; False when it would be something else by now and must be read again."""
    if _begin(job_id, (State.COMMITTING,), State.COMMITTING):
        return _guarded(job_id, State.COMMITTING, _write)
    return True


def _begin(job_id: UUID, sources: tuple[State, ...], state: State) -> bool:
    """Count the attempt, unless another worker is at it or the job is somewhere else."""
    with transaction.atomic():
        if not try_lock(_lock_of(job_id)):
            return False
        job = ImportJob.objects.select_for_update().filter(pk=job_id, state__in=sources).first()
        if job is None:
            return False
        job.attempts += 1
        job.state, job.touched_at = state, timezone.now()
        if job.attempts > MAX_ATTEMPTS:
            _set_over(job, State.FAILED, TOO_OFTEN)
        job.save()
        return job.state == state


def _guarded(job_id: UUID, state: State, step: Callable[[ImportJob], None]) -> bool:
    """Run a step in its transaction; whatever goes wrong ends in the job's row."""
    try:
        with transaction.atomic():
            if try_lock(_lock_of(job_id)):
                step(ImportJob.objects.select_related("owner").get(pk=job_id, state=state))
    except (Withdrawn, ImportJob.DoesNotExist):
        return True
    except Stale as stale:
        _return_to_reading(job_id, stale.sentence)
        return False
    except Refused as refused:
        _refuse(job_id, state, refused.sentence)
    except MemoryError:
        _fail(job_id, state, NO_MEMORY)
    except Exception:
        _fail(job_id, state, UNEXPECTED)
        log.exception("import failed", job=str(job_id))
    finally:
        progress.forget(job_id)
    return True


def _read(job: ImportJob) -> None:
    importer, errand = errand_of(job)
    plan = make_plan_to_show(importer, content_of(job), errand, _reporting(job))
    store_lines(job.pk, plan)
    _finish(job, State.READING, State.READY, **_results(plan))


def _write(job: ImportJob) -> None:
    importer, errand = errand_of(job)
    plan = carry_out(importer, content_of(job), errand, shown=job.fingerprint, progress=_reporting(job))
    _finish(job, State.COMMITTING, State.DONE, finished_at=timezone.now(), notice="")
    record(
        "imports.commit",
        by=job.owner,
        on=job,
        organization_path=_path_of(errand),
        kind=job.kind,
        sha256=job.sha256,
        new=len(plan.new),
        changed=len(plan.changed),
        skipped=plan.skipped,
    )


def errand_of(job: ImportJob) -> tuple[Importer, Errand]:
    """What the owner may import now, which may be less than when the file was uploaded."""
    importer = importer_named(job.kind)
    return importer, errand_for(importer, job.owner, Choices.from_json(job.choices))


def _path_of(errand: Errand) -> str:
    return errand.scope.roots[0] if len(errand.scope.roots) == 1 else ""


def content_of(job: ImportJob) -> bytes:
    """The uploaded file; refused when it was deleted after its time."""
    file = ImportFile.objects.filter(job=job).first()
    if file is None:
        raise Refused("上传的文件已经过期删除，请重新上传。")
    return file.plain()


def content_read(job: ImportJob) -> bytes:
    """The file to lay out once more; refused unless a worker, whose memory has an end, has done so before."""
    if job.state not in READ:
        raise Refused(NOT_READ)
    return content_of(job)


def _results(plan: Plan) -> dict[str, object]:
    errors = len(plan.errors)
    return {
        "rows": plan.rows,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "skipped": plan.skipped,
        "bad_rows": plan.bad_rows,
        "errors": errors,
        "warnings": len(plan.problems) - errors,
        "absent": len(plan.absent),
        "is_open": plan.is_open,
        "fingerprint": plan.fingerprint,
        "readings": [asdict(reading) for reading in plan.readings],
        "attempts": 0,
    }


def _finish(job: ImportJob, source: State, target: State, **values: object) -> None:
    """Set the new state in the same transaction as the rows, unless the job was withdrawn meanwhile."""
    rows = ImportJob.objects.filter(pk=job.pk, state=source)
    if not rows.update(state=target, touched_at=timezone.now(), **values):
        raise Withdrawn


def _reporting(job: ImportJob) -> Callable[[int, int], None]:
    def reporting(done: int, total: int) -> None:
        progress.report(job.pk, done, total)

    return reporting


def _return_to_reading(job_id: UUID, notice: str) -> None:
    ImportJob.objects.filter(pk=job_id, state=State.COMMITTING).update(
        state=State.UPLOADED, notice=notice, attempts=0, touched_at=timezone.now()
    )


def _refuse(job_id: UUID, state: State, sentence: str) -> None:
    """A file that cannot be read is done with; one that may not be written goes back to its page."""
    if state == State.READING:
        _fail(job_id, state, sentence)
    else:
        ImportJob.objects.filter(pk=job_id, state=state).update(
            state=State.READY, notice=mask_numbers(sentence)[:300], touched_at=timezone.now()
        )


def _fail(job_id: UUID, state: State, notice: str) -> None:
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().filter(pk=job_id, state=state).first()
        if job is not None:
            _set_over(job, State.FAILED, notice)
            job.save()


def _set_over(job: ImportJob, state: State, notice: str) -> None:
    job.state, job.notice = state, mask_numbers(notice)[:300]
    job.finished_at = job.touched_at = timezone.now()


def _lock_of(job_id: UUID) -> str:
    return f"imports.job.{job_id}"


def deserted() -> list[tuple[UUID, bool]]:
    """Jobs that nobody works on though somebody should, each with whether it was being written."""
    now = timezone.now()
    waiting = ImportJob.objects.filter(state__in=WAITING, touched_at__lt=now - QUIET)
    found = []
    for job_id, state, touched_at in waiting.values_list("pk", "state", "touched_at"):
        is_queued = state == State.UPLOADED and touched_at > now - QUEUED
        if not is_queued and is_free(job_id):
            found.append((job_id, state == State.COMMITTING))
    ImportJob.objects.filter(pk__in=[job_id for job_id, _ in found]).update(touched_at=now)
    return found


def is_free(job_id: UUID) -> bool:
    with transaction.atomic():
        return try_lock(_lock_of(job_id))


def clear_out() -> None:
    """Delete the files and lines of jobs past their time; what was never confirmed is cancelled."""
    days = settings.IMPORT_FILES_KEPT_DAYS
    before = timezone.now() - datetime.timedelta(days=days)
    old = ImportJob.objects.filter(created_at__lt=before)
    old.filter(state=State.READY).update(
        state=State.CANCELLED, notice=TOO_OLD.format(days), finished_at=timezone.now()
    )
    for job in old.filter(file__isnull=False).exclude(state__in=WAITING):
        job.lines.all().delete()
        job.file.delete()
