"""What workers do with papers: ids in, one call each."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from apps.papers import running


@shared_task(name="papers.make", acks_late=True)
def make_papers(job_id: str) -> None:
    running.make(UUID(job_id))


@shared_task(name="papers.tend")
def tend_papers() -> None:
    """Take up again what a dead worker left, and delete what is past its time."""
    for job_id in running.deserted():
        make_papers.delay(str(job_id))
    running.clear_out()
