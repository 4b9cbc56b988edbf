"""The page 制度依据: what the system judges by, where it is written, and what the county has set itself.

For everybody who is signed in; only the county's office sets anything.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out
from apps.regulations import queries, services, settings
from apps.regulations.counties import County, counties_for
from apps.regulations.forms import SearchForm, SettingForm
from apps.regulations.settings import NOTHING_SET, CountySettings, SettableRow
from apps.regulations.table import Mark


def _county(request: SignedInRequest) -> County | None:
    """The county that the address names, else the reader's first; None before there is any."""
    counties = counties_for(request.user)
    named = request.GET.get("county", "")
    found = next((county for county in counties if county.code == named), None)
    if named and found is None:
        raise Http404
    return found or (counties[0] if counties else None)


def _settings(county: County | None) -> CountySettings:
    return settings.settings_of(county.path) if county else NOTHING_SET


@require_safe
def regulation_list(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    county = _county(request)
    own = settings.own_words(_settings(county), on=today())
    found = queries.chapters(text, on=today(), own=own)
    context = {
        "form": form,
        "chapters": found,
        "county": county,
        "count": sum(len(chapter.rows) for chapter in found),
        "total": queries.count_in_force(today()),
        "clear": reverse("regulations:list") if text else "",
        "marks": list(Mark),
    }
    return render(request, "regulations/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def regulation_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """All rows of a code, and what the county set for them: since when, why, and who."""
    page = queries.code_page(code, on=today())
    if page is None:
        raise Http404
    county = _county(request)
    rows = settings.settable_rows(_settings(county), on=today())
    context = {
        "page": page,
        "county": county,
        "own": [each for each in rows if each.row.code == code],
        "may_set": county is not None and request.user.may(services.SET, county.path),
        "trail": [("制度依据", reverse("regulations:list")), (code, "")],
    }
    return render(request, "regulations/detail.html", context)


@require_safe
def settings_list(request: SignedInRequest) -> HttpResponse:
    """Everything that a county may set, with what it has set."""
    county = _county(request)
    context = {
        "county": county,
        "others": [each for each in counties_for(request.user) if each != county],
        "rows": settings.settable_rows(_settings(county), on=today()),
        "may_set": county is not None and request.user.may(services.SET, county.path),
        "trail": [("制度依据", reverse("regulations:list")), ("本县设置", "")],
    }
    return render(request, "regulations/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings_change(request: SignedInRequest, code: str, part: str = "") -> HttpResponse:
    """Set a county's own number for one row."""
    county = _county(request)
    if county is None:
        raise Http404
    demand(request.user, services.SET, county.path)
    found = settings.settable_row(f"{code}/{part}" if part else code, _settings(county), on=today())
    if found is None:
        raise Http404
    form = SettingForm(request.POST or None, row=found.row)
    if request.method == "POST" and carried_out(form, lambda: _set(form, found, county, request)):
        messages.success(request, f"{found.row.title}已按本县的数设好。")
        return redirect(_list_address(county))
    return _form_page(request, form, found, county)


def _set(form: SettingForm, found: SettableRow, county: County, request: SignedInRequest) -> object:
    return services.set_number(found.row, county=county.path, **form.cleaned_data, by=request.user)


def _form_page(
    request: SignedInRequest, form: SettingForm, found: SettableRow, county: County
) -> HttpResponse:
    back = _list_address(county)
    context = {
        "form": form,
        "found": found,
        "county": county,
        "back": back,
        "trail": [("制度依据", reverse("regulations:list")), ("本县设置", back), (found.row.title, "")],
    }
    status = 422 if form.is_bound else 200
    return render(request, "regulations/settings_change.html", context, status=status)


def _list_address(county: County) -> str:
    return f"{reverse('regulations:settings')}?county={county.code}"
