"""An embedded Postgres: no TCP port, a socket that only its account can open, UTF-8."""

import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from partybuild.embedded.binaries import postgres_programs
from partybuild.embedded.home import CannotServe, Done, Home

DATABASE = USER = "partybuild"
PATIENCE_SECONDS = 60
FIRST_WITH_BUILTIN_LOCALE = 17


@dataclass
class Postgres:
    home: Home
    options: tuple[str, ...] = ()
    name: str = "postgres"
    variable: ClassVar[str] = "DATABASE_URL"

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        return f"postgres://{USER}@/{self.home.sockets}/{database}"

    @property
    def data(self) -> Path:
        return self.home.folder / self.name

    @cached_property
    def programs(self) -> Path:
        version = self.data / "PG_VERSION"
        return postgres_programs(self.home, int(version.read_text()) if version.exists() else None)

    def start(self) -> None:
        """Start unless it answers; make the cluster and the database the first time."""
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.is_ready():
            log = self.data / "server.log"
            done = self._control("start", "-l", log, "-o", self._server_options())
            if done.returncode and time.monotonic() > until:
                raise CannotServe(f"Postgres does not start, see {log}: {done.stderr}")
            time.sleep(0.2 if done.returncode else 0)
        self._make_database()

    def stop(self) -> None:
        self._control("stop", "-m", "fast")

    def is_ready(self) -> bool:
        """Asked of the server itself: after a kill -9 `pg_ctl status` may still say that it runs."""
        return self._run("pg_isready", "-q", "-h", self.home.sockets, check=False).returncode == 0

    def _server_options(self) -> str:
        options = ("listen_addresses=", f"unix_socket_directories={self.home.sockets}", *self.options)
        return " ".join(f"-c '{option}'" for option in options)

    def _control(self, verb: str, *arguments: str | Path) -> Done:
        return self._run("pg_ctl", verb, "-D", self.data, "-w", "-s", *arguments, check=False)

    def _run(self, program: str, *arguments: str | Path, check: bool = True) -> Done:
        return self.home.run(self.programs / program, *arguments, check=check)

    def _make_cluster(self) -> None:
        """Without the UTF-8 locale one gets SQL_ASCII, and searching Chinese text fails silently."""
        self.home.make(self.data)
        locale = ["--locale=C.UTF-8"]
        major = int(self._run("postgres", "--version").stdout.split()[2].split(".")[0])
        if major >= FIRST_WITH_BUILTIN_LOCALE:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = ["-U", USER, "-A", "trust"]
        self._run("initdb", "-D", self.data, "-E", "UTF8", "--no-instructions", *access, *locale)

    def _make_database(self) -> None:
        if DATABASE not in self._psql("SELECT datname FROM pg_database").stdout.split():
            self._psql(f"CREATE DATABASE {DATABASE}")

    def _psql(self, statement: str) -> Done:
        return self._run("psql", "-h", self.home.sockets, "-U", USER, "-d", "postgres", "-Atqc", statement)
