"""The memory of whoever reads files has an end."""

import resource
from typing import Any

import pytest

from apps.core.memory import limit_memory, limited_memory

UNLIMITED = (-1, resource.RLIM_INFINITY)
TWO_GIB = (2 << 30, resource.RLIM_INFINITY)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What would have been set: the tests themselves go on without an end."""
    found: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: UNLIMITED)
    monkeypatch.setattr(resource, "setrlimit", lambda _, values: found.append(values))
    return found


def test_memory_has_the_end_that_is_set(settings: Any, limits: list[tuple[int, int]]) -> None:
    settings.PARTYBUILD_WORKER_MEMORY_MB = 0
    limit_memory()
    settings.PARTYBUILD_WORKER_MEMORY_MB = 2048
    limit_memory()
    assert limits == [TWO_GIB]


def test_lower_end_that_the_machine_sets_stays(
    settings: Any, monkeypatch: pytest.MonkeyPatch, limits
) -> None:
    settings.PARTYBUILD_WORKER_MEMORY_MB = 2048
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1 << 30, 1 << 30))
    limit_memory()
    assert limits == []


def test_end_for_one_file_is_taken_back(settings: Any, limits: list[tuple[int, int]]) -> None:
    settings.PARTYBUILD_WORKER_MEMORY_MB = 2048
    with limited_memory():
        during = list(limits)
    assert (during, limits) == ([TWO_GIB], [TWO_GIB, UNLIMITED])
