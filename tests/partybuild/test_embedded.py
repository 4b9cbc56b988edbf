"""The servers of the first run, started for real in a folder of this test's own."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partybuild import embedded
from partybuild.embedded import CannotServe, Home, Postgres, Redis
from partybuild.embedded.binaries import postgres_programs
from partybuild.embedded.secrets import local_environment
from tests.services import SLOT, TESTS

USER_OF_BOTH = """
import sys
from pathlib import Path
from partybuild.embedded import Home, Postgres, Redis, use
home = Home.at(Path(sys.argv[1]))
print(use(Postgres(home)), use(Redis(home)), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home() -> Iterator[Home]:
    """Not in pytest's own folder, which the servers' account could not enter."""
    folder = TESTS / f"home-{SLOT}"
    shutil.rmtree(folder, ignore_errors=True)
    yield Home.at(folder)
    shutil.rmtree(folder)


def another_process_uses(home: Home) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", USER_OF_BOTH, str(home.folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline().split() == [Postgres(home).url, Redis(home).url]
    return process


def are_ready(home: Home) -> tuple[bool, bool]:
    return Postgres(home).is_ready(), Redis(home).is_ready()


@pytest.mark.parametrize("choice", ["installed", "wheels"])
def test_the_last_user_stops_the_servers(home: Home, choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTYBUILD_SERVERS", choice)
    with another_process_uses(home) as first:
        with another_process_uses(home) as second:
            second.communicate()
        assert are_ready(home) == (True, True)
        first.communicate()
    assert are_ready(home) == (False, False)


def test_servers_that_were_killed_start_again_with_their_data(home: Home) -> None:
    postgres, redis = Postgres(home), Redis(home)
    postgres.start()
    redis.start()
    postgres._psql("CREATE TABLE kept AS SELECT '党员' AS word")
    with redis.client() as client:
        client.set("kept", "党员")
        os.kill(client.info()["process_id"], signal.SIGKILL)
    os.kill(int((postgres.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    postgres.start()
    redis.start()
    assert postgres._psql("SELECT word, current_setting('server_encoding') FROM kept").stdout == "党员|UTF8\n"
    with redis.client() as client:
        assert client.get("kept") == "党员".encode()
    postgres.stop()
    redis.stop()
    assert are_ready(home) == (False, False)


def test_only_the_account_of_the_servers_opens_their_folders(home: Home) -> None:
    assert home.sockets.stat().st_mode & 0o777 == 0o700
    assert home.sockets.stat().st_uid == (home.account.pw_uid if home.account else os.geteuid())


def test_a_long_path_puts_the_sockets_elsewhere() -> None:
    deep = TESTS / ("long-" * 20)
    home = Home.at(deep)
    assert home.sockets.parent == Path("/tmp")  # noqa: S108
    assert len(f"{home.sockets}/.s.PGSQL.5432") < 107
    assert home.sockets == Home.at(deep).sockets
    home.sockets.rmdir()
    deep.rmdir()


def test_data_of_a_version_that_is_gone(home: Home) -> None:
    with pytest.raises(CannotServe, match="was made by Postgres 9, which is no longer installed"):
        postgres_programs(home, made_by=9)


def test_local_secrets_are_made_once_and_for_their_owner(tmp_path: Path) -> None:
    first, second = local_environment(tmp_path), local_environment(tmp_path)
    assert first == second
    assert first["SECRET_KEY"] != local_environment(tmp_path / "other")["SECRET_KEY"]
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("local", [None, "no"])
def test_a_production_environment_is_left_alone(local: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"DATABASE_URL": "postgres://there/party", "REDIS_URL": "redis://there"}
    monkeypatch.setattr(os, "environ", environment | ({"PARTYBUILD_LOCAL": local} if local else {}))
    embedded.provide()
    assert os.environ.keys() - {"PARTYBUILD_LOCAL"} == environment.keys()
