"""Forms for the tree, its groups and terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from apps.core.calendar import today, written
from apps.core.widgets import DatalistInput, DateInput
from apps.core.wording import name_blank_choices
from apps.organizations import rules
from apps.organizations.models import Organization, PartyGroup, Term

# More than these a list of suggestions does not hold; then one types.
SUGGESTED = 300
_DETAILS = (
    "kind",
    "sector",
    "founded_on",
    "contact",
    "phone",
    "meeting_place",
    "theme_day",
    "theme_week",
    "theme_weekday",
    "longitude",
    "latitude",
)


class OrganizationField(forms.CharField):
    """An organization as people type it: its code, its name, or a part of the name that only one has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DatalistInput(), **kwargs)
        self.places: QuerySet[Organization] = Organization.objects.none()

    def offer(self, places: QuerySet[Organization]) -> None:
        """Take one of these only, and suggest them."""
        self.places = places
        rows = places.order_by("path").values_list("code", "name")[:SUGGESTED]
        self.widget.suggestions = [f"{code} {name}" for code, name in rows]

    def clean(self, value: Any) -> Organization | None:
        text = super().clean(value).strip()
        return self._found(text) if text else None

    def _found(self, text: str) -> Organization:
        exact = Q(code=text.split(maxsplit=1)[0]) | Q(name=text) | Q(short_name=text)
        found = list(self.places.filter(exact)[:2]) or list(self.places.filter(name__contains=text)[:6])
        if not found:
            raise forms.ValidationError("您的范围里没有这个党组织。请写代码，或从提示中选。")
        if len(found) > 1:
            names = "、".join(row.name for row in found[:5])
            raise forms.ValidationError(f"有好几个都像：{names}。请写全，或写代码。")
        return found[0]


class NewOrganizationForm(forms.ModelForm):
    class Meta:
        model = Organization
        fields = ["code", "name", "short_name", *_DETAILS]
        widgets = {"founded_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_blank_choices(self)
        self.fields["code"].help_text = "按上级的代码往下编，可以改。以后不能再改。"


class DetailsForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Organization
        fields = [*_DETAILS]
        widgets = {"founded_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_blank_choices(self)
        self.initial["version"] = self.instance.version


class ChangeForm(forms.Form):
    """From which day on, and why."""

    on = forms.DateField(label="从哪一天起", widget=DateInput(), help_text="补登记的，写实际的日期。")
    reason = forms.CharField(label="原因", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class RenameForm(ChangeForm):
    name = forms.CharField(label="新名称", max_length=100)
    short_name = forms.CharField(label="新简称", max_length=40, required=False)
    field_order = ["name", "short_name"]


class MoveForm(ChangeForm):
    to = OrganizationField(label="移到哪个党组织下面", help_text="写代码或名称。连同它的下级一起移动。")
    field_order = ["to"]

    def __init__(self, *args: Any, parents: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        if isinstance(to, OrganizationField):
            to.offer(parents)


class GroupForm(forms.ModelForm):
    class Meta:
        model = PartyGroup
        fields = ["name", "since"]
        widgets = {"since": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today()


class RenameGroupForm(forms.Form):
    name = forms.CharField(label="党小组名称", max_length=40)


class CloseGroupForm(forms.Form):
    on = forms.DateField(label="撤销日期", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ["elected_on", "years", "number"]
        widgets = {"elected_on": DateInput()}

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = rules.term_limit(organization.kind, organization.sector, on=today())
        self.fields["years"].initial = limit.value
        self.fields[
            "years"
        ].help_text = f"{limit.title}一般 {limit.value} 年（{limit.source.short} {limit.code}）。"
        self.fields["elected_on"].help_text = "上一届到这一天为止。"


class ExtendForm(forms.Form):
    to = forms.DateField(label="批准延期至", widget=DateInput())
    reason = forms.CharField(label="批准的党组织和原因", max_length=200)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = rules.latest_extension(term.elected_on, term.years, on=today())
        self.fields["to"].help_text = f"最晚 {written(latest)}（ELEC-02）。"
