"""The folders of a copy: `current` leads to a whole generation, `next` is the one being written.

DIR/current -> generations/20261122T101500/site    what a web server hands out
DIR/generations/20261122T101500/manifest/*.json     what is in it, a file for each village
DIR/generations/next/                               begun, perhaps interrupted
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

CURRENT, GENERATIONS, NEXT = "current", "generations", "next"
PUBLIC = "public"  # the folder of the pages, as in their addresses
WHOLE = "_"  # the manifest of what belongs to no village


@dataclass
class Manifest:
    """What a village's part of a generation holds, and what it was drawn from."""

    day: str
    state: str
    files: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each file's content by its path."""
    pieces: list[str] = field(default_factory=list)
    """The static files that its pages show."""


@dataclass(frozen=True)
class Generation:
    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def manifest_of(self, place: str) -> Manifest | None:
        """None where the part is missing or was not finished."""
        try:
            return Manifest(**json.loads(self._manifest(place).read_text()))
        except FileNotFoundError:
            return None

    def finish(self, place: str, manifest: Manifest) -> None:
        """The part is whole: its manifest is there or it is not, never half."""
        path = self._manifest(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(json.dumps(asdict(manifest)))
        unfinished.replace(path)

    def manifests(self) -> Iterator[Manifest]:
        for path in sorted((self.folder / "manifest").glob("*.json")):
            yield Manifest(**json.loads(path.read_text()))

    def forget(self, place: str) -> None:
        """Take away what there is of a village, finished or not."""
        self._manifest(place).unlink(missing_ok=True)
        if place:
            shutil.rmtree(self.site / PUBLIC / place, ignore_errors=True)

    def keep_only(self, places: Iterable[str]) -> None:
        """What was begun of villages that are public no more goes."""
        begun = {path.name for path in (self.site / PUBLIC).glob("*") if path.is_dir()}
        for place in begun - set(places):
            self.forget(place)

    def write(self, name: str, content: bytes) -> None:
        def put(path: Path) -> None:
            with path.open("xb") as file:
                file.write(content)

        self._put(name, put)

    def link(self, name: str, other: Generation) -> None:
        """The same file as in another generation, without a second copy of its content."""
        self._put(name, partial(os.link, other.site / name))

    def _put(self, name: str, put: Callable[[Path], object]) -> None:
        """Most files are new in a folder that is there: only else it is looked at."""
        path = self.site / name
        try:
            put(path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            put(path)
        except FileExistsError:
            path.unlink()  # perhaps the very file of another generation, which must not be written into
            put(path)

    def _manifest(self, place: str) -> Path:
        return self.folder / "manifest" / f"{place or WHOLE}.json"


def current(root: Path) -> Generation | None:
    link = root / CURRENT
    return Generation(link.resolve().parent) if link.is_symlink() and link.exists() else None


def begun(root: Path) -> Generation:
    """The next generation, as far as an interrupted export brought it."""
    folder = root / GENERATIONS / NEXT
    folder.mkdir(parents=True, exist_ok=True)
    return Generation(folder)


def switch(root: Path, generation: Generation) -> None:
    """From one moment to the next everybody sees this one; the one before it stays until the next time."""
    before = current(root)
    name = f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S%f}"
    settled = generation.folder.rename(root / GENERATIONS / name)
    link = root / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(GENERATIONS, name, "site"), target_is_directory=True)
    link.replace(root / CURRENT)
    for folder in (root / GENERATIONS).iterdir():
        if folder != settled and (before is None or folder.name != before.folder.name):
            shutil.rmtree(folder)
