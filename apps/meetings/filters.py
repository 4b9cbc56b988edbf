"""What to look for among the records: one filter set for the list page and the API."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q

from apps.core.calendar import today
from apps.core.periods import Month, Period, Quarter, Year, parse_period
from apps.meetings.kinds import KIND_CHOICES
from apps.meetings.models import Meeting, MeetingQuerySet, Remark, State
from apps.meetings.queries import held_in
from apps.organizations.filters import units_of
from apps.organizations.models import Organization

REMARKED = [("open", "有说明没答复"), ("any", "有说明的")]
MONTHS_OFFERED = 12
QUARTERS_OFFERED = 4
COUNTED = [("yes", "计入的"), ("no", "没有计入的")]


class Offered(forms.Select):
    """A list of the likely values that shows any other value of the address as well."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        known = {str(code) for code, _ in self.choices}
        more = [(one, one) for one in value if one and one not in known]
        self.choices = [*self.choices, *more]
        return super().optgroups(name, value, attrs)


class PeriodField(forms.CharField):
    """A month, quarter or year in the words of an address: "2026-10", "2026-Q4", "2026"."""

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        try:
            return parse_period(said) if said else None
        except ValueError as error:
            raise forms.ValidationError("请选一个月、季度或年份。") from error


class PeriodFilter(django_filters.Filter):
    field_class = PeriodField


class MeetingFilter(django_filters.FilterSet):
    """Period, kind, organization and all below it, state, words."""

    period = PeriodFilter(label="时间", method="in_period", widget=Offered())
    kind = django_filters.ChoiceFilter(
        label="类型", choices=KIND_CHOICES, method="of_kind", empty_label="全部类型"
    )
    under = django_filters.ModelChoiceFilter(
        label="在哪里", queryset=units_of, method="below", empty_label="全部"
    )
    state = django_filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部状态")
    counted = django_filters.ChoiceFilter(
        label="计入", choices=COUNTED, method="that_counts", empty_label="全部"
    )
    remarks = django_filters.ChoiceFilter(
        label="说明", choices=REMARKED, method="with_remarks", empty_label="全部"
    )
    q = django_filters.CharFilter(label="主题、支部", method="with_words")

    class Meta:
        model = Meeting
        fields = ["period", "kind", "under", "state", "counted", "remarks", "q"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.form.fields["period"].widget.choices = [("", "全部时间"), *periods_offered()]

    def in_period(self, rows: MeetingQuerySet, name: str, value: Any) -> MeetingQuerySet:
        return rows.filter(held_in(value)) if value else rows

    def of_kind(self, rows: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        return rows.filter(kinds__contains=[value])

    def below(self, rows: MeetingQuerySet, name: str, value: Organization) -> MeetingQuerySet:
        return rows.filter(organization__path__startswith=value.path)

    def that_counts(self, rows: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        kind = self.form.cleaned_data.get("kind")
        counts = Q(state=State.SUBMITTED, counted_kinds__contains=[kind] if kind else [])
        counts &= Q(counted_kinds__len__gte=1)
        return rows.filter(counts) if value == "yes" else rows.exclude(counts)

    def with_remarks(self, rows: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        said = Remark.objects.filter(meeting=OuterRef("pk"))
        return rows.filter(Exists(said.filter(closed_at=None) if value == "open" else said))

    def with_words(self, rows: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        return rows.filter(
            Q(topic__contains=value)
            | Q(organization__name__contains=value)
            | Q(organization__short_name__contains=value)
        )


def periods_offered() -> list[tuple[str, str]]:
    """The last twelve months, the last four quarters, this and the last year."""
    months = [Month.of(today())]
    while len(months) < MONTHS_OFFERED:
        months.append(months[-1].previous())
    quarters = list(dict.fromkeys(Quarter.of(month.first) for month in months))[:QUARTERS_OFFERED]
    year = Year.of(today())
    periods: list[Period] = [*months, *quarters, year, year.previous()]
    return [(str(period), period.label) for period in periods]
