"""States and steps as one table: the page asks it which buttons to show, a service applies a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from apps.core.errors import Refused


@dataclass(frozen=True)
class Step:
    """One permitted change of state: who may take it and from where to where."""

    label: str
    sources: frozenset[str]
    target: str
    permission: str


Workflow = Mapping[str, Step]
M = TypeVar("M", bound=models.Model)


def open_steps(workflow: Workflow, state: str, permissions: Iterable[str]) -> dict[str, Step]:
    """The steps that somebody with these permissions may take now, by action."""
    held = set(permissions)
    return {
        action: step for action, step in workflow.items() if state in step.sources and step.permission in held
    }


def lock_for(row: M) -> M:
    """The row as it is now, locked until the transaction ends."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def take(workflow: Workflow, action: str, row: Any) -> Step:
    """Set the locked row's state by the step; refused when it is not open from here."""
    step = workflow[action]
    if row.state not in step.sources:
        raise Refused(
            f"现在不能“{step.label}”：这条记录的状态已经是“{row.get_state_display()}”。请刷新页面再看。"
        )
    row.state = step.target
    return step
