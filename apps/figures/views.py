"""The figures of an organization, and the list behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.periods import Month
from apps.figures import queries
from apps.figures.asking import organization_asked_for
from apps.figures.forms import AskForm
from apps.figures.registry import figure
from apps.figures.values import MISSING, Figure, Reading

if TYPE_CHECKING:
    from apps.organizations.models import Organization

ROWS = 50
Tab = tuple[str, str, bool]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; without a word, the reader's own top and this month."""

    organization: Organization
    month: Month
    form: AskForm

    @property
    def is_sound(self) -> bool:
        return self.form.is_valid()

    def address(self, figure: Figure, state: str) -> str:
        query = {"organization": self.organization.pk, "period": str(self.month), "state": state}
        return f"{reverse('figures:detail', args=[figure.code])}?{urlencode(query)}"


def _asked(request: SignedInRequest) -> Asked:
    """Outside the scope there is no such organization; a month that is none becomes this one, and is said."""
    demand(request.user, queries.VIEW)
    organization = organization_asked_for(request)
    given = {
        "organization": str(organization.pk),
        "period": request.GET.get("period") or str(Month.of(today())),
    }
    form = AskForm(given, offered=queries.organizations_offered(request.user, organization))
    month = form.cleaned_data["period"] if form.is_valid() else Month.of(today())
    return Asked(organization, month, form)


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """All figures of the organization, in total and by the next level down."""
    asked = _asked(request)
    table = queries.measure(queries.census_of(asked.organization.pk, asked.month))
    context = {
        "asked": asked,
        "table": table,
        "rows": [(unit, readings) for unit, readings in table.rows() if unit != table.unit],
        "tiles": [_tile(reading, asked) for reading in table.readings()],
    }
    return render(request, "figures/index.html", context, status=200 if asked.is_sound else 422)


def _tile(reading: Reading, asked: Asked) -> dict[str, object]:
    found, value = reading.figure, reading.value()
    return {
        "title": found.title,
        "value": value,
        "unit": found.unit,
        "href": asked.address(found, found.ways[0].numerator[0]),
        # Who was absent is no arrears: attendance is only counted.
        "missing": value.missing if MISSING in found.part_codes else 0,
        "missing_href": asked.address(found, found.default_state),
    }


@require_safe
def detail(request: SignedInRequest, code: str) -> HttpResponse:
    """One figure and the entries of one of its parts."""
    found, asked = figure(code), _asked(request)
    if found is None:
        raise Http404
    if found.sees_members:
        demand(request.user, queries.MEMBERS, asked.organization.path)
    state = request.GET.get("state") or found.default_state
    if state not in found.part_codes:
        raise Http404
    return _detail(request, found, asked, state)


def _detail(request: SignedInRequest, found: Figure, asked: Asked, state: str) -> HttpResponse:
    census = queries.census_of(asked.organization.pk, asked.month)
    (reading,) = queries.measure(census, [found]).readings()
    listing = queries.listing(census, found, [state])
    context = {
        "asked": asked,
        "reading": reading,
        "ways": [
            (way.title, reading.value(number), way.unit or found.unit)
            for number, way in enumerate(found.ways)
        ],
        "tabs": _tabs(reading, asked, state),
        "page": Paginator(listing.entries, ROWS).get_page(request.GET.get("page")),
        "has_counts": any(entry.count != 1 for entry in listing.entries),
        "has_labels": any(entry.label for entry in listing.entries),
        "total": listing.count,
        "trail": [
            ("指标", f"{reverse('figures:index')}?organization={asked.organization.pk}"),
            (found.title, ""),
        ],
    }
    return render(request, "figures/detail.html", context, status=200 if asked.is_sound else 422)


def _tabs(reading: Reading, asked: Asked, state: str) -> list[Tab]:
    """One tab for each part, with its count."""
    return [
        (
            f"{part.title} {reading.count(part.code)}",
            asked.address(reading.figure, part.code),
            part.code == state,
        )
        for part in reading.figure.parts
    ]
