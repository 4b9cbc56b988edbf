"""Tests about Celery have a real worker, on their own database and queue."""

import resource
import subprocess
from typing import Any

import pytest

from partybuild.celery import app, limit_memory


@pytest.mark.usefixtures("celery_worker_process")
def test_the_worker_knows_the_tasks_of_the_apps() -> None:
    app.loader.import_default_modules()
    answers = app.control.inspect(timeout=5).registered() or {}
    (registered,) = answers.values()
    assert set(registered) == {name for name in app.tasks if not name.startswith("celery.")}


def test_the_memory_of_a_worker_has_an_end(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (-1, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, values: limits.append((kind, values)))
    settings.PARTYBUILD_WORKER_MEMORY_MB = 0
    limit_memory()
    settings.PARTYBUILD_WORKER_MEMORY_MB = 2048
    limit_memory()
    assert limits == [(resource.RLIMIT_AS, (2 << 30, resource.RLIM_INFINITY))]


def test_a_killed_worker_is_noticed(celery_worker_process: subprocess.Popen[bytes]) -> None:
    celery_worker_process.kill()
    celery_worker_process.wait()
    assert app.control.ping(timeout=0.5) == []
