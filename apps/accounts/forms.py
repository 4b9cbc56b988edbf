"""Forms for signing in, passwords, accounts, grants and keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from apps.accounts.models import User
from apps.accounts.queries import organizations_to_grant, roles_to_grant
from apps.accounts.roles import ROLES
from apps.core.calendar import add_years, today
from apps.core.scope import EVERYWHERE
from apps.core.widgets import DatalistInput, DateInput
from apps.organizations.models import Organization

USERNAME = RegexValidator(
    r"^[A-Za-z0-9._-]{3,64}\Z", "用户名用 3 到 64 个字母、数字、点、横线，不用汉字和空格。"
)

GOOD_ENOUGH = (
    "至少 10 个字符，含小写字母、大写字母、数字、符号中的三种；"
    "不用常见的密码，不像用户名和姓名，不与最近 5 次用过的相同。"
)


class SignInForm(forms.Form):
    username = forms.CharField(
        label="用户名",
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class PasswordForm(forms.Form):
    """The own password; whether the new one is good enough the service says."""

    old = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label="新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=GOOD_ENOUGH,
    )
    again = forms.CharField(
        label="再输一次新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError("现在的密码不对。")
        return old

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError("两次输入的新密码不一样。")
        return again


class GrantForm(forms.Form):
    """A role and where it holds; only what `by` may give."""

    role = forms.ChoiceField(label="角色")
    organization = forms.CharField(
        label="范围", required=False, help_text="写党组织代码，或从提示中选。授权对它和它的下级都有效。"
    )

    def __init__(self, *args: Any, by: User, with_clients: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.places = organizations_to_grant(by)
        everywhere = by.may("accounts.manage", EVERYWHERE)
        self.fields["organization"].required = not everywhere
        if everywhere:
            self.fields["organization"].help_text += "不填就是本系统的全部党组织。"
        offered = {role.code: role for _, root in by.granted for role in roles_to_grant(by, root)}
        roles: Any = self.fields["role"]
        may_give = [
            (role.code, role.title)
            for role in ROLES.values()
            if role.code in offered and (with_clients or role.code != "api_client")
        ]
        roles.choices = [("", "请选择"), *may_give]
        self.fields["organization"].widget = DatalistInput(
            [f"{code} {name}" for code, name in self.places.values_list("code", "name")]
        )

    def clean_organization(self) -> Organization | None:
        text: str = self.cleaned_data["organization"].strip()
        if not text:
            return None
        place = (
            self.places.filter(code=text.split(maxsplit=1)[0]).first()
            or self.places.filter(name=text).first()
        )
        if place is None:
            raise forms.ValidationError("您的范围里没有这个党组织。请写代码，或从提示中选。")
        return place


class AccountForm(GrantForm):
    """A new account with its first role."""

    username = forms.CharField(
        label="用户名", validators=[USERNAME], help_text="一人一号，不共用。例如 hekou.liuyang。"
    )
    name = forms.CharField(label="姓名", max_length=64, help_text="接口客户端写系统的名字。")
    field_order = ["username", "name", "role", "organization"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_clients=True, **kwargs)


class TokenForm(forms.Form):
    label = forms.CharField(label="用途", max_length=64, help_text="谁拿着这把密钥，做什么用。")
    expires_on = forms.DateField(label="有效期至", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = add_years(today(), 1)
