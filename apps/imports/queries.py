"""Reads: somebody's imports and what is shown of each."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.core.access import Person
from apps.imports.models import ImportJob, ImportJobQuerySet, ImportLine
from apps.imports.states import Shelf


def jobs_for(user: Person) -> ImportJobQuerySet:
    """The user's own imports, newest first."""
    return ImportJob.objects.visible_to(user)


def lines_of(job: ImportJob, shelf: Shelf) -> QuerySet[ImportLine]:
    return ImportLine.objects.filter(job=job, shelf=shelf).order_by("place")


def shelf_counts(job: ImportJob) -> dict[Shelf, int]:
    """How many lines each list has, from the job's own counts."""
    return {
        Shelf.PROBLEM: job.errors + job.warnings,
        Shelf.CHANGED: job.changed,
        Shelf.NEW: job.new,
        Shelf.ABSENT: job.absent,
    }
