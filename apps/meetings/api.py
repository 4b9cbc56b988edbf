"""Meeting records over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.rest import ProblemSerializer, ReadOnly, refusal
from apps.meetings import queries, services
from apps.meetings.filters import MeetingFilter
from apps.meetings.serializers import (
    MeetingRecordSerializer,
    MeetingSerializer,
    SubmitSerializer,
    TwinsSerializer,
)
from apps.meetings.twins import Twins


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
        return MeetingSerializer if self.action == "list" else MeetingRecordSerializer

    @extend_schema(
        summary="交上一条会议记录",
        description="要有记录会议的权限。缺内容的答 422；好像已经记过同一次会的答 409，`twins` 是那几条。",
        request=SubmitSerializer,
        responses={200: MeetingRecordSerializer, 409: TwinsSerializer, 422: ProblemSerializer},
    )
    @action(detail=True, methods=["post"], parser_classes=[JSONParser, FormParser, MultiPartParser])
    def submit(self, request: Request, pk: int) -> Response:
        """Hand a kept record in, by the service of the page."""
        meeting = self.get_object()
        asked = SubmitSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            services.submit(meeting, apart=asked.validated_data["not_the_same"], by=request.user)  # type: ignore[arg-type]
        except Twins as refused:
            twins = MeetingSerializer(queries.rows_again(refused.twins), many=True).data
            return Response({**refusal(refused), "twins": twins}, status=status.HTTP_409_CONFLICT)
        return Response(MeetingRecordSerializer(self.get_object()).data)

    def rows(self) -> Any:
        rows = queries.meetings_for(self.request.user)  # type: ignore[arg-type]
        return (
            queries.listed(rows)
            if self.action == "list"
            else queries.with_aftermath(queries.with_details(queries.with_heads(rows)))
        )
