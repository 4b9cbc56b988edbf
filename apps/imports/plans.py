"""What an import would do: shown first, then done exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from apps.core import crypto
from apps.core.access import Person
from apps.core.errors import Refused
from apps.core.scope import Scope
from apps.imports.headings import Reading
from apps.imports.problems import Problem
from apps.imports.rows import Row

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class New:
    """A row that would be added; `record` holds the values in the importer's own order."""

    sheet: str
    row: int
    subject: str
    detail: str
    record: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value as it would be shown before and after, protected ones masked."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that would be changed: the stored row's key and version, and the new values by field."""

    sheet: str
    row: int
    subject: str
    detail: str
    key: int
    version: int
    fields: tuple[FieldChange, ...]
    record: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody in the register whom the table does not name; nothing happens to them."""

    subject: str
    detail: str


@dataclass(frozen=True)
class Choices:
    """What the clerk decided about rows with problems; part of the plan."""

    skip_errors: bool = False
    skipped: frozenset[Place] = frozenset()
    adopted: frozenset[Place] = frozenset()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Choices:
        places = {
            key: frozenset((sheet, row) for sheet, row in stored.get(key, ()))
            for key in ("skipped", "adopted")
        }
        return cls(bool(stored.get("skip_errors")), **places)

    def as_json(self) -> dict[str, Any]:
        return {
            "skip_errors": self.skip_errors,
            "skipped": sorted(self.skipped),
            "adopted": sorted(self.adopted),
        }

    def skips(self, row: Row) -> bool:
        if self.skip_errors and row.has_errors:
            return True
        return bool(self.skipped) and not self.skipped.isdisjoint(row.places)

    def adopts(self, row: Row) -> bool:
        """Whether the row shall be taken as the one stored person that it can mean."""
        return not self.adopted.isdisjoint(row.places)


@dataclass(frozen=True)
class Errand:
    """In whose name, for which part of the tree, on which day, and with which choices."""

    by: Person
    scope: Scope
    today: date
    choices: Choices = Choices()


class NothingToWrite(Refused):
    """Everything in the table is as it is already."""

    def __init__(self) -> None:
        super().__init__("表里的内容和系统里的一样，没有要写入的。")


@dataclass
class Plan:
    """The result of reading a file against the database; the same file and data give the same plan."""

    choices: Choices
    rows: int = 0
    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    skipped: int = 0
    skipped_places: set[Place] = field(default_factory=set)
    bad_rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def take(self, row: Row, outcome: New | Changed | None) -> None:
        """Count a row: left out by choice, faulty, new, changed, or (None) as it is already."""
        self.rows += 1
        if outcome is None and not row.has_errors:
            self.unchanged += 1  # nothing will be written, so there is nothing to warn of
            return
        self.problems.extend(row.problems)
        if self.choices.skips(row):
            self.skipped += 1
            self.skipped_places |= row.places
        elif row.has_errors:
            self.bad_rows += 1
        elif isinstance(outcome, New):
            self.new.append(outcome)
        elif outcome is not None:
            self.changed.append(outcome)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def file_errors(self) -> list[Problem]:
        """Errors of a whole sheet or file, which no choice gets around."""
        return [problem for problem in self.errors if problem.row == 0]

    @property
    def writes(self) -> int:
        return len(self.new) + len(self.changed)

    @property
    def is_open(self) -> bool:
        """Whether it may be carried out: whole or not at all."""
        return not self.bad_rows and not self.file_errors and self.writes > 0

    def refuse_unless_open(self) -> None:
        if self.file_errors:
            raise Refused(self.file_errors[0].message)
        if self.bad_rows:
            raise Refused(
                f"表里还有 {self.bad_rows} 行有问题，一行也没有写入。请改好后再导入，或者选择跳过这些行。"
            )
        if not self.writes:
            raise NothingToWrite

    @cached_property
    def fingerprint(self) -> str:
        """A keyed digest of everything that would be written and left out, of a plan that is complete."""
        total = hashlib.sha256(repr((self.rows, self.unchanged, self.skipped, self.bad_rows)).encode())
        for part in self._parts():
            total.update(part.encode())
        return crypto.digest(total.hexdigest()).hex()

    def _parts(self) -> Iterator[str]:
        for new in self.new:
            yield repr((new.sheet, new.row, new.record))
        for changed in self.changed:
            yield repr((changed.sheet, changed.row, changed.key, changed.version, changed.record))
        for problem in self.errors:
            yield repr((problem.sheet, problem.row, problem.code))
