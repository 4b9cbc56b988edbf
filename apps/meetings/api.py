"""Meeting records over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.meetings import queries
from apps.meetings.filters import MeetingFilter
from apps.meetings.serializers import MeetingRecordSerializer, MeetingSerializer


@extend_schema_view(
    list=extend_schema(
        summary="会议列表", description="范围内的会议记录，最近的在前；不含会议记录正文和名单。"
    ),
    retrieve=extend_schema(
        summary="一条会议记录", description="含正文、到会名单和决议。", responses=MeetingRecordSerializer
    ),
)
class Meetings(ReadOnly):
    permission = "meetings.view"
    filterset_class = MeetingFilter

    def get_serializer_class(self) -> Any:
        return MeetingRecordSerializer if self.action == "retrieve" else MeetingSerializer

    def rows(self) -> Any:
        rows = queries.meetings_for(self.request.user)  # type: ignore[arg-type]
        return (
            queries.with_aftermath(queries.with_details(queries.with_heads(rows)))
            if self.action == "retrieve"
            else queries.listed(rows)
        )
