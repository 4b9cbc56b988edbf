"""Forms of the committee, its records and reports."""

from __future__ import annotations

from django import forms

from apps.core.calendar import today
from apps.core.widgets import DateInput
from apps.supervision.models import Position, Subject

_LINES = forms.Textarea(attrs={"rows": 3})


class MemberForm(forms.Form):
    """Somebody who was elected to the committee."""

    name = forms.CharField(label="姓名", max_length=32)
    position = forms.ChoiceField(label="职务", choices=Position.choices, initial=Position.MEMBER)
    since = forms.DateField(label="任职日期", widget=DateInput())
    knows_finance = forms.BooleanField(label="懂财会或管理", required=False)
    declared_by = forms.CharField(
        label="作声明的人",
        max_length=32,
        help_text="声明：不是村民委员会成员，也不是他们的近亲属；不管村里的账和文书（按本省规定）。",
    )
    declared_on = forms.DateField(label="声明日期", widget=DateInput(), initial=today)


class LeaveForm(forms.Form):
    on = forms.DateField(label="离任日期", widget=DateInput(), initial=today)


class RecordForm(forms.Form):
    """What was looked at and what was found."""

    subject = forms.ChoiceField(label="监督什么", choices=Subject.choices)
    title = forms.CharField(label="看了什么", max_length=100, help_text="例如：9 月财务收支和凭证。")
    held_on = forms.DateField(label="日期", widget=DateInput(), initial=today)
    names = forms.CharField(label="参加的人", max_length=200)
    findings = forms.CharField(label="发现的情况", widget=_LINES, help_text="没有问题的，写“没有发现问题”。")
    asked = forms.CharField(label="要求整改什么", required=False, widget=_LINES)
    due_on = forms.DateField(label="整改期限", widget=DateInput(), required=False)


class RecordChangeForm(RecordForm):
    version = forms.IntegerField(widget=forms.HiddenInput())


class PutRightForm(forms.Form):
    on = forms.DateField(label="整改日期", widget=DateInput(), initial=today)
    words = forms.CharField(label="整改结果", widget=_LINES)


class ReportForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput())
    words = forms.CharField(
        label="监委会的意见",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="前四部分由系统按记录写好；这里写监委会自己的话：总的看法、问题、下一步。",
    )
