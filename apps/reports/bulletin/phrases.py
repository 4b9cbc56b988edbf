"""What all parts of the bulletin say the same way: its annexes, its numbers, whom it names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.documents.wording import listed, numeral
from apps.figures.values import Entry
from apps.organizations.naming import whole
from apps.reports.frozen import Block, Content
from apps.reports.matters import Digest

MEETINGS, BALANCE, UNFINISHED = "三会一课完成情况统计表", "党员增减平衡表", "未完成事项清单"
TERMS, LATE = "换届情况清单", "补录情况清单"
NAMES_IN_TEXT, PARTS_IN_TEXT = 6, 10


@dataclass(frozen=True)
class Office:
    """Who sends the bulletin; `next_cut_off` is by when next month's records are to be handed in."""

    signature: str
    signed_on: date
    next_cut_off: date
    extension_years: int


def annexes(digest: Digest) -> tuple[str, ...]:
    """The titles of the annexes that have something in them."""
    wanted = (
        (MEETINGS, True),
        (BALANCE, True),
        (UNFINISHED, bool(digest.unfinished)),
        (TERMS, bool(digest.overdue_terms or digest.ending_terms)),
        (LATE, bool(digest.content.late)),
    )
    return tuple(title for title, present in wanted if present)


def numbered(points: Iterable[tuple[str, str]]) -> Iterator[Block]:
    for number, (lead, text) in enumerate(points, 1):
        yield Block(text, lead=f"（{numeral(number)}）{lead}。")


def whole_of(content: Content) -> str:
    """全县 for the county's own report, 全镇 for a township's."""
    is_county = content.root.path.count("/") == 1
    return whole(content.county if is_county else Digest(content).label(content.root))


def quarter_of(digest: Digest) -> str:
    return digest.quarter.label.split("年", 1)[1]


def who_lacks(digest: Digest, entries: tuple[Entry, ...]) -> str:
    """A few by name, more by how many each part has, many by how many parts; in administrative order."""
    if len(entries) <= NAMES_IN_TEXT:
        return f"：{listed([_name(entry) for entry in entries])}"
    parts = digest.by_part(entries)
    if len(parts) > PARTS_IN_TEXT:
        return f"，涉及{len(parts)}个单位"
    return f"：{listed([f'{digest.label(unit)}{count}个' for unit, count in parts])}"


def _name(entry: Entry) -> str:
    return f"{entry.unit.name}{entry.label}"


def see(digest: Digest, annex: str) -> str:
    return f"见{annex_of(digest, annex)}"


def annex_of(digest: Digest, title: str) -> str:
    return f"附件{annexes(digest).index(title) + 1}"
