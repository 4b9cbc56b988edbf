"""Which year, and below which organization: what pages ask that compute a year for each organization."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from apps.core.calendar import today
from apps.organizations.filters import units_of
from apps.organizations.models import Organization, OrganizationQuerySet

YEARS_OFFERED = 5


def years_offered() -> list[tuple[int, str]]:
    """This year and the last ones."""
    now = today().year
    return [(year, f"{year}年") for year in range(now, now - YEARS_OFFERED, -1)]


class YearForm(forms.Form):
    """Bound to an address; without a year in it, the running one."""

    year = forms.TypedChoiceField(label="年份", coerce=int, required=False, empty_value=None)
    under = forms.ModelChoiceField(
        label="在哪里", queryset=Organization.objects.none(), required=False, empty_label="全部"
    )

    def __init__(self, request: HttpRequest, **options: Any) -> None:
        super().__init__(request.GET, **options)
        self.fields["year"].choices = years_offered()  # type: ignore[attr-defined]
        units = units_of(request)
        self.fields["under"].queryset = units  # type: ignore[attr-defined]
        if not units.exists():  # a branch has nothing below it to choose from
            del self.fields["under"]

    @property
    def asked_year(self) -> int:
        return self.cleaned_data.get("year") or today().year

    @property
    def top(self) -> Organization | None:
        """The organization whose subtree was asked for; None for everything."""
        found: Organization | None = self.cleaned_data.get("under")
        return found

    def below(self, rows: OrganizationQuerySet) -> OrganizationQuerySet:
        """The organizations among the rows that were asked for."""
        return rows.below(self.top.path) if self.top else rows

    @property
    def is_asked(self) -> bool:
        """Whether any condition was chosen."""
        return any(self.data.get(name) for name in self.fields)
