"""What to look for in the timeline."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from apps.audit.queries import Wanted
from apps.audit.sources import DEED, ROW_ACTIONS, deed_titles, sources
from apps.core.calendar import today
from apps.core.widgets import DateInput

DAYS_SHOWN_AT_FIRST = 30


def objects_offered() -> list[tuple[str, str]]:
    models = [(source.label, source.title) for source in sources().values()]
    return [("", "全部"), (DEED, "登录、查看、导出等行为"), *models]


def actions_offered() -> list[tuple[str, str]]:
    return [("", "全部"), *ROW_ACTIONS.items(), *deed_titles().items()]


class TimelineForm(forms.Form):
    who = forms.CharField(label="操作人", required=False)
    what = forms.ChoiceField(label="对象", required=False, choices=objects_offered)
    action = forms.ChoiceField(label="行为", required=False, choices=actions_offered)
    since = forms.DateField(label="从", required=False, widget=DateInput())
    until = forms.DateField(label="到", required=False, widget=DateInput())
    at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        start = today() - datetime.timedelta(days=DAYS_SHOWN_AT_FIRST)
        super().__init__(data or {"since": start.isoformat()})

    @property
    def wanted(self) -> Wanted:
        """What the valid form asks for; `until` includes its day."""
        found = self.cleaned_data
        until = found["until"]
        return Wanted(
            who=found["who"],
            what=found["what"],
            action=found["action"],
            since=_midnight(found["since"]),
            until=_midnight(until + datetime.timedelta(days=1)) if until else None,
            at=found["at"],
        )


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time())) if day else None
