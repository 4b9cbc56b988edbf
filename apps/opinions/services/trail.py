"""What every step leaves: a row of its own, a deed, and the days that follow from it."""

from __future__ import annotations

import datetime

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.core.workflow import Workflow, lock_for
from apps.opinions.models import Opinion, OpinionStep
from apps.opinions.queries import permission_for
from apps.opinions.rules import due_on
from apps.regulations.settings import settings_of
from apps.regulations.table import limit

# Encrypted columns have no checks of their own.
SEALED = ("petitioner", "contact")


def path_of(opinion: Opinion) -> str:
    return opinion.village.organization.path


def lock(opinion: Opinion, workflow: Workflow, action: str, by: Person, *, version: int = 0) -> Opinion:
    """The opinion, locked, for whoever may take the step; refused when it is not what they had read."""
    demand(by, permission_for(opinion, workflow[action], by), path_of(opinion))
    row = lock_for(opinion)
    if version and row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    return row


def note(
    row: Opinion,
    action: str,
    *,
    by: Person | None,
    on: datetime.date | None = None,
    text: str = "",
    satisfaction: str = "",
    due: datetime.date | None = None,
) -> None:
    """Save the changed opinion with the step that changed it, the step first: the database looks for it."""
    OpinionStep.objects.create(
        opinion=row,
        action=action,
        on=on or today(),
        text=text.strip(),
        satisfaction=satisfaction,
        due_on=due,
        by_id=by.pk if by else None,
    )
    row.version += 1
    save_checked(row, unchecked=SEALED)


def tell(action: str, row: Opinion, by: Person | None, *, reason: str = "") -> None:
    record(f"opinions.{action}", by=by, on=row, organization_path=path_of(row), reason=reason)


def days(code: str, path: str, part: str = "") -> int:
    """The county's number of days for a rule today."""
    own = settings_of(path).on(today())
    return int(limit(code, part, on=today(), overrides=own).value)


def reply_due(path: str, since: datetime.date) -> datetime.date:
    """Until when the village answers (VAD-12)."""
    return due_on(since, days("VAD-12", path))


def township_due(path: str, since: datetime.date) -> datetime.date:
    """Until when the township answers (VAD-13)."""
    return due_on(since, days("VAD-13", path))


def require(text: str, sentence: str, *, field: str) -> None:
    if not text.strip():
        raise Refused(sentence, field=field)
