"""How far a job is, through Redis: many small updates that need not outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Progress:
    done: int = 0
    total: int = 0
    sentence: str = ""


def _key(job: object) -> str:
    return f"progress.{job}"


def report(job: object, done: int, total: int, sentence: str = "") -> None:
    """Say how far the job of that name is."""
    cache.set(_key(job), (done, total, sentence), KEPT_SECONDS)


def progress_of(job: object) -> Progress:
    """What was last said of the job."""
    return Progress(*cache.get(_key(job), ()))


def forget(job: object) -> None:
    cache.delete(_key(job))
