"""Verbs of an import: receive a file, choose what to do with faulty rows, commit, cancel."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit.records import record
from apps.core.access import Person
from apps.core.errors import Refused
from apps.core.identity import mask_numbers
from apps.imports import safety
from apps.imports.machine import STALE, errand_for
from apps.imports.models import ImportFile, ImportJob
from apps.imports.plans import Choices, Place
from apps.imports.registry import Importer
from apps.imports.states import State
from apps.imports.tasks import read_import, write_import

NOT_READY = "现在不能这样做：这次导入的状态是“{}”。"


def receive_file(importer: Importer, *, name: str, content: bytes, by: Person) -> ImportJob:
    """Keep the file, encrypted, and have it read; refused at once when it is no workbook."""
    errand_for(importer, by)
    if safety.kind_of(content) == "xlsx":
        safety.inspect(content)
    with transaction.atomic():
        job = ImportJob.objects.create(
            kind=importer.name,
            owner_id=by.pk,
            file_name=mask_numbers(name[-200:]),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        ImportFile.objects.create(job=job, content=base64.b64encode(content).decode())
        record("imports.upload", by=by, on=job, kind=job.kind, sha256=job.sha256)
        _enqueue(read_import, job)
    return job


@transaction.atomic
def choose(
    job: ImportJob,
    *,
    skip_errors: bool | None = None,
    skip: Place | None = None,
    keep: Place | None = None,
    adopt: Place | None = None,
    by: Person,
) -> ImportJob:
    """Decide about faulty rows: leave out all or one, take one back, or take the stored identity number."""
    row = _locked(job, State.READY)
    choices = Choices.from_json(row.choices)
    if skip_errors is not None:
        choices = replace(choices, skip_errors=skip_errors)
    choices = replace(
        choices,
        skipped=(choices.skipped | _set(skip)) - _set(keep) - _set(adopt),
        adopted=(choices.adopted | _set(adopt)) - _set(keep) - _set(skip),
    )
    row.choices = choices.as_json()
    row.notice = ""
    return _send(row, State.UPLOADED, read_import)


@transaction.atomic
def commit(job: ImportJob, *, shown: str, by: Person) -> ImportJob:
    """Write exactly what was shown; `shown` is the fingerprint of the page that the user looked at."""
    row = _locked(job, State.READY)
    if not row.is_open:
        raise Refused("表里还有问题没有处理，或者没有要写入的内容。")
    if row.fingerprint != shown:
        raise Refused(STALE)
    row.notice = ""
    return _send(row, State.COMMITTING, write_import)


@transaction.atomic
def cancel(job: ImportJob, *, by: Person) -> ImportJob:
    """Give it up before anything is written; the file is deleted."""
    row = _locked(job, State.UPLOADED, State.READING, State.READY)
    row.state, row.finished_at, row.notice = State.CANCELLED, timezone.now(), ""
    row.save()
    row.lines.all().delete()
    ImportFile.objects.filter(job=row).delete()
    record("imports.cancel", by=by, on=row, kind=row.kind)
    return row


def _set(place: Place | None) -> frozenset[Place]:
    return frozenset() if place is None else frozenset({place})


def _locked(job: ImportJob, *states: State) -> ImportJob:
    row = ImportJob.objects.select_for_update().get(pk=job.pk)
    if row.state not in states:
        raise Refused(NOT_READY.format(row.get_state_display()))
    return row


def _send(row: ImportJob, state: State, task: Any) -> ImportJob:
    row.state, row.attempts, row.touched_at = state, 0, timezone.now()
    row.save()
    _enqueue(task, row)
    return row


def _enqueue(task: Any, job: ImportJob) -> None:
    """After the transaction, so that the worker finds the row; with the broker down, `tend` does it."""
    transaction.on_commit(lambda: task.delay(str(job.pk)), robust=True)
