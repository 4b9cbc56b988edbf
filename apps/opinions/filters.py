"""What to look for among the opinions."""

from __future__ import annotations

import django_filters

from apps.core.calendar import today
from apps.core.scope import ScopedQuerySet
from apps.opinions.models import Opinion
from apps.opinions.states import WAITING, Category, State
from apps.organizations.filters import units_of
from apps.organizations.models import Organization


class OpinionFilter(django_filters.FilterSet):
    """State, category, organization and all below it, late or not."""

    state = django_filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部状态")
    category = django_filters.ChoiceFilter(label="类别", choices=Category.choices, empty_label="全部类别")
    under = django_filters.ModelChoiceFilter(
        label="在哪里", queryset=units_of, method="below", empty_label="全部"
    )
    late = django_filters.ChoiceFilter(
        label="期限", choices=[("yes", "逾期的")], method="overdue", empty_label="全部"
    )

    class Meta:
        model = Opinion
        fields = ["state", "category", "under", "late"]

    def below(self, rows: ScopedQuerySet, name: str, value: Organization) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(village__organization__path__startswith=value.path)
        return found

    def overdue(self, rows: ScopedQuerySet, name: str, value: str) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(state__in=WAITING, due_on__lt=today())
        return found
