"""Opinions over the API: read without whoever had them, and written down from a hotline's own system."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.rest import ProblemSerializer, ReadOnly
from apps.opinions import queries, services
from apps.opinions.filters import OpinionFilter
from apps.opinions.serializers import HeardSerializer, OpinionSerializer, WholeOpinionSerializer


@extend_schema_view(
    list=extend_schema(
        summary="群众意见列表", description="范围内的意见，等答复的在前；没有反映人的姓名和联系方式。"
    ),
    retrieve=extend_schema(
        summary="一条意见",
        description="含办理的每一步和公布的文字；没有反映人的姓名和联系方式。",
        responses=WholeOpinionSerializer,
    ),
)
class Opinions(ReadOnly):
    permission = queries.VIEW
    filterset_class = OpinionFilter
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    def get_serializer_class(self) -> Any:
        return WholeOpinionSerializer if self.action == "retrieve" else OpinionSerializer

    @extend_schema(
        summary="登记一条意见",
        description="要有登记群众意见的权限，例如热线系统。不写姓名的是匿名；答复里没有姓名和联系方式。",
        request=HeardSerializer,
        responses={201: WholeOpinionSerializer, 422: ProblemSerializer},
    )
    def create(self, request: Request) -> Response:
        """Write an opinion down, by the service of the page."""
        asked = HeardSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user: Any = request.user
        village = queries.village_to_hear(user, asked.validated_data["village"])
        if village is None:
            raise Http404
        about = queries.asked_about(user, village, asked.validated_data["publication"])
        made = services.register(village, asked.heard_about(about), petitioner=asked.petitioner, by=user)
        shown = WholeOpinionSerializer(queries.opinion_for(user, made.pk))
        return Response(shown.data, status=status.HTTP_201_CREATED)

    def rows(self) -> Any:
        user: Any = self.request.user
        return (
            queries.whole_opinions_for(user)
            if self.action == "retrieve"
            else queries.unsigned_opinions_for(user)
        )
