"""The year's theme days over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.meetings.plans import queries
from apps.meetings.plans.filters import PlanFilter
from apps.meetings.plans.serializers import PlanSerializer


@extend_schema_view(
    list=extend_schema(
        summary="主题党日计划", description="范围内各党支部每月的主题，和上级给支部参考的主题；不含备注。"
    ),
    retrieve=extend_schema(summary="一个月的计划"),
)
class Plans(ReadOnly):
    permission = "meetings.view"
    filterset_class = PlanFilter
    serializer_class = PlanSerializer

    def rows(self) -> Any:
        return queries.plans_for(self.request.user)  # type: ignore[arg-type]
