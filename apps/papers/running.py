"""Making a batch as a worker does it; done twice it gives the same file."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.core import progress
from apps.core.errors import Refused
from apps.papers.making import Progress, carry_out
from apps.papers.models import PaperFile, PaperJob, State
from apps.papers.orders import File, Order

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
PATIENCE = timedelta(minutes=10)
UNEXPECTED = "排版的时候出了错，已经记下来。请过一会儿再打印一次；还不行，请告诉系统管理员。"
TOO_OFTEN = "几次都没有做完。请缩短时间，或者分几次打印。"


def make(job_id: UUID) -> None:
    """Lay out what the job asks for; a finished job is left alone."""
    job = _begun(job_id)
    if job is None:
        return
    try:
        _keep(job, carry_out(Order.from_json(job.order), job.owner, _teller(job)))
    except Refused as refused:
        _fail(job, refused.sentence)
    except Exception:
        log.exception("papers failed", job=str(job_id))
        _fail(job, UNEXPECTED)
    finally:
        progress.forget(name_of(job_id))


def name_of(job_id: UUID) -> str:
    """Under which name the worker says how far it is."""
    return f"papers.{job_id}"


@transaction.atomic
def _begun(job_id: UUID) -> PaperJob | None:
    """The job with one attempt more, unless it is over."""
    rows = PaperJob.objects.filter(pk=job_id, state__in=(State.QUEUED, State.RUNNING))
    rows.update(state=State.RUNNING, attempts=F("attempts") + 1, touched_at=timezone.now())
    job = rows.select_related("owner").first()
    if job is not None and job.attempts > MAX_ATTEMPTS:
        _fail(job, TOO_OFTEN)
        return None
    return job


@transaction.atomic
def _keep(job: PaperJob, file: File) -> None:
    PaperFile.objects.update_or_create(job=job, defaults={"name": file.name, "content": file.content})
    PaperJob.objects.filter(pk=job.pk).update(state=State.READY, notice="", touched_at=timezone.now())


def _fail(job: PaperJob, notice: str) -> None:
    rows = PaperJob.objects.filter(pk=job.pk).exclude(state=State.READY)
    rows.update(state=State.FAILED, notice=notice[:300], touched_at=timezone.now())


def _teller(job: PaperJob) -> Progress:
    def tell(done: int, total: int) -> None:
        progress.report(name_of(job.pk), done, total)

    return tell


def deserted() -> list[UUID]:
    """Jobs that were asked for a while ago and that nobody finished."""
    now = timezone.now()
    rows = PaperJob.objects.filter(state__in=(State.QUEUED, State.RUNNING), touched_at__lt=now - PATIENCE)
    found = list(rows.values_list("pk", flat=True))
    PaperJob.objects.filter(pk__in=found).update(touched_at=now)
    return found


def clear_out() -> None:
    """Delete what was made and kept its days; the papers can be made again at any time."""
    before = timezone.now() - timedelta(days=settings.PAPERS_KEPT_DAYS)
    PaperJob.objects.filter(asked_at__lt=before).exclude(state=State.RUNNING).delete()
