"""What to look for among the committees' members, records, reports and opinions."""

from __future__ import annotations

import django_filters

from apps.core.scope import ScopedQuerySet
from apps.disclosure.models import Deed
from apps.organizations.filters import units_of
from apps.organizations.models import Organization
from apps.supervision.models import CommitteeMember, Subject, SupervisionRecord, SupervisionReport
from apps.supervision.queries import OPINION_CHOICES

YES = [("yes", "是")]


class _InVillages(django_filters.FilterSet):
    """Organization and all below it."""

    under = django_filters.ModelChoiceFilter(label="在哪里", queryset=units_of, method="below")

    def below(self, rows: ScopedQuerySet, name: str, value: Organization) -> ScopedQuerySet:
        path = {f"{rows.model.scope_lookup}__startswith": value.path}
        found: ScopedQuerySet = rows.filter(**path)
        return found


class MemberFilter(_InVillages):
    current = django_filters.ChoiceFilter(label="只看现任的", choices=YES, method="sitting")

    class Meta:
        model = CommitteeMember
        fields = ("position",)

    def sitting(self, rows: ScopedQuerySet, name: str, value: str) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.filter(until=None)
        return found


class RecordFilter(_InVillages):
    subject = django_filters.ChoiceFilter(label="监督什么", choices=Subject.choices)
    open = django_filters.ChoiceFilter(label="只看等着整改的", choices=YES, method="waiting")
    since = django_filters.DateFilter(label="日期，不早于", field_name="held_on", lookup_expr="gte")
    until = django_filters.DateFilter(label="日期，不晚于", field_name="held_on", lookup_expr="lte")

    class Meta:
        model = SupervisionRecord
        fields: tuple[str, ...] = ()

    def waiting(self, rows: ScopedQuerySet, name: str, value: str) -> ScopedQuerySet:
        found: ScopedQuerySet = rows.exclude(asked="").filter(put_right_on=None)
        return found


class ReportFilter(_InVillages):
    class Meta:
        model = SupervisionReport
        fields = ("first_on",)


class OpinionFilter(_InVillages):
    action = django_filters.ChoiceFilter(label="同意还是异议", choices=OPINION_CHOICES)
    since = django_filters.DateFilter(label="日期，不早于", field_name="on", lookup_expr="gte")
    until = django_filters.DateFilter(label="日期，不晚于", field_name="on", lookup_expr="lte")

    class Meta:
        model = Deed
        fields: tuple[str, ...] = ()
