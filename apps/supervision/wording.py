"""The half-year report in words, from records and figures. Pure: text from values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.core.calendar import written
from apps.core.periods import HalfYear
from apps.supervision.models import Subject

if TYPE_CHECKING:
    from apps.supervision.models import CommitteeMember, SupervisionRecord


@dataclass(frozen=True)
class Work:
    """What the committee did in half a year."""

    half: HalfYear
    committee: Sequence[CommitteeMember]
    records: Sequence[SupervisionRecord]
    consents: int
    objections: int

    @property
    def asked(self) -> list[SupervisionRecord]:
        return [record for record in self.records if record.asked]

    @property
    def still_open(self) -> list[SupervisionRecord]:
        return [record for record in self.asked if record.is_open]


def figures_text(work: Work) -> str:
    """The part that the system writes: who they are, what they checked, what was put right."""
    kinds = Counter(record.subject for record in work.records)
    looked = "、".join(f"{Subject(kind).label} {number} 次" for kind, number in kinds.most_common())
    names = "、".join(str(member) for member in work.committee)
    lines = [
        f"一、组成：{names or '还没有登记'}。",
        f"二、审查村务公开：同意公布 {work.consents} 次，提出异议 {work.objections} 次。",
        f"三、监督 {len(work.records)} 次{f'：{looked}' if looked else ''}。",
        *(f"　　{written(record.held_on)}，{record.title}。{record.findings}" for record in work.records),
        f"四、要求整改 {len(work.asked)} 件，已整改 {len(work.asked) - len(work.still_open)} 件。",
        *(f"　　还没有整改：{record.title}。{record.asked}" for record in work.still_open),
    ]
    return "\n".join(lines)


def report_text(work: Work, words: str) -> str:
    """The whole report: the figures, then the committee's own words."""
    return f"{figures_text(work)}\n五、监委会的意见：\n{words}"
