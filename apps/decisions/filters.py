"""What to look for among the decisions and projects: one filter set each for the page and the API."""

from __future__ import annotations

import django_filters
from django.db.models import Q

from apps.core.scope import ScopedQuerySet
from apps.decisions.kinds import Kind, State
from apps.decisions.models import FourStepDecision, Project
from apps.decisions.models.projects import Phase, ProjectQuerySet
from apps.organizations.filters import units_of
from apps.organizations.models import Organization


class _InVillages(django_filters.FilterSet):
    """Organization and all below it, words of the title or the village's name."""

    under = django_filters.ModelChoiceFilter(
        label="在哪里", queryset=units_of, method="below", empty_label="全部"
    )
    q = django_filters.CharFilter(label="村、名称", method="with_words")

    def below(self, rows: ScopedQuerySet, name: str, value: Organization) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(village__organization__path__startswith=value.path)
        return found

    def with_words(self, rows: ScopedQuerySet, name: str, value: str) -> ScopedQuerySet:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(village__name__icontains=word))
        return rows


class DecisionFilter(_InVillages):
    """How far it is, whose matter."""

    state = django_filters.ChoiceFilter(label="办到哪一步", choices=State.choices, empty_label="全部")
    kind = django_filters.ChoiceFilter(label="属于", choices=Kind.choices, empty_label="全部事项")

    class Meta:
        model = FourStepDecision
        fields = ["state", "kind", "under", "q"]


class ProjectFilter(_InVillages):
    """How far it is."""

    phase = django_filters.ChoiceFilter(
        label="办到哪一步", choices=Phase.choices, method="at_phase", empty_label="全部"
    )

    class Meta:
        model = Project
        fields = ["phase", "under", "q"]

    def at_phase(self, rows: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        return rows.at(Phase(value))
