"""Numbers as people read them."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def grouped(number: int | Decimal) -> str:
    """14375 as 14,375."""
    return f"{number:,}"
