"""Figures over the API."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.calendar import today
from apps.core.periods import Month
from apps.core.rest import Guarded
from apps.figures import queries, registry
from apps.figures.serializers import ReadingSerializer, reading_as_json
from apps.figures.values import Figure


class Figures(Guarded):
    permission = queries.VIEW

    @extend_schema(
        summary="一个党组织一个月的指标",
        description="党组织连同它的下级；季度的指标按这个月所在的季度算。",
        parameters=[
            OpenApiParameter("organization", str, required=True, description="党组织代码"),
            OpenApiParameter("period", str, description="月份，例如 2026-10；不写就是本月"),
            OpenApiParameter("code", str, many=True, description="指标编号，可以写几个；不写就是全部"),
            OpenApiParameter("parts", bool, description="写 true，另外给出直接下级各自的指标"),
        ],
        responses=ReadingSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        month = month_asked_for(request.query_params.get("period", ""))
        figures = [_figure(code) for code in request.query_params.getlist("code")]
        visible = queries.organizations_with_figures(request.user)  # type: ignore[arg-type]
        code = request.query_params.get("organization", "").replace(
            "\0", ""
        )  # no text in the database has it
        organization = get_object_or_404(visible, code=code)
        table = queries.measure(queries.census_of(organization.pk, month), figures)
        readings = list(table.readings())
        if request.query_params.get("parts") == "true":
            readings += [reading for unit, found in table.rows() if unit != table.unit for reading in found]
        return Response([reading_as_json(reading, str(month)) for reading in readings])


def month_asked_for(text: str) -> Month:
    """The month in the address, or this one."""
    try:
        return Month.parse(text) if text else Month.of(today())
    except ValueError as error:
        raise ValidationError({"period": ["请写成 2026-10 这样的月份。"]}) from error


def _figure(code: str) -> Figure:
    found = registry.figure(code)
    if found is None:
        raise ValidationError({"code": [f"没有编号为 {code} 的指标。"]})
    return found
