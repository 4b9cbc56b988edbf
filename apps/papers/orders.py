"""What somebody wants printed: which papers, of whom, of when, and how bound. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from apps.core.documents.filling import Context
from apps.core.periods import Month, Period, Quarter, parse_period
from apps.papers.kinds import Binding, Paper

AT_ONCE = 60  # papers that are made while the user waits
MOST = {Binding.ONE_FILE: 1000, Binding.ARCHIVE: 2000}
TOO_MANY = "一共有 {} 份，一次最多 {} 份。请缩短时间，或者一个乡镇一个乡镇地打印。"
NOTHING = "这段时间没有符合条件、已经交上的记录。"
NOTHING_OF_VILLAGES = "这段时间没有可以打印的：台账打印开过会的事项，报告打印写好了的。"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))
LONGEST_NAME = 60


@dataclass(frozen=True)
class Order:
    """`path` is the organization's whose papers, and those of all below it, are wanted; no kinds are all."""

    paper: Paper
    period: Period
    path: str
    kinds: tuple[str, ...] = ()
    binding: Binding = Binding.ONE_FILE

    @property
    def title(self) -> str:
        """ "2026年10月会议记录" """
        return f"{self.period.label}{self.paper.label}"

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters that the period touches; of a month the one that it lies in."""
        return tuple(dict.fromkeys(Quarter.of(month.first) for month in self.period.months))

    def as_json(self) -> dict[str, Any]:
        return {
            "paper": self.paper.value,
            "period": str(self.period),
            "path": self.path,
            "kinds": list(self.kinds),
            "binding": self.binding.value,
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Self:
        return cls(
            paper=Paper(row["paper"]),
            period=parse_period(row["period"]),
            path=row["path"],
            kinds=tuple(row["kinds"]),
            binding=Binding(row["binding"]),
        )


@dataclass(frozen=True)
class Bundle:
    """The pages that belong together in a file of their own: one record, or one branch's book."""

    name: str
    contexts: tuple[Context, ...]
    papers: int = 1


@dataclass(frozen=True)
class File:
    """What is handed out."""

    name: str
    content: bytes

    @property
    def is_archive(self) -> bool:
        return self.name.endswith(".zip")


def months_until(quarter: Quarter, last: Month) -> tuple[Month, ...]:
    """The months of a quarter that have begun by a month."""
    return tuple(month for month in quarter.months if month <= last)


def file_name(name: str) -> str:
    """A name that every system's files may have."""
    return name.translate(_NOT_IN_NAMES)[:LONGEST_NAME].strip(" .")
