"""What to look for among the publications: one filter set for the list page and the API."""

from __future__ import annotations

import django_filters
from django.db.models import Q

from apps.core.scope import ScopedQuerySet
from apps.disclosure.catalogue import ITEM_CHOICES
from apps.disclosure.models import Publication
from apps.disclosure.states import State
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
