"""The page behind the link of an evaluation: no sign-in, no script, no cookie, nobody's address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.core.posting import carried_out
from apps.lessons import queries, services
from apps.lessons.forms import AnswerForm
from apps.lessons.rules import FEWEST_SHOWN


@never_cache
@csrf_exempt  # there is no session that a foreign page could use, and the token would need a cookie
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Say what one thought of the lesson; the page tells its topic, branch and day and nothing else."""
    evaluation = queries.evaluation_by(token)
    if evaluation is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    done = carried_out(form, lambda: services.take_answer(evaluation, form.said))
    context = {
        "lesson": evaluation.meeting,
        "closes_on": evaluation.closes_on,
        "is_open": queries.is_open(evaluation),
        "form": form,
        "done": done,
        "fewest": FEWEST_SHOWN,
    }
    page = render(request, "lessons/answer.html", context, status=422 if form.is_bound and not done else 200)
    page["Referrer-Policy"] = "no-referrer"
    page["X-Robots-Tag"] = "noindex"
    return page
