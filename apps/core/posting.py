"""A posted form, one service, and what the service refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import BaseForm

from apps.core.errors import Refused


def carried_out(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether the form was sound and the deed not refused; a refusal becomes the form's error."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.sentence)
        return False
    return True


def errors_of(form: BaseForm) -> str:
    """All errors in one line, for a page that cannot show them beside the fields."""
    return "".join(str(error) for errors in form.errors.values() for error in errors)
