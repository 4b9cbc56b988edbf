"""Finding reports: the same conditions for the page and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from apps.core.periods import Month
from apps.core.widgets import MonthInput
from apps.organizations.filters import units_of
from apps.organizations.models import Organization
from apps.reports.models import MonthlyReport, State


class MonthChoice(forms.CharField):
    """ "2026-10" as a Month."""

    def clean(self, value: Any) -> Month | None:
        text = super().clean(value)
        try:
            return Month.parse(text) if text else None
        except ValueError as error:
            raise forms.ValidationError("请写成 2026-10 这样的月份。") from error


class MonthFilter(filters.CharFilter):
    field_class = MonthChoice


class ReportFilter(filters.FilterSet):
    under = filters.ModelChoiceFilter(
        label="党组织", field_name="organization", queryset=units_of, method="within", empty_label="全部"
    )
    month = MonthFilter(label="月份", widget=MonthInput)
    state = filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部")

    class Meta:
        model = MonthlyReport
        fields: list[str] = []
        form = forms.Form

    def within(
        self, reports: QuerySet[MonthlyReport], _name: str, top: Organization
    ) -> QuerySet[MonthlyReport]:
        return reports.filter(organization__path__startswith=top.path)
