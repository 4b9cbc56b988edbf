"""Forms of a village's record and of its groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from apps.core.widgets import DateInput
from apps.organizations.models import Organization, Village, VillagersGroup


class VillageForm(forms.ModelForm[Village]):
    """The record of a village; the version tells whether somebody else changed it meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    class Meta:
        model = Village
        fields = ["name", "economic_body", "chairman", "population", "households", "finance_monthly", "since"]
        widgets = {"since": DateInput()}


class NewVillageForm(forms.ModelForm[Village]):
    organization = forms.ModelChoiceField(Organization.objects.none(), label="村党组织")

    field_order = ["organization"]

    class Meta:
        model = Village
        fields = VillageForm.Meta.fields
        widgets = VillageForm.Meta.widgets

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class NewGroupForm(forms.ModelForm[VillagersGroup]):
    class Meta:
        model = VillagersGroup
        fields = ["name", "economic_body", "chairman", "households"]


class GroupForm(forms.ModelForm[VillagersGroup]):
    """A group's record; with the day on which it was merged or dissolved it ends."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    class Meta:
        model = VillagersGroup
        fields = [*NewGroupForm.Meta.fields, "ended_on"]
        widgets = {"ended_on": DateInput()}
