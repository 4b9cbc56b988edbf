"""Finding an account."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from apps.accounts.models import Grant, User
from apps.accounts.roles import ROLE_CHOICES


class AccountFilter(filters.FilterSet):
    q = filters.CharFilter(label="姓名或用户名", method="named")
    role = filters.ChoiceFilter(label="角色", choices=ROLE_CHOICES, method="holding", empty_label="全部")
    is_active = filters.ChoiceFilter(
        label="状态", choices=[("true", "启用"), ("false", "停用")], method="in_use", empty_label="全部"
    )

    class Meta:
        model = User
        fields: list[str] = []
        form = forms.Form

    def named(self, accounts: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return accounts.filter(Q(name__icontains=value) | Q(username__icontains=value))

    def holding(self, accounts: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return accounts.filter(pk__in=Grant.objects.filter(role=value).values("user"))

    def in_use(self, accounts: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return accounts.filter(is_active=value == "true")
