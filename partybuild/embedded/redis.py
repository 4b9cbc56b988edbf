"""An embedded Redis-protocol server: no TCP port, append-only file."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from partybuild.embedded.binaries import redis_program
from partybuild.embedded.home import CannotServe, Home

PATIENCE_SECONDS = 30


@dataclass
class Redis:
    home: Home
    options: tuple[str, ...] = ()
    name: str = "redis"
    variable: ClassVar[str] = "REDIS_URL"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    @property
    def socket(self) -> Path:
        return self.home.sockets / "redis.sock"

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), retry=Retry(NoBackoff(), 0))

    def start(self) -> None:
        if self.is_ready():
            return
        self._launch()
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.is_ready():
            if time.monotonic() > until:
                raise CannotServe(f"Redis does not start: see its server.log in {self.home.folder}.")
            time.sleep(0.02)

    def stop(self) -> None:
        with self.client() as client:
            client.shutdown()

    def is_ready(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.exceptions.ConnectionError:  # also BusyLoadingError, while it reads its file
            return False

    def _launch(self) -> None:
        """Each origin has its own data folder: one server need not read the other's files."""
        origin, program = redis_program(self.home)
        data = self.home.folder / f"{self.name}-{origin}"
        self.home.make(data)
        places = ("--dir", data, "--logfile", data / "server.log", "--unixsocket", self.socket)
        manner = ("--port", "0", "--daemonize", "yes", "--appendonly", "yes")
        self.home.run(program, *manner, *places, *self.options)
