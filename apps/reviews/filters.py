"""What to look for among the branches of a year, and among reviews over the API: the same questions."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from apps.core.calendar import today
from apps.organizations.filters import units_of
from apps.organizations.models import Organization, OrganizationQuerySet
from apps.reviews.models import MemberReview, ReviewQuerySet
from apps.reviews.queries import with_year
from apps.reviews.services import FIRST_YEAR
from apps.reviews.vocabulary import State

NOT_BEGUN = ("none", "还没有开始")


def years_offered() -> list[tuple[int, str]]:
    return [(year, f"{year}年") for year in range(today().year, today().year - 5, -1)]


class YearFilter(django_filters.FilterSet):
    """The branches of a scope with where each stands in a year."""

    year = django_filters.ChoiceFilter(
        label="年度", choices=years_offered, method="unchanged", empty_label=None
    )
    under = django_filters.ModelChoiceFilter(
        label="在哪里", queryset=units_of, method="below", empty_label="全部"
    )
    state = django_filters.ChoiceFilter(
        label="民主评议", choices=[*State.choices, NOT_BEGUN], method="standing", empty_label="全部"
    )
    q = django_filters.CharFilter(label="党支部", method="named")

    class Meta:
        model = Organization
        fields = ["year", "under", "state", "q"]
        form = forms.Form

    def __init__(self, data: Any, queryset: OrganizationQuerySet, *, request: Any) -> None:
        asked = data.copy()
        asked.setdefault("year", str(today().year))
        self.year = int(asked["year"]) if asked["year"] in {str(year) for year, _ in years_offered()} else 0
        super().__init__(asked, with_year(queryset, self.year or today().year), request=request)

    def unchanged(self, rows: OrganizationQuerySet, _name: str, _value: str) -> OrganizationQuerySet:
        """The year is in the rows already."""
        return rows

    def below(self, rows: OrganizationQuerySet, _name: str, top: Organization) -> OrganizationQuerySet:
        return rows.filter(path__startswith=top.path)

    def standing(self, rows: OrganizationQuerySet, _name: str, state: str) -> OrganizationQuerySet:
        return rows.filter(review_state=None if state == NOT_BEGUN[0] else state)

    def named(self, rows: OrganizationQuerySet, _name: str, text: str) -> OrganizationQuerySet:
        return rows.filter(Q(name__contains=text) | Q(short_name__contains=text))


class ReviewFilter(django_filters.FilterSet):
    """The reviews themselves, for the API."""

    year = django_filters.NumberFilter(label="年度", min_value=FIRST_YEAR, max_value=9999)
    under = django_filters.ModelChoiceFilter(label="在哪里", queryset=units_of, method="below")
    state = django_filters.ChoiceFilter(label="状态", choices=State.choices)

    class Meta:
        model = MemberReview
        fields = ["year", "under", "state"]

    def below(self, rows: ReviewQuerySet, name: str, value: Organization) -> ReviewQuerySet:
        return rows.filter(organization__path__startswith=value.path)
