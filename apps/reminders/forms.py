"""Settings of reminders."""

from __future__ import annotations

from django import forms

from apps.core.widgets import ChoiceChips
from apps.reminders.states import Rhythm, RobotKind

QUIET = "晚上九点到早上八点、周末不发；没有要办的事不发。"


class OwnForm(forms.Form):
    rhythm = forms.ChoiceField(
        label="多久提醒一次", choices=Rhythm.choices, widget=ChoiceChips(), help_text=QUIET
    )
    email = forms.EmailField(
        label="邮箱", required=False, max_length=200, help_text="不填就不发邮件，只在首页提醒。"
    )


class RobotForm(forms.Form):
    kind = forms.ChoiceField(label="哪种机器人", choices=RobotKind.choices, widget=ChoiceChips())
    webhook = forms.CharField(
        label="机器人地址",
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="在群里添加机器人以后，整条复制 Webhook 地址。保存以后不再显示；不换就留空。",
    )
    secret = forms.CharField(
        label="加签密钥",
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="钉钉机器人选了“加签”才要填，以 SEC 开头。",
    )
    rhythm = forms.ChoiceField(
        label="多久提醒一次", choices=Rhythm.choices, widget=ChoiceChips(), help_text=QUIET
    )
