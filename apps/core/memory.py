"""An end to the memory of whoever reads other people's files: one hostile file must not take all there is."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import resource
from collections.abc import Callable, Iterator
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


def is_survived(work: Callable[[], object]) -> bool:
    """Whether the work leaves its process alive: a reader that is not Python dies when it gets no memory.

    It is tried in a child, which has this process's end of memory. What it refuses is no matter here.
    """
    child = multiprocessing.get_context("fork").Process(target=_unheard, args=(work,))
    child.start()
    child.join()
    return child.exitcode is not None and child.exitcode >= 0


def _unheard(work: Callable[[], object]) -> None:
    faulthandler.disable()
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), 2)
    work()
