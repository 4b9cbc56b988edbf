"""Saving one row so that what the database would refuse is refused in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from apps.core.errors import Refused

CHANGED_MEANWHILE = "刚才已经有别的改动，这次没有保存。请刷新页面，看过新的内容再改。"
DEFAULT = models.BaseConstraint.default_violation_error_message
VIOLATED = "这次改动和已有的数据冲突，没有保存。请刷新页面再试。"


def save_checked(row: models.Model, *, unchecked: Collection[str] = ()) -> None:
    """Save after the model's own checks, the fields `unchecked` excepted; Refused when one fails."""
    try:
        row.full_clean(exclude=set(unchecked))
    except ValidationError as error:
        raise _refused(error) from error
    with refusing_violations(type(row)), transaction.atomic():
        row.save()


@contextmanager
def refusing_violations(*model_classes: type[models.Model]) -> Iterator[None]:
    """What somebody else's simultaneous write makes impossible is refused in the constraint's words."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        raise Refused(_words(name, model_classes)) from error


def _words(name: str | None, model_classes: Collection[type[models.Model]]) -> str:
    for model in model_classes:
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message != DEFAULT:
                return str(constraint.get_violation_error_message())
    return VIOLATED


def _refused(error: ValidationError) -> Refused:
    field, messages = next(iter(error.message_dict.items()))
    return Refused(messages[0], field=None if field == NON_FIELD_ERRORS else field)
