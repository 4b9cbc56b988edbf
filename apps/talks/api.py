"""Talks over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.talks import queries
from apps.talks.filters import TalkFilter
from apps.talks.serializers import TalkSerializer


@extend_schema_view(
    list=extend_schema(
        summary="谈心谈话列表",
        description="范围内没有撤回的谈话：哪个支部、哪天、哪一类；不给出是谁、为什么谈。",
    ),
    retrieve=extend_schema(summary="一次谈话", description="不给出是谁、为什么谈。"),
)
class Talks(ReadOnly):
    permission = "talks.view"
    serializer_class = TalkSerializer
    filterset_class = TalkFilter

    def rows(self) -> Any:
        return queries.with_seats(queries.talks_for(self.request.user).standing())  # type: ignore[arg-type]
