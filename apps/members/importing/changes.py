"""What a row would change of a stored member, for the eye and for the database."""

from __future__ import annotations

from typing import Any

from apps.core import crypto
from apps.core.identity import mask_phone
from apps.imports import cells
from apps.imports.compare import Compared, changes_between
from apps.imports.plans import FieldChange
from apps.members.importing.columns import COLUMNS
from apps.members.importing.statements import Stored
from apps.members.vocabulary import ETHNIC_GROUPS, Category, Education, Occupation, Sex

TITLES = {column.key: column.title for column in COLUMNS}
Changes = tuple[tuple[FieldChange, ...], dict[str, Any]]


def _yes_no(value: bool) -> str:
    return "是" if value else "否"


COMPARED = (
    Compared("name", TITLES["name"]),
    Compared("sex", TITLES["sex"], dict(Sex.choices).__getitem__),
    Compared("ethnic_group", TITLES["ethnic_group"], ETHNIC_GROUPS.__getitem__),
    Compared("born_on", TITLES["born_on"], cells.written),
    Compared("education", TITLES["education"], dict(Education.choices).__getitem__),
    Compared("category", TITLES["category"], dict(Category.choices).__getitem__),
    Compared("occupation", TITLES["occupation"], dict(Occupation.choices).__getitem__),
    Compared("address", TITLES["address"]),
    Compared("is_out_of_contact", TITLES["is_out_of_contact"], _yes_no),
    Compared("out_of_contact_since", TITLES["out_of_contact_since"], cells.written),
    Compared("is_mobile", TITLES["is_mobile"], _yes_no),
    Compared("mobile_destination", TITLES["mobile_destination"]),
    Compared("mobile_since", TITLES["mobile_since"], cells.written),
)


def changes_of(member: Stored, wanted: dict[str, Any]) -> Changes:
    """What is said differently; nothing when the row and the member agree."""
    shown, values = changes_between(COMPARED, member, wanted)
    return _with_phone(*_with_dates(shown, values, member, wanted), member, wanted)


def _with_dates(
    shown: tuple[FieldChange, ...], values: dict[str, Any], member: Stored, wanted: dict[str, Any]
) -> Changes:
    """The two dates whose exactness is stored beside them."""
    for name in ("joined", "full"):
        day, precision = f"{name}_on", f"{name}_precision"
        if day not in wanted or (wanted[day], wanted[precision]) == (member[day], member[precision]):
            continue
        before, after = (cells.written(each[day], each[precision]) for each in (member, wanted))
        shown = (*shown, FieldChange(TITLES[day], before, after))
        values |= {day: wanted[day], precision: wanted[precision]}
    return shown, values


def _with_phone(
    shown: tuple[FieldChange, ...], values: dict[str, Any], member: Stored, wanted: dict[str, Any]
) -> Changes:
    """The phone number is compared by its digest, so that it need not be opened."""
    phone = wanted.get("phone")
    stored = member["phone_digest"]
    if not phone or (stored and bytes(stored) == crypto.digest(phone)):
        return shown, values
    before = mask_phone(member["phone"].reveal()) if member["phone"] else ""
    return (*shown, FieldChange(TITLES["phone"], before, mask_phone(phone))), {**values, "phone": phone}
