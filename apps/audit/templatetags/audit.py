"""The link from a row's page to its history."""

from __future__ import annotations

from functools import reduce
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def history_link(context: template.Context, row: Any) -> SafeString | str:
    """操作记录, for whoever audits the organization to which the row belongs; else nothing."""
    path: str = reduce(getattr, row.scope_lookup.split("__"), row)
    if not context["request"].user.may("audit.view", path):
        return ""
    return format_html(
        '<a class="small" href="{}">操作记录</a>',
        reverse("audit:object", args=[row._meta.label_lower, row.pk]),
    )
