"""Several processes that live and end together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

READY_SECONDS = 60
# What is sent to end a process, and how long it may take: first it finishes its work, then it hands it back.
ENDINGS = ((signal.SIGTERM, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))
PR_SET_PDEATHSIG = 1


class Processes:
    """A context: on leaving it every process that was started in it is ended."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(exist_ok=True)

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self, name: str, *command: str, keep_open: int | None = None) -> None:
        """Start it in a session of its own: Ctrl-C reaches only us, and we end it in order."""
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=() if keep_open is None else (keep_open,),
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            )

    def wait(self, until: float = float("inf")) -> str | None:
        """The name of the first process that ends; None when none has by then (monotonic seconds)."""
        while time.monotonic() < until:
            for name, process in self.running.items():
                if process.poll() is not None:
                    return name
            time.sleep(0.2)
        return None

    def wait_for(self, address: str) -> None:
        """Until the address answers, a process has ended, or it took too long."""
        until = time.monotonic() + READY_SECONDS
        while not _answers(address) and time.monotonic() < until:
            if self.wait(time.monotonic() + 0.3):
                return

    def stop(self) -> None:
        for number, patience in ENDINGS:
            for process in self.running.values():
                _signal(process, number)
            until = time.monotonic() + patience
            while (
                any(process.poll() is None for process in self.running.values()) and time.monotonic() < until
            ):
                time.sleep(0.05)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the process itself, which ends its own children; SIGKILL to all of its session."""
    if process.poll() is not None:
        return
    if number == signal.SIGKILL:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Runs in the child: Linux sends it a SIGTERM when we die, even of kill -9."""
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
