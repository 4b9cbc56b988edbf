"""Comparing what a row of a table says with what is stored; what it does not say is not in `wanted`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.imports.plans import FieldChange


@dataclass(frozen=True)
class Compared:
    """A stored field: the column that feeds it, and how its values are shown."""

    name: str
    title: str
    show: Callable[[Any], str] = str


def changes_between(
    fields: Sequence[Compared], stored: Mapping[str, Any], wanted: Mapping[str, Any]
) -> tuple[tuple[FieldChange, ...], dict[str, Any]]:
    """What the row says differently: for the eye, and as new values by field."""
    shown: list[FieldChange] = []
    values: dict[str, Any] = {}
    for each in fields:
        if each.name not in wanted or wanted[each.name] == stored[each.name]:
            continue
        new = values[each.name] = wanted[each.name]
        shown.append(FieldChange(each.title, _shown(each, stored[each.name]), _shown(each, new)))
    return tuple(shown), values


def _shown(each: Compared, value: Any) -> str:
    return "" if value in (None, "") else each.show(value)
