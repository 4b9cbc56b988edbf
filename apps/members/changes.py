"""The ways in which somebody comes onto, leaves or moves within the roster (handbook 2.4, STAT-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apps.members.vocabulary import Cause, Status


@dataclass(frozen=True)
class Change:
    """From which states to which; `asks_branch` when another branch is part of it.

    `warning` is what a person should know before they confirm.
    """

    title: str
    sources: frozenset[str]
    target: Status
    cause: Cause
    asks_branch: bool = False
    warning: str = ""


_HERE = frozenset({Status.ACTIVE})
_ON_ROSTER = frozenset({Status.ACTIVE, Status.SUSPENDED})

CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "move": Change("调到另一个支部", _HERE, Status.ACTIVE, Cause.MOVED, asks_branch=True),
        "transfer-out": Change("转出本县", _HERE, Status.TRANSFERRED_OUT, Cause.TRANSFERRED_OUT),
        "suspend": Change(
            "停止党籍", _HERE, Status.SUSPENDED, Cause.SUSPENDED,
            warning="停止党籍的人不计入党员总数（ROST-20），满两年可按规定处理（MEM-33）。",
        ),
        "restore": Change("恢复党籍", frozenset({Status.SUSPENDED}), Status.ACTIVE, Cause.RESTORED),
        "end": Change(
            "出党", _ON_ROSTER, Status.ENDED, Cause.ENDED, warning="请先按程序办结，再在这里登记。"
        ),
        "decease": Change("去世", _ON_ROSTER, Status.DECEASED, Cause.DECEASED),
        "return": Change(
            "转入", frozenset({Status.TRANSFERRED_OUT}), Status.ACTIVE, Cause.TRANSFERRED_IN, asks_branch=True
        ),
    }
)  # fmt: skip


def open_changes(status: str) -> dict[str, Change]:
    """What can happen to somebody in this state."""
    return {action: change for action, change in CHANGES.items() if status in change.sources}
