"""What to look for among the decisions."""

from __future__ import annotations

import django_filters
from django.db.models import Q

from apps.core.scope import ScopedQuerySet
from apps.decisions.kinds import Kind, State
from apps.decisions.models import FourStepDecision
from apps.organizations.filters import units_of
from apps.organizations.models import Organization


class DecisionFilter(django_filters.FilterSet):
    """How far it is, whose matter, organization and all below it, words."""

    state = django_filters.ChoiceFilter(label="办到哪一步", choices=State.choices, empty_label="全部")
    kind = django_filters.ChoiceFilter(label="属于", choices=Kind.choices, empty_label="全部事项")
    under = django_filters.ModelChoiceFilter(
        label="在哪里", queryset=units_of, method="below", empty_label="全部"
    )
    q = django_filters.CharFilter(label="村、事项", method="with_words")

    class Meta:
        model = FourStepDecision
        fields = ["kind", "under", "q"]

    def below(self, rows: ScopedQuerySet, name: str, value: Organization) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(village__organization__path__startswith=value.path)
        return found

    def with_words(self, rows: ScopedQuerySet, name: str, value: str) -> ScopedQuerySet:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(village__name__icontains=word))
        return rows
