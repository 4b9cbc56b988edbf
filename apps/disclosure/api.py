"""Publications over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.disclosure import queries
from apps.disclosure.filters import PublicationFilter, StatementFilter, TableFilter
from apps.disclosure.serializers import (
    BookSerializer,
    PublicationSerializer,
    TableSerializer,
    WholeBookSerializer,
    WholePublicationSerializer,
    WholeTableSerializer,
)


@extend_schema_view(
    list=extend_schema(
        summary="村务公开列表",
        description="范围内各村的公开，最近的在前，在办的也在内；不含正文和明细。",
    ),
    retrieve=extend_schema(
        summary="一件公开",
        description="含正文、财务收支明细、附件和票据、每一步。",
        responses=WholePublicationSerializer,
    ),
)
class Publications(ReadOnly):
    permission = "disclosure.view"
    filterset_class = PublicationFilter

    def get_serializer_class(self) -> Any:
        return WholePublicationSerializer if self.action == "retrieve" else PublicationSerializer

    def rows(self) -> Any:
        user: Any = self.request.user
        return (
            queries.publications_with_files_for(user)
            if self.action == "retrieve"
            else queries.publications_for(user)
        )


@extend_schema_view(
    list=extend_schema(
        summary="财务收支表列表",
        description="范围内各村的财务收支明细表，最近的在前，在办的、被更正的也在内；不含明细。",
    ),
    retrieve=extend_schema(
        summary="一张财务收支表",
        description="含逐笔明细；不该公开的号码已遮盖。",
        responses=WholeBookSerializer,
    ),
)
class Statements(ReadOnly):
    permission = "disclosure.view"
    filterset_class = StatementFilter

    def get_serializer_class(self) -> Any:
        return WholeBookSerializer if self.action == "retrieve" else BookSerializer

    def rows(self) -> Any:
        user: Any = self.request.user
        return (
            queries.whole_statements_for(user) if self.action == "retrieve" else queries.statements_for(user)
        )


@extend_schema_view(
    list=extend_schema(
        summary="公开的表列表",
        description="范围内各村的资产负债、债权债务、资产资源、项目、补贴等表，最近的在前；不含各行。",
    ),
    retrieve=extend_schema(
        summary="一张公开的表",
        description="含各列、各行；不该公开的号码已遮盖。",
        responses=WholeTableSerializer,
    ),
)
class Tables(ReadOnly):
    permission = "disclosure.view"
    filterset_class = TableFilter

    def get_serializer_class(self) -> Any:
        return WholeTableSerializer if self.action == "retrieve" else TableSerializer

    def rows(self) -> Any:
        rows = queries.tables_for(self.request.user)  # type: ignore[arg-type]
        return rows if self.action == "retrieve" else rows.defer("rows")
