"""Lessons over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.lessons import queries
from apps.lessons.serializers import LessonSerializer
from apps.meetings.filters import MeetingFilter


@extend_schema_view(
    list=extend_schema(
        summary="党课列表", description="范围内的党课记录，最近的在前，带评价结果（匿名，少于 5 份不给出）。"
    ),
    retrieve=extend_schema(summary="一次党课", description="带评价结果（匿名，少于 5 份不给出）。"),
)
class Lessons(ReadOnly):
    permission = "lessons.view"
    serializer_class = LessonSerializer
    filterset_class = MeetingFilter

    def rows(self) -> Any:
        return queries.lessons_for(self.request.user)  # type: ignore[arg-type]
