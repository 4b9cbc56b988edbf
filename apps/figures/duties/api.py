"""Duties over the API: the matrix of a month as rows."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.calendar import today
from apps.core.periods import Month
from apps.core.rest import Guarded
from apps.figures import queries
from apps.figures.api import month_asked_for
from apps.figures.duties.judging import judged
from apps.figures.duties.known import Known
from apps.figures.duties.matrix import periods_of
from apps.figures.duties.obligations import Obligation
from apps.figures.serializers import UnitSerializer, unit_as_json

STATES = [("done", "已完成"), ("due", "待完成"), ("overdue", "已逾期"), ("exempt", "不适用")]


class DutySerializer(serializers.Serializer[Any]):
    """One duty of one branch, group or committee in a period."""

    organization = UnitSerializer()
    group = serializers.CharField(help_text="党小组的事写党小组，其余为空")
    rule = serializers.CharField(help_text="规定的编号，例如 MEET-02")
    title = serializers.CharField()
    period = serializers.CharField(help_text="2026-10、2026-Q4 或 2026")
    state = serializers.ChoiceField(choices=STATES)
    sentence = serializers.CharField(help_text="例如“逾期22天”“不适用：没有划分党小组，不计”")
    held = serializers.IntegerField(help_text="计入的次数")
    due_on = serializers.DateField(allow_null=True)


class Duties(Guarded):
    permission = queries.VIEW

    @extend_schema(
        summary="一个党组织一个月的完成情况",
        description="党组织连同它的下级：这个月、所在的季度和年度，每一项办没办，按今天的情况。",
        parameters=[
            OpenApiParameter("organization", str, required=True, description="党组织代码"),
            OpenApiParameter("period", str, description="月份，例如 2026-10；不写就是本月"),
        ],
        responses=DutySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        month: Month = month_asked_for(request.query_params.get("period", ""))
        code = request.query_params.get("organization", "").replace("\0", "")  # no text holds it
        visible = queries.organizations_with_figures(request.user)  # type: ignore[arg-type]
        organization = get_object_or_404(visible, code=code)
        found = judged(Known(organization.pk, today(), periods_of(month)))
        return Response([_as_json(each) for each in found])


def _as_json(each: Obligation) -> dict[str, Any]:
    return {
        "organization": unit_as_json(each.unit),
        "group": each.group.name if each.group else "",
        "rule": each.rule.key,
        "title": each.rule.title,
        "period": str(each.period),
        "state": each.state.value,
        "sentence": each.state_words,
        "held": each.held,
        "due_on": each.due_on,
    }
