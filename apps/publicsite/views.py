"""The pages that everybody may read; a page is the same for everybody, so that caches may keep it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.core.calendar import today, written
from apps.disclosure.board import rule_for
from apps.disclosure.chain import holds, short
from apps.disclosure.prose import blocks_of
from apps.publicsite import asking, comparing, deciding, files, listing, queries, searching, sheets, tables
from apps.publicsite.serving import public, timeless
from apps.regulations.table import limit

if TYPE_CHECKING:
    from apps.disclosure.due import Due
    from apps.disclosure.models import Published

OK, UNAVAILABLE = 200, 503
RESULTS = 50
SHOWN_LINES = 5
SHOWN_OVERDUE = 5
RECENT = 10
ASKED = 3
NOTHING_YET = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # the law asks from that day on
LONGEST = 100  # characters of what somebody looks for


def _page(template: str, context: dict[str, Any]) -> HttpResponse:
    """Drawn without the request, so that nothing of a visitor can get into it."""
    return HttpResponse(render_to_string(f"publicsite/{template}.html", context))


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()


@public
def index(request: HttpRequest) -> HttpResponse:
    towns = queries.townships(today())
    everywhere = [village for town in towns for village, _ in town.villages]
    return _page("index", {"towns": towns, "county": queries.county_of(everywhere), "text": ""})


@timeless
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who runs it, what happens to personal information (PRIV-03), how to read it."""
    county = queries.county_of(queries.villages()[:1])
    return _page("about", {"county": county, "notes": settings.PARTYBUILD_PUBLIC_FOOT})


@timeless
def villages(request: HttpRequest) -> HttpResponse:
    """Every village by letter, with its years: how to find one without searching."""
    county = queries.county_of(queries.villages()[:1])
    return _page("villages", {"letters": listing.by_letter(), "county": county})


@timeless
def search(request: HttpRequest) -> HttpResponse:
    """Villages by their names, and publications by their titles."""
    text = _words(request)
    county = queries.county_of(queries.villages()[:1])
    places = searching.villages_found(text, limit=RESULTS) if text else []
    return _results("search", text, county=county, places=places)


def _results(template: str, text: str, *, code: str = "", **context: Any) -> HttpResponse:
    """What was found, or that it took too long; then nobody keeps the answer."""
    found, gave_up = [], False
    try:
        found = searching.publications_found(text, code=code, limit=RESULTS) if text else []
    except searching.TookTooLong:
        gave_up = True
    told = {"text": text, "results": found, "limit": RESULTS, "gave_up": gave_up}
    answer = _page(template, {**context, **told})
    answer.status_code = UNAVAILABLE if gave_up else OK
    return answer


