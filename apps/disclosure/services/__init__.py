"""Writes: drafts, the steps of VAD-10, corrections; each whole or not at all, and on record."""

from apps.disclosure.services.board import photo_is_required, put_up, strike, take_down
from apps.disclosure.services.catalogues import (
    Asked,
    add_item,
    add_to_catalogue,
    adopt,
    begin_catalogue,
    cancel_event,
    change_item,
    register_event,
)
from apps.disclosure.services.statements import Sums, draft_statement, redraft_statement
from apps.disclosure.services.tables import (
    draft_table,
    fill_table,
    given_for,
    redraft_table,
    refill_table,
    table_of_period,
    warnings_of,
)
from apps.disclosure.services.villages import register_village
from apps.disclosure.services.way import (
    Signatures,
    confirm,
    consent,
    object_to,
    objection_due,
    propose,
    publish,
    withdraw,
)
from apps.disclosure.services.writing import (
    correct,
    draft_words,
    mask,
    redraft_words,
    refuse_personal_numbers,
    rewrite,
    write_publication,
)

__all__ = [
    "Asked",
    "Signatures",
    "Sums",
    "add_item",
    "add_to_catalogue",
    "adopt",
    "begin_catalogue",
    "cancel_event",
    "change_item",
    "confirm",
    "consent",
    "correct",
    "draft_statement",
    "draft_table",
    "draft_words",
    "fill_table",
    "given_for",
    "mask",
    "object_to",
    "objection_due",
    "photo_is_required",
    "propose",
    "publish",
    "put_up",
    "redraft_statement",
    "redraft_table",
    "redraft_words",
    "refill_table",
    "refuse_personal_numbers",
    "register_event",
    "register_village",
    "rewrite",
    "strike",
    "table_of_period",
    "take_down",
    "warnings_of",
    "withdraw",
    "write_publication",
]
