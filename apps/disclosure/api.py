"""Publications over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.disclosure import queries
from apps.disclosure.filters import PublicationFilter
from apps.disclosure.serializers import PublicationSerializer, WholePublicationSerializer


@extend_schema_view(
    list=extend_schema(
        summary="村务公开列表",
        description="范围内各村的公开，最近的在前，在办的也在内；不含正文和明细。",
    ),
    retrieve=extend_schema(
        summary="一件公开", description="含正文、财务收支明细和每一步。", responses=WholePublicationSerializer
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
            queries.whole_publications_for(user)
            if self.action == "retrieve"
            else queries.publications_for(user)
        )
