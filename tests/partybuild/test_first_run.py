"""A second start does only what is left to do."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from apps.accounts.models import User
from partybuild import first_run


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    # Told of the change, Django would make all storages anew, and the files of later tests would be in two.
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)
    commands: list[str] = []
    monkeypatch.setattr(first_run, "call_command", lambda *words, **options: commands.append(" ".join(words)))
    monkeypatch.setattr(first_run.connections, "close_all", lambda: None)
    return commands


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "command"), [(True, "load_demo"), (False, "create_administrator admin")])
def test_the_first_start_brings_people(called: list[str], demo: bool, command: str) -> None:
    assert first_run.prepare(demo=demo) == []
    assert called == ["collectstatic", command]


@pytest.mark.django_db
def test_a_second_start_does_nothing_and_shows_the_demos_logins(called: list[str]) -> None:
    names = [login["username"] for login in json.loads(first_run.DEMO_LOGINS.read_text("utf-8"))]
    User.objects.bulk_create(User(username=name, name=name) for name in names)
    first_run.prepare(demo=True)
    called.clear()
    assert [login["username"] for login in first_run.prepare(demo=True)] == names
    assert called == []


@pytest.mark.django_db
def test_an_installation_that_began_empty_shows_no_logins_of_the_demo(called: list[str]) -> None:
    User.objects.create(username="admin", name="系统管理员")
    assert first_run.prepare(demo=False) == []
    assert called == ["collectstatic"]


@pytest.mark.django_db
def test_a_changed_file_is_collected_again(called: list[str], tmp_path: Path) -> None:
    first_run._collect_static()
    (tmp_path / ".collected").write_text("something older")
    first_run._collect_static()
    assert called == ["collectstatic", "collectstatic"]
