"""What to look for among the plans."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from apps.core.periods import Year
from apps.meetings.models import ThemePlan
from apps.meetings.plans.queries import within


class YearField(forms.CharField):
    """A year in the words of an address: "2026"."""

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        try:
            return Year.parse(said) if said else None
        except ValueError as error:
            raise forms.ValidationError("年份请写成 2026 这样。") from error


@extend_schema_field(OpenApiTypes.STR)
class YearFilter(django_filters.Filter):
    field_class = YearField


class PlanFilter(django_filters.FilterSet):
    """`organization` is a code: the plans at and below it."""

    year = YearFilter(label="年份", method="in_year")
    organization = django_filters.CharFilter(label="党组织代码", method="below")

    class Meta:
        model = ThemePlan
        fields: tuple[str, ...] = ()

    def in_year(self, rows: QuerySet[ThemePlan], name: str, year: Year) -> QuerySet[ThemePlan]:
        return rows.filter(within(year))

    def below(self, rows: QuerySet[ThemePlan], name: str, code: str) -> QuerySet[ThemePlan]:
        return rows.filter(organization__path__regex=rf"(^|/){code}/") if code.isalnum() else rows.none()
