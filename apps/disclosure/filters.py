"""What to look for among the publications: one filter set for the list page and the API."""

from __future__ import annotations

import datetime

import django_filters
from django.db.models import Q

from apps.core.scope import ScopedQuerySet
from apps.disclosure.catalogue import ITEM_CHOICES
from apps.disclosure.models import Publication, Statement, Table
from apps.disclosure.states import State
from apps.disclosure.tables import KIND_CHOICES
from apps.organizations.filters import units_of
from apps.organizations.models import Organization


class PublicationFilter(django_filters.FilterSet):
    """Item, state, organization and all below it, words."""

    item = django_filters.ChoiceFilter(label="事项", choices=ITEM_CHOICES, empty_label="全部事项")
    state = django_filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部状态")
    under = django_filters.ModelChoiceFilter(
        label="在哪里", queryset=units_of, method="below", empty_label="全部"
    )
    q = django_filters.CharFilter(label="村、标题", method="with_words")

    class Meta:
        model = Publication
        fields = ["item", "state", "under", "q"]

    def below(self, rows: ScopedQuerySet, name: str, value: Organization) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(village__organization__path__startswith=value.path)
        return found

    def with_words(self, rows: ScopedQuerySet, name: str, value: str) -> ScopedQuerySet:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(village__name__icontains=word))
        return rows


class ShownFilter(django_filters.FilterSet):
    """What a publication shows: its state, organization and all below it, the days its period ends, words."""

    state = django_filters.ChoiceFilter(
        field_name="publication__state", label="状态", choices=State.choices, empty_label="全部状态"
    )
    under = django_filters.ModelChoiceFilter(
        label="在哪里", queryset=units_of, method="below", empty_label="全部"
    )
    since = django_filters.DateFilter(label="期间的止日，不早于", method="ending_since")
    until = django_filters.DateFilter(label="期间的止日，不晚于", method="ending_until")
    q = django_filters.CharFilter(label="村、标题", method="with_words")

    def below(self, rows: ScopedQuerySet, name: str, value: Organization) -> ScopedQuerySet:
        path = {f"{rows.model.scope_lookup}__startswith": value.path}
        found: ScopedQuerySet = rows.filter(**path)
        return found

    def ending_since(self, rows: ScopedQuerySet, name: str, value: datetime.date) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(publication__last_on__gte=value)
        return found

    def ending_until(self, rows: ScopedQuerySet, name: str, value: datetime.date) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(publication__last_on__lte=value)
        return found

    def with_words(self, rows: ScopedQuerySet, name: str, value: str) -> ScopedQuerySet:
        for word in value.split():
            rows = rows.filter(
                Q(publication__title__icontains=word) | Q(publication__village__name__icontains=word)
            )
        return rows


class StatementFilter(ShownFilter):
    class Meta:
        model = Statement
        fields: tuple[str, ...] = ()


class TableFilter(ShownFilter):
    kind = django_filters.ChoiceFilter(label="哪种表", choices=KIND_CHOICES, empty_label="全部")

    class Meta:
        model = Table
        fields = ("kind",)
