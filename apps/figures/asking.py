"""Which organization a page is about, as its address says."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from apps.core.access import SignedInRequest
from apps.figures import queries
from apps.organizations.models import Organization


def organization_asked_for(request: SignedInRequest) -> Organization:
    """The organization in the address, else the reader's own top; outside the scope there is none."""
    named = request.GET.get("organization", "")
    visible = queries.organizations_with_figures(request.user)
    if not named:
        tops = queries.tops_for(request.user)
        if not tops:
            raise Http404  # nothing is imported yet
        return tops[0]
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        raise Http404
    found: Organization = get_object_or_404(visible, pk=int(named))
    return found
