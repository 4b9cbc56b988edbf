"""An end to the memory of whoever reads other people's files: one hostile file must not take all there is."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


def limit_memory() -> None:
    """Give this process an end (PARTYBUILD_WORKER_MEMORY_MB, 0 for none); a lower one stays as it is."""
    wanted = settings.PARTYBUILD_WORKER_MEMORY_MB * 1024 * 1024
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    if wanted and (most == resource.RLIM_INFINITY or wanted < most):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


@contextmanager
def limited_memory() -> Iterator[None]:
    """The same for as long as a file is read."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    limit_memory()
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
