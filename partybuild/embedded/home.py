"""The folder in which the embedded servers live, and the account that they run as."""

import hashlib
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Done = subprocess.CompletedProcess[str]

# A unix socket's path has at most 107 bytes; Postgres adds "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 90
SERVICE_ACCOUNTS = ("postgres", "nobody")
ELSEWHERE = Path("/var/lib/partybuild")


class CannotServe(Exception):
    """An embedded server cannot be had; the text says why and what to do."""


@dataclass(frozen=True)
class Home:
    """Where data and sockets are; `account` is None when the servers run as whoever calls."""

    folder: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @classmethod
    def at(cls, folder: Path) -> "Home":
        """Make the home in the folder; as root in one that the service account can reach."""
        folder.mkdir(parents=True, exist_ok=True)
        account = _service_account() if os.geteuid() == 0 else None
        if account and not _reaches(account, folder):
            folder = _elsewhere(folder)
        home = cls(folder, _socket_folder(folder, account), account)
        home.make(home.sockets)
        return home

    def make(self, folder: Path) -> None:
        """A folder that only the servers' account (and root) can open."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        owner = self.account.pw_uid if self.account else os.geteuid()
        if folder.stat().st_uid != owner:
            raise CannotServe(f"{folder} belongs to somebody else; remove it, or run as its owner.")

    def run(self, *command: str | Path, check: bool = True) -> Done:
        """Run a program of the servers as their account; CannotServe with what it said when it fails."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **_identity(self.account),
        )
        if check and done.returncode:
            raise CannotServe(f"{command[0]} failed: {done.stderr or done.stdout}")
        return done


def _service_account() -> pwd.struct_passwd:
    for name in SERVICE_ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotServe(f"As root the servers need an account of {SERVICE_ACCOUNTS} to run as.")


def _identity(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _reaches(account: pwd.struct_passwd, folder: Path) -> bool:
    return subprocess.run(["test", "-x", folder], cwd="/", check=False, **_identity(account)).returncode == 0


def _elsewhere(folder: Path) -> Path:
    """A root's home is closed to the account: keep the data in /var/lib, with a link in the checkout."""
    other = ELSEWHERE / _short_name(folder)
    other.mkdir(mode=0o755, parents=True, exist_ok=True)
    link = folder / "servers"
    if not link.is_symlink():
        link.symlink_to(other)
    return other


def _socket_folder(folder: Path, account: pwd.struct_passwd | None) -> Path:
    sockets = folder / "run"
    if len(os.fsencode(sockets)) <= LONGEST_SOCKET_FOLDER:
        return sockets
    owner = account.pw_uid if account else os.geteuid()
    return Path(tempfile.gettempdir()) / f"partybuild-{owner}-{_short_name(folder)}"


def _short_name(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
