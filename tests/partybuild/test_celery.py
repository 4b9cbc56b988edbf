"""Tests about Celery have a real worker, on their own database and queue."""

import subprocess

import pytest

from partybuild.celery import app


@pytest.mark.usefixtures("celery_worker_process")
def test_the_worker_knows_the_tasks_of_the_apps() -> None:
    app.loader.import_default_modules()
    answers = app.control.inspect(timeout=5).registered() or {}
    (registered,) = answers.values()
    assert set(registered) == {name for name in app.tasks if not name.startswith("celery.")}


def test_a_killed_worker_is_noticed(celery_worker_process: subprocess.Popen[bytes]) -> None:
    celery_worker_process.kill()
    celery_worker_process.wait()
    assert app.control.ping(timeout=0.5) == []
