"""What a row of a roster says about a member, by field; what it leaves empty it does not say."""

from __future__ import annotations

import datetime
from typing import Any

from apps.core.dates import NotADate, parse_loose
from apps.imports import cells
from apps.imports.rows import Row
from apps.members.importing.columns import BrokenNumber, Mobility
from apps.members.vocabulary import Category, Education, Precision

Stored = dict[str, Any]
_BIRTHDAY = slice(6, 14)
PLAIN_DATES = ("out_of_contact_since", "mobile_since")
_PLAIN = (
    "name",
    "sex",
    "ethnic_group",
    "education",
    "category",
    "occupation",
    "address",
    "phone",
    "is_out_of_contact",
    "mobile_destination",
)
# A word that says the same as others, less exactly.
_LESS_EXACT = {Education.POSTGRADUATE.value: (Education.DOCTOR, Education.MASTER)}
_EXACTNESS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def statements(row: Row, member: Stored | None) -> dict[str, Any]:
    """The fields that the row sets; what says the same as the member, less exactly, stays as stored."""
    values = row.values
    said = {name: value for name in _PLAIN if (value := values.get(name)) is not None}
    _say_mobility(said, values)
    _say_dates(said, values, member)
    if said.get("category") == Category.PROBATIONARY and "full_on" in values and values["full_on"] is None:
        said |= {"full_on": None, "full_precision": Precision.DAY.value}
    if said.get("is_out_of_contact") is False:
        said.setdefault("out_of_contact_since", None)
    if member is not None and member["education"] in _LESS_EXACT.get(said.get("education", ""), ()):
        del said["education"]
    return said


def _say_mobility(said: dict[str, Any], values: dict[str, Any]) -> None:
    mobility = values.get("is_mobile")
    if not isinstance(mobility, Mobility):
        return
    said["is_mobile"] = mobility.is_mobile
    if mobility.destination:
        said.setdefault("mobile_destination", mobility.destination)
    if not mobility.is_mobile:
        said.setdefault("mobile_destination", "")
        said["mobile_since"] = None


def _say_dates(said: dict[str, Any], values: dict[str, Any], member: Stored | None) -> None:
    if (born := values.get("born_on")) is not None:
        by_number = values["id_number"].born_on
        said["born_on"] = by_number if cells.agrees(born, by_number) else cells.first_of(born)
    for name in PLAIN_DATES:
        if (day := values.get(name)) is not None:
            stored = member[name] if member else None
            said[name] = stored if cells.agrees(day, stored) else cells.first_of(day)
    for name in ("joined", "full"):
        if (day := values.get(f"{name}_on")) is not None:
            said[f"{name}_on"], said[f"{name}_precision"] = _as_exact_as_known(day, name, member)


def _as_exact_as_known(day: cells.Day, name: str, member: Stored | None) -> tuple[datetime.date, str]:
    """The stored date where the written one says the same less exactly, else the written one."""
    precision = cells.precision_of(day)
    if member is not None and cells.agrees(day, member[f"{name}_on"]):
        stored: str = member[f"{name}_precision"]
        if _EXACTNESS.index(Precision(stored)) >= _EXACTNESS.index(Precision(precision)):
            return member[f"{name}_on"], stored
    return cells.first_of(day), precision


def birthday(row: Row) -> datetime.date | None:
    """The birthday that the row gives, by its own column or by what is left of the number."""
    born = row.values.get("born_on")
    if isinstance(born, datetime.date):
        return born
    broken = row.values.get("id_number")
    if not isinstance(broken, BrokenNumber):
        return None
    try:
        found = parse_loose(broken.text[_BIRTHDAY])
    except NotADate:
        return None
    return found.first if found is not None and found.day else None
