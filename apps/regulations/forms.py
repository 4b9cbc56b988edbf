"""What a reader may look for, and what a county sets."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.widgets import DateInput
from apps.regulations.rows import Duty, Limit


class SearchForm(forms.Form):
    """A few words; longer ones are cut by the browser and refused here."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "到会、任期、党课"}),
    )


class SettingForm(forms.Form):
    """A county's own number for one row."""

    value = forms.IntegerField(label="本县的数", min_value=0, max_value=9999)
    since = forms.DateField(
        label="从哪天起", widget=DateInput(), help_text="过去的月份、季度按当时的设置判断。"
    )
    reason = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="全县都能看到。"
    )

    def __init__(self, *args: Any, row: Duty | Limit, **options: Any) -> None:
        super().__init__(*args, **options)
        value = self.fields["value"]
        if isinstance(row, Duty):
            value.label = f"{row.subject.label}{row.per.label}至少几次"
            value.help_text = (
                "写 0 就是本县不要求。" if row.is_local else f"全国规定：{row.in_words}，只能更多。"
            )
        else:
            value.label = f"{row.what}{row.comparison.words}多少{row.unit}"
            least, most = row.between or (0, 0)
            value.help_text = f"默认 {row.value}，可以填 {least} 到 {most}。"
        self.fields["since"].initial = today
