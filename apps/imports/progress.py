"""How far a job is, through Redis: many small updates that need not outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache

KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Progress:
    done: int = 0
    total: int = 0


def _key(job: UUID) -> str:
    return f"imports.progress.{job}"


def report(job: UUID, done: int, total: int) -> None:
    cache.set(_key(job), (done, total), KEPT_SECONDS)


def progress_of(job: UUID) -> Progress:
    return Progress(*cache.get(_key(job), (0, 0)))


def forget(job: UUID) -> None:
    cache.delete(_key(job))
