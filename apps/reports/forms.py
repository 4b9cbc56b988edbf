"""Asking for a report, and for a new revision of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from apps.core.widgets import MonthInput
from apps.organizations.models import Organization
from apps.reports.filters import MonthChoice


class AskForm(forms.Form):
    organization = forms.ModelChoiceField(
        label="党组织", queryset=Organization.objects.none(), empty_label=None
    )
    month = MonthChoice(label="月份", widget=MonthInput)

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class ReviseForm(forms.Form):
    reason = forms.CharField(
        label="重新生成的原因", max_length=200, help_text="原来的一版留着不动，新的一版里写明原因。"
    )
