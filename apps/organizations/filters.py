"""Finding organizations: the same conditions for the page and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.http import HttpRequest

from apps.organizations import queries
from apps.organizations.kinds import BRANCH_KINDS, Kind, Sector
from apps.organizations.models import Organization, OrganizationQuerySet


def units_of(request: HttpRequest | None) -> OrganizationQuerySet:
    """What can have others below it, and the one that the address names."""
    if request is None:
        return Organization.objects.none()
    rows = queries.organizations_for(request.user)  # type: ignore[arg-type]
    named = request.GET.get("under", "")
    above = rows.exclude(kind__in=BRANCH_KINDS).current()
    return above | rows.filter(pk=int(named)) if named.isdecimal() and len(named) < 10 else above


class UnderForm(forms.Form):
    """Where: one organization and all below it."""

    under: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="在哪里", required=False, empty_label="全部"
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        self.fields["under"].queryset = units_of(request)  # type: ignore[attr-defined]


class OrganizationFilter(filters.FilterSet):
    q = filters.CharFilter(label="名称或代码", method="searched")
    kind = filters.ChoiceFilter(label="类别", choices=Kind.choices, empty_label="全部")
    sector = filters.ChoiceFilter(label="所在单位", choices=Sector.choices, empty_label="全部")
    under = filters.ModelChoiceFilter(
        label="在哪里", field_name="parent", queryset=units_of, method="within", empty_label="全部"
    )
    state = filters.ChoiceFilter(
        label="状态",
        choices=[("dissolved", "已撤销"), ("all", "全部")],
        method="existing",
        empty_label="现有",
    )

    class Meta:
        model = Organization
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: OrganizationQuerySet) -> OrganizationQuerySet:
        """Dissolved organizations are shown only to those who ask for them."""
        rows: OrganizationQuerySet = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.current()

    def searched(self, rows: OrganizationQuerySet, _name: str, text: str) -> OrganizationQuerySet:
        return queries.search(rows, text.strip())

    def within(self, rows: OrganizationQuerySet, _name: str, top: Organization) -> OrganizationQuerySet:
        return rows.below(top.path)

    def existing(self, rows: OrganizationQuerySet, _name: str, state: str) -> OrganizationQuerySet:
        return rows if state == "all" else rows.exclude(dissolved_on=None)

    @property
    def is_asked(self) -> bool:
        """Whether any condition was chosen."""
        given: dict[str, Any] = self.data
        return any(given.get(name) for name in self.filters)
