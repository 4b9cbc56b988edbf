"""One's own settings, the robots of group chats, and the log of what went out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.posting import carried_out
from apps.reminders import queries, services
from apps.reminders.forms import OwnForm, RobotForm
from apps.reminders.states import Rhythm, RobotKind
from apps.reminders.tasks import deliver

if TYPE_CHECKING:
    from apps.organizations.models import Organization

ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("email")
def own(request: SignedInRequest) -> HttpResponse:
    """How the person is reminded, and what the next digest would say."""
    preference = queries.preference_of(request.user)
    initial = {
        "rhythm": preference.rhythm,
        "email": preference.email.reveal() if preference.email else "",
    }
    form = OwnForm(request.POST or None, initial=initial)
    if request.method == "POST" and carried_out(
        form, lambda: services.set_own(**form.cleaned_data, by=request.user)
    ):
        messages.success(request, "已保存。")
        return redirect("reminders:own")
    may_set_up = request.user.may(queries.SET_UP)
    context = {
        "form": form,
        "by_mail": settings.PARTYBUILD_MAIL,
        "digest": queries.digest_for(request.user, queries.places_of(request.user), on=today()),
        "may_set_up": may_set_up,
        "robots": queries.robots_for(request.user) if may_set_up else [],
        "without": queries.places_without_robot(request.user) if may_set_up else [],
    }
    return render(request, "reminders/own.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("webhook", "secret")
def robot(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _organization(request, pk)
    known = queries.robot_of(organization)
    initial = {
        "kind": known.kind if known else RobotKind.WECOM,
        "rhythm": known.rhythm if known else Rhythm.WEEKLY,
    }
    form = RobotForm(request.POST or None, initial=initial)
    if request.method == "POST" and carried_out(
        form, lambda: services.set_robot(organization, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, "已保存。可以试发一条看看。")
        return redirect("reminders:robot", pk)
    context = {
        "organization": organization,
        "form": form,
        "is_set": known is not None and known.webhook is not None,
        "last": known.deliveries.all()[:5] if known else [],
        "trail": [("提醒", reverse("reminders:own")), (f"{organization}的群机器人", "")],
    }
    return render(request, "reminders/robot.html", context, status=422 if form.errors else 200)


def _organization(request: SignedInRequest, pk: int) -> Organization:
    try:
        return queries.organization_for(request.user, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_POST
def try_robot(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _organization(request, pk)
    try:
        delivery = services.try_robot(organization, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        transaction.on_commit(lambda: deliver.delay(delivery.pk))
        messages.success(request, "正在试发，过几秒刷新这一页看结果。")
    return redirect("reminders:robot", pk)


@require_POST
def stop_robot(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _organization(request, pk)
    try:
        services.stop_robot(organization, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "已停用，地址也删掉了。")
    return redirect("reminders:own")


@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    """What went out in the user's scope, to what and with what result."""
    demand(request.user, queries.SET_UP)
    page = Paginator(queries.deliveries_for(request.user), ROWS).get_page(request.GET.get("page"))
    trail = [("提醒", reverse("reminders:own")), ("发送记录", "")]
    return render(request, "reminders/log.html", {"page": page, "trail": trail})
