"""A production process starts only with secrets of its own."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from partybuild.settings import secret

RANDOM = "c2hhbGwgd2Ugc2F5IHJhbmRvbSBlbm91Z2ggaGVyZT8="
PRODUCTION = {
    "SECRET_KEY": RANDOM,
    "PARTYBUILD_FIELD_KEYS": f"1:{RANDOM}",
    "PARTYBUILD_DIGEST_KEY": RANDOM,
    "DATABASE_URL": "postgres://party:party@localhost/party",
    "REDIS_URL": "redis://localhost",
    "ALLOWED_HOSTS": "party.example",
}


def start_in(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import django; django.setup()"]
    settings = {"DJANGO_SETTINGS_MODULE": "partybuild.settings", "PATH": os.environ["PATH"]}
    return subprocess.run(command, env=settings | environment, check=False, capture_output=True, text=True)


def test_starts_with_everything_set() -> None:
    assert start_in(PRODUCTION).stderr == ""


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_does_not_start_without(name: str) -> None:
    done = start_in({key: value for key, value in PRODUCTION.items() if key != name})
    assert done.stderr.splitlines()[-1].endswith(f"ImproperlyConfigured: Set the {name} environment variable")


@pytest.mark.parametrize("value", ["short", "change-me-" * 10])
def test_a_weak_secret_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is too short or an example"):
        secret("SECRET_KEY")
