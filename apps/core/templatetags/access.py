"""Whether whoever looks at a page may do something, for parts of pages that are drawn for everybody."""

from __future__ import annotations

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: template.RequestContext, permission: str) -> bool:
    """Whether the signed-in user holds the permission anywhere; also within `{% include ... only %}`."""
    user = context.request.user
    return user.is_authenticated and user.may(permission)
