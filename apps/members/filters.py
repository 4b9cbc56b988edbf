"""Finding members: the same conditions for the page and the API."""

from __future__ import annotations

import django_filters as filters
from django import forms

from apps.members import queries
from apps.members.models import Member, MemberQuerySet
from apps.members.vocabulary import CURRENT, Category, Sex, Status
from apps.organizations.filters import units_of
from apps.organizations.models import Organization

YES_NO = [("yes", "是"), ("no", "否")]


class MemberFilter(filters.FilterSet):
    q = filters.CharFilter(label="姓名、拼音、号码", method="searched")
    under = filters.ModelChoiceFilter(
        label="党组织", field_name="branch", queryset=units_of, method="within", empty_label="全部"
    )
    category = filters.ChoiceFilter(label="人员类别", choices=Category.choices, empty_label="全部")
    sex = filters.ChoiceFilter(label="性别", choices=Sex.choices, empty_label="全部")
    status = filters.ChoiceFilter(
        label="党籍状态", choices=[*Status.choices, ("all", "全部")], method="in_state", empty_label="在册"
    )
    mobile = filters.ChoiceFilter(
        label="流动", field_name="is_mobile", choices=YES_NO, method="marked", empty_label="全部"
    )
    out_of_contact = filters.ChoiceFilter(
        label="失联", field_name="is_out_of_contact", choices=YES_NO, method="marked", empty_label="全部"
    )
    order = filters.OrderingFilter(
        fields=[("pinyin", "name"), ("joined_on", "joined"), ("full_on", "full"), ("born_on", "born")],
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Member
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: MemberQuerySet) -> MemberQuerySet:
        """Who left is shown only to those who ask for them."""
        rows: MemberQuerySet = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("status") else rows.filter(status__in=CURRENT)

    def searched(self, rows: MemberQuerySet, _name: str, text: str) -> MemberQuerySet:
        return queries.search(rows, text)

    def within(self, rows: MemberQuerySet, _name: str, top: Organization) -> MemberQuerySet:
        return rows.filter(branch__path__startswith=top.path)

    def in_state(self, rows: MemberQuerySet, _name: str, status: str) -> MemberQuerySet:
        return rows if status == "all" else rows.filter(status=status)

    def marked(self, rows: MemberQuerySet, name: str, answer: str) -> MemberQuerySet:
        return rows.filter(**{name: answer == "yes"})

    @property
    def is_asked(self) -> bool:
        """Whether any condition was chosen."""
        return any(self.data.get(name) for name in self.filters if name != "order")
