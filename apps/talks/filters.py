"""Finding talks over the API."""

from __future__ import annotations

import django_filters as filters
from django import forms

from apps.organizations.filters import units_of
from apps.organizations.models import Organization
from apps.talks.models import Talk, TalkQuerySet


class TalkFilter(filters.FilterSet):
    year = filters.NumberFilter(
        label="年份", field_name="held_on", lookup_expr="year", min_value=1, max_value=9999
    )
    under = filters.ModelChoiceFilter(label="在哪里", field_name="branch", queryset=units_of, method="within")

    class Meta:
        model = Talk
        fields: list[str] = []
        form = forms.Form

    def within(self, rows: TalkQuerySet, _name: str, top: Organization) -> TalkQuerySet:
        return rows.filter(branch__path__startswith=top.path)
