"""Writes: a county's own numbers. Nothing is ever changed or taken back: a new number is a new row."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.core.saving import save_checked
from apps.regulations.models import RuleOverride
from apps.regulations.rows import Duty, Limit
from apps.regulations.settings import settings_of

SET = "regulations.set"


@transaction.atomic
def set_number(
    row: Duty | Limit, *, county: str, value: int, since: date, reason: str, by: Person
) -> RuleOverride:
    """From a day on the county asks for another number; refused where it would loosen a national rule."""
    demand(by, SET, county)
    _check_number(row, value)
    _check_since(row, since)
    now = settings_of(county).on(since).get(row.key, row.number)
    if now == value:
        raise Refused("从那天起本来就是这个数，不用再设。", field="value", rule=row.code)
    setting = RuleOverride(
        county=county, rule=row.key, value=value, since=since, reason=reason.strip(), author_id=by.pk
    )
    save_checked(setting)
    record(SET, by=by, on=setting, organization_path=county, reason=setting.reason, rule=row.key, value=value)
    return setting


def _check_number(row: Duty | Limit, value: int) -> None:
    if not row.is_settable:
        raise Refused("这一条按全国规定判断，县里不另外设置。", rule=row.code)
    try:
        row.tightened(value)
    except ValueError as error:
        raise Refused(_why_not(row), field="value", rule=row.code) from error


def _why_not(row: Duty | Limit) -> str:
    if isinstance(row, Limit) and row.between:
        return f"请填 {row.between[0]} 到 {row.between[1]} 之间的数。"
    return f"全国规定是{row.in_words}，县里只能定得更严。"


def _check_since(row: Duty | Limit, since: date) -> None:
    """The past stays judged as it was: from the period that is running at the earliest."""
    running = row.per.period_of(today()) if isinstance(row, Duty) else Month.of(today())
    if since < running.first:
        sentence = f"最早从{written(running.first)}起：过去的按当时的设置判断。"
        raise Refused(sentence, field="since", rule=row.code)
