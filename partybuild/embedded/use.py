"""Who uses a server: each process holds a shared lock; the last one out stops it."""

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from partybuild.embedded.home import Home


class Server(Protocol):
    name: str
    home: Home

    @property
    def url(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


def use(server: Server) -> str:
    """Start the server unless it runs, keep it until this process ends, and return its address."""
    with _alone(server):
        users = _users(server)
        fcntl.flock(users, fcntl.LOCK_SH)
        server.start()
    atexit.register(_leave, server, users, os.getpid())
    return server.url


def _leave(server: Server, users: IO[str], owner: int) -> None:
    if os.getpid() != owner:  # a forked child runs its parent's exit handlers too
        return
    with _alone(server):
        users.close()
        if _nobody_uses(server):
            server.stop()


def _nobody_uses(server: Server) -> bool:
    with _users(server) as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _users(server: Server) -> IO[str]:
    return _lock_file(server, "users")


@contextmanager
def _alone(server: Server) -> Iterator[None]:
    """Only one process at a time starts or stops."""
    with _lock_file(server, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file(server: Server, kind: str) -> IO[str]:
    path: Path = server.home.folder / f"{server.name}.{kind}"
    return path.open("a")
