"""Decisions and projects over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.decisions import queries
from apps.decisions.filters import DecisionFilter, ProjectFilter
from apps.decisions.serializers import (
    DecisionSerializer,
    ProjectSerializer,
    WholeDecisionSerializer,
    WholeProjectSerializer,
)


@extend_schema_view(
    list=extend_schema(
        summary="四议两公开列表",
        description="范围内各村要议的事项，新登记的在前，没有办完的也在内；不含内容和各步。",
    ),
    retrieve=extend_schema(
        summary="一个事项",
        description="含内容和每一次会，没有通过的也在内。",
        responses=WholeDecisionSerializer,
    ),
)
class Decisions(ReadOnly):
    permission = queries.VIEW
    filterset_class = DecisionFilter

    def get_serializer_class(self) -> Any:
        return WholeDecisionSerializer if self.action == "retrieve" else DecisionSerializer

    def rows(self) -> Any:
        user: Any = self.request.user
        return queries.whole_decisions_for(user) if self.action == "retrieve" else queries.decisions_for(user)


@extend_schema_view(
    list=extend_schema(summary="一事一议项目列表", description="范围内各村的项目，新登记的在前。"),
    retrieve=extend_schema(
        summary="一个项目",
        description="含筹资筹劳、发包、验收、结算和各阶段的公开。",
        responses=WholeProjectSerializer,
    ),
)
class Projects(ReadOnly):
    permission = queries.VIEW
    filterset_class = ProjectFilter

    def get_serializer_class(self) -> Any:
        return WholeProjectSerializer if self.action == "retrieve" else ProjectSerializer

    def rows(self) -> Any:
        user: Any = self.request.user
        return queries.whole_projects_for(user) if self.action == "retrieve" else queries.projects_for(user)