@public
def village(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.village_named(code)
    statement = queries.latest_statement(found)
    lines = _lines_of(statement) if statement else []
    groups = queries.items_of(found, today())
    context = {
        "village": found,
        "township": queries.township_name(found),
        "county": queries.county_of([found]),
        "groups": groups,
        "overdue": _overdue(groups),
        "shown_overdue": SHOWN_OVERDUE,
        "statement": statement,
        "sums": tables.sums_of(statement) if statement else None,
        "lines": lines[:SHOWN_LINES],
        "count": len(lines),
        "recent": queries.latest_of_village(found, most=RECENT),
        "own_groups": queries.groups_of(found),
        "asked": asking.opinions_of(found, most=ASKED),
        "decided": deciding.decisions_of(found, most=ASKED),
        "supervisors": deciding.supervisors_of(found),
        "years": listing.years_in(code)[::-1],
    }
    return _page("village", context)


def _overdue(groups: list[tuple[str, list[Due]]]) -> list[Due]:
    """What is overdue for longest first."""
    overdue = (due for _, dues in groups for due in dues if due.is_overdue)
    return sorted(overdue, key=lambda due: due.days)


def _lines_of(statement: Published) -> list[comparing.Line]:
    """Its lines with what is known of each."""
    asked = asking.by_line(statement, asking.asked_about([statement]))
    lines = comparing.lines_of(statement, comparing.earlier_of(statement, queries.kin_of(statement)))
    return comparing.noted(lines, files.receipts_of(statement), asked)


@public
def catalogue(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.village_named(code)
    version, groups = queries.catalogue_of(found, today())
    named = f"{version.year}年第 {version.number} 版，{written(version.since)}起。" if version else ""
    context = {
        "village": found,
        "township": queries.township_name(found),
        "named": named,
        "groups": groups,
        "days": int(limit("VAD-05", on=today()).value),
    }
    return _page("catalogue", context)


@timeless
def search_village(request: HttpRequest, code: str) -> HttpResponse:
    """Inside one village the contents are searched too."""
    found = queries.village_named(code)
    return _results("search_village", _words(request), code=code, village=found)


@timeless
def group(request: HttpRequest, code: str, group: int) -> HttpResponse:
    """What a villagers' group published (VAD-09)."""
    found = queries.village_named(code)
    rows = queries.publications_of_group(found, group)
    return _page("group", {"village": found, "group": rows[0].group, "rows": rows})


@timeless
def archive(request: HttpRequest, code: str, year: int) -> HttpResponse:
    found = queries.village_named(code)
    rows = queries.publications_in(found, year)
    return _page("archive", {"village": found, "year": year, "rows": rows})


@timeless
def publication(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = queries.publication_named(code, number)
    kin = queries.kin_of(found)
    versions = queries.versions_in(kin, found)
    asked = asking.asked_about(versions)
    earlier = comparing.earlier_of(found, kin)
    questions = asking.by_line(found, asked)
    notes = files.receipts_of(found), questions
    table = tables.table_of(found, earlier.contents)
    context = {
        "publication": found,
        "asked": asked,
        "how": asking.how_to_ask(found.village),
        "has_lines": tables.has_lines(found),
        "village": found.village,
        "township": queries.township_name(found.village),
        "content": found.content or {},
        "history": tables.history_of(found),
        "sums": tables.sums_of(found),
        "lines": comparing.noted(comparing.lines_of(found, earlier), *notes),
        "table": table.noted(*notes) if table else None,
        "remarks": earlier.remarks,
        "versions": versions,
        "postings": queries.postings_of(found),
        "short": short(found.checksum),
        "holds": found.content is None or holds(found.content, found.previous_checksum, found.checksum),
        "blocks": blocks_of((found.content or {}).get("body", ""), questions),
        "files": files.papers_of(found),
    }
    return _page("publication", context)


@timeless
def file(request: HttpRequest, code: str, number: int, name: str) -> HttpResponse:
    """A file of a publication, as it was frozen."""
    answer = files.file_answer(queries.publication_named(code, number), name)
    if answer is None:
        raise Http404
    return answer


@timeless
def opinions(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.village_named(code)
    context = {
        "village": found,
        "township": queries.township_name(found),
        "asked": asking.opinions_of(found),
        "how": asking.how_to_ask(found),
        "most": asking.MOST,
    }
    return _page("opinions", context)


@timeless
def decisions(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.village_named(code)
    context = {
        "village": found,
        "township": queries.township_name(found),
        "decided": deciding.decisions_of(found),
        "most": deciding.MOST,
    }
    return _page("decisions", context)


@timeless
def decision(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = deciding.decision_named(code, number)
    context = {
        "village": found.village,
        "township": queries.township_name(found.village),
        "decision": found,
        "steps": deciding.steps_of(found),
    }
    return _page("decision", context)


@timeless
def printed(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sheet for the notice board; whoever scans it comes to the publication's page."""
    found = queries.publication_named(code, number)
    if found.content is None:
        raise Http404
    address = settings.PARTYBUILD_PUBLIC_SITE + reverse("public:publication", args=[code, number])
    context = {
        "publication": found,
        "village": found.village,
        "content": found.content,
        "blocks": blocks_of(found.content.get("body", "")),
        "grid": sheets.grid_of(found),
        "deeds": tables.deeds_of(found),
        "address": address,
        "qr": sheets.qr_of(address),
        "short": short(found.checksum),
        "rule": rule_for(timezone.localdate(found.published_at)),
    }
    return _page("print", context)


@timeless
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the whole chain holds, and its last part."""
    found = queries.village_named(code)
    parts = queries.parts_of(found)
    context = {
        "village": found,
        "breaks": queries.breaks_of(found),
        "rows": queries.part_of(found, parts),
        "earlier": range(1, parts),
    }
    return _page("verify", context)


@timeless
def chain_part(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """The checksums of an earlier part of the chain; what it has never changes once it is full."""
    found = queries.village_named(code)
    rows = queries.part_of(found, part)
    if not rows:
        raise Http404
    return _page("chain_part", {"village": found, "part": part, "rows": rows})


@timeless
def as_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The frozen content byte for byte as its checksum was taken."""
    found = queries.publication_named(code, number)
    if found.content is None:
        raise Http404
    return HttpResponse(tables.as_json(found), content_type="application/json")


@timeless
def as_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = queries.publication_named(code, number)
    if not tables.has_lines(found):
        raise Http404
    answer = HttpResponse(tables.as_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = str(content_disposition_header(True, f"{found.village}{found.title}.csv"))
    return answer


@timeless
def feed(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.village_named(code)
    rows = queries.latest_told(found, most=RESULTS)
    updated = max((row.told_at for row in rows), default=NOTHING_YET)
    context = {"village": found, "rows": rows, "updated": updated, "base": settings.PARTYBUILD_PUBLIC_SITE}
    text = render_to_string("publicsite/feed.xml", context)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The bare address of the public site."""
    return HttpResponsePermanentRedirect(reverse("public:index"))
