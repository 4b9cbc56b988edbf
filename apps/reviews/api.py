"""Reviews of members over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.reviews import queries
from apps.reviews.filters import ReviewFilter
from apps.reviews.serializers import ReviewRecordSerializer, ReviewSerializer


@extend_schema_view(
    list=extend_schema(
        summary="民主评议列表", description="范围内已归档的民主评议党员，年度近的在前；不含每名党员的结果。"
    ),
    retrieve=extend_schema(
        summary="一次民主评议", description="含每名党员的票数和等次。", responses=ReviewRecordSerializer
    ),
)
class Reviews(ReadOnly):
    permission = "reviews.view"
    filterset_class = ReviewFilter

    def get_serializer_class(self) -> Any:
        return ReviewRecordSerializer if self.action == "retrieve" else ReviewSerializer

    def rows(self) -> Any:
        rows = queries.with_grades(queries.reviews_for(self.request.user))  # type: ignore[arg-type]
        return queries.with_people(rows) if self.action == "retrieve" else rows
