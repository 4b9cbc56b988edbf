import signal
import sys
from pathlib import Path

import pytest

from partybuild import processes
from partybuild.processes import Processes

OBEDIENT = ("sleep", "60")
STUBBORN = (
    sys.executable,
    "-uc",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf'); time.sleep(60)",
)


def test_ending_one_is_noticed_and_the_others_are_stopped(tmp_path: Path) -> None:
    with Processes(tmp_path / "logs") as together:
        together.start("obedient", *OBEDIENT)
        together.start("brief", "echo", "done")
        assert together.wait() == "brief"
    assert together.running["obedient"].returncode == -signal.SIGTERM
    assert (tmp_path / "logs/brief.log").read_text() == "done\n"


def test_one_that_does_not_listen_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "ENDINGS", ((signal.SIGTERM, 0.3), (signal.SIGKILL, 5)))
    with Processes(tmp_path / "logs") as together:
        together.start("stubborn", *STUBBORN)
        while not (tmp_path / "logs/stubborn.log").read_text():
            pass
    assert together.running["stubborn"].returncode == -signal.SIGKILL
