"""What workers do with imports: ids in, one call each."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from apps.imports import running


@shared_task(name="imports.read", acks_late=True)
def read_import(job_id: str) -> None:
    running.read(UUID(job_id))


@shared_task(name="imports.write", acks_late=True)
def write_import(job_id: str) -> None:
    if not running.write(UUID(job_id)):
        read_import.delay(job_id)


@shared_task(name="imports.tend")
def tend_imports() -> None:
    """Take up again what a dead worker left, and delete what is past its time."""
    for job_id, was_writing in running.deserted():
        (write_import if was_writing else read_import).delay(str(job_id))
    running.clear_out()
