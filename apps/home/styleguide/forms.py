"""Forms that show the fields; nothing that is sent to them is kept."""

from __future__ import annotations

from django import forms

from apps.core.widgets import Chips, ChoiceChips, DateInput, MonthInput, TimeInput

KINDS = [
    ("theme_day", "主题党日"),
    ("lesson", "党课"),
    ("general_meeting", "支部党员大会"),
    ("committee_meeting", "支委会"),
    ("group_meeting", "党小组会"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=30, help_text="照身份证上的写，最多 30 个字。")
    branch = forms.ChoiceField(label="所在党支部", choices=[("", "请选择"), ("1", "河口镇东湾村党支部")])
    joined_on = forms.DateField(label="入党日期", widget=DateInput())
    month = forms.CharField(label="月份", widget=MonthInput(), required=False)
    at = forms.TimeField(label="时间", widget=TimeInput(), required=False)
    kinds = forms.MultipleChoiceField(label="这次是（可多选）", choices=KINDS, widget=Chips())
    sex = forms.ChoiceField(label="性别", choices=[("male", "男"), ("female", "女")], widget=ChoiceChips())
    minutes = forms.CharField(
        label="记录", widget=forms.Textarea(), required=False, help_text="可用手机语音输入。"
    )
    roster = forms.FileField(label="花名册", required=False, help_text="Excel 或 WPS 表格，20 MB 以内。")
    agreed = forms.BooleanField(label="我已经核对过上面的内容")


class SampleFilter(forms.Form):
    """A filter bar as lists have it."""

    q = forms.CharField(label="姓名、拼音", required=False)
    category = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "全部"), ("full", "正式党员"), ("probationary", "预备党员")],
    )
    branch = forms.ChoiceField(
        label="党支部", required=False, choices=[("", "全部"), ("1", "河口镇东湾村党支部")]
    )
