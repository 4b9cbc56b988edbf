"""`make run`: prepares, then runs web, worker and beat until Ctrl-C, and stops everything that it started."""

import fcntl
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from partybuild import embedded, first_run
from partybuild.first_run import Login
from partybuild.processes import Processes

FIRST_PORT, LAST_PORT = 8000, 8999
PYTHON = (sys.executable, "-m")


class CannotRun(Exception):
    """`make run` gives up; the text says why and what to do."""


class Interrupted(Exception):
    """Ctrl-C, a SIGTERM or the terminal's end."""


def main() -> int:
    """Exit code 0 after Ctrl-C or SIGTERM, 1 when it could not run or a process died."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        with _only_here():
            return _run()
    except (CannotRun, embedded.CannotServe) as error:
        print(error, file=sys.stderr)
        return 1
    except Interrupted:
        return 0


def _run() -> int:
    os.environ["PARTYBUILD_LOCAL"] = "yes"
    listening = _listen()
    embedded.provide()
    logins = first_run.prepare(demo=os.environ.get("DEMO") != "no")
    with Processes(embedded.DATA / "logs") as processes:
        address = f"http://{listening.getsockname()[0]}:{listening.getsockname()[1]}/"
        os.environ["PARTYBUILD_BIND"] = f"fd://{listening.fileno()}"
        processes.start("web", *PYTHON, "gunicorn", keep_open=listening.fileno())
        processes.start("worker", *PYTHON, "celery", "-A", "partybuild", "worker", "--loglevel", "INFO")
        processes.start("beat", *PYTHON, "celery", "-A", "partybuild", "beat", "--loglevel", "INFO")
        processes.wait_for(f"{address}healthz")
        _announce(address, logins)
        dead = processes.wait()
        raise CannotRun(f"{dead} has ended; everything is being stopped. See .data/logs/{dead}.log.")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # once is enough: stopping must not be interrupted
    raise Interrupted


@contextmanager
def _only_here() -> Iterator[None]:
    """One `make run` a checkout."""
    embedded.DATA.mkdir(exist_ok=True)
    with (embedded.DATA / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun("'make run' already runs in this checkout.") from None
        yield


def _listen() -> socket.socket:
    """The socket that gunicorn will serve, taken early so that nobody else gets the port."""
    host = os.environ.get("HOST", "127.0.0.1")
    wanted = os.environ.get("PORT")
    for port in [int(wanted)] if wanted else range(FIRST_PORT, LAST_PORT + 1):
        try:
            return socket.create_server((host, port))
        except OSError:
            continue
    raise CannotRun(f"Port {wanted or FIRST_PORT} is taken: choose another with PORT=8100.")


def _announce(address: str, logins: list[Login]) -> None:
    print(f"Partybuild runs at {address} (Ctrl-C stops it, logs are in .data/logs)", flush=True)
    for login in logins:
        print(f"  {login['role']}: {login['username']} / {login['password']}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
