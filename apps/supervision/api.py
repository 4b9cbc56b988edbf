"""The supervision committees over the API: who sits on them, what they looked at, reported and said."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.supervision import queries
from apps.supervision.filters import MemberFilter, OpinionFilter, RecordFilter, ReportFilter
from apps.supervision.serializers import (
    CommitteeOpinionSerializer,
    SupervisionRecordSerializer,
    SupervisionReportSerializer,
    SupervisorSerializer,
)


@extend_schema_view(
    list=extend_schema(summary="监委会成员列表", description="范围内各村的监委会成员，离任的也在内。"),
    retrieve=extend_schema(summary="一名监委会成员"),
)
class Supervisors(ReadOnly):
    permission = queries.VIEW
    filterset_class = MemberFilter
    serializer_class = SupervisorSerializer

    def rows(self) -> Any:
        return queries.members_for(self.request.user)  # type: ignore[arg-type]


@extend_schema_view(
    list=extend_schema(
        summary="监督记录列表", description="监委会看了什么、发现什么、整改没有，最近的在前。"
    ),
    retrieve=extend_schema(summary="一条监督记录"),
)
class SupervisionRecords(ReadOnly):
    permission = queries.VIEW
    filterset_class = RecordFilter
    serializer_class = SupervisionRecordSerializer

    def rows(self) -> Any:
        return queries.records_for(self.request.user)  # type: ignore[arg-type]


@extend_schema_view(
    list=extend_schema(summary="监委会半年报告列表", description="写好的报告，还没有交给村里公开的也在内。"),
    retrieve=extend_schema(summary="一份半年报告"),
)
class SupervisionReports(ReadOnly):
    permission = queries.VIEW
    filterset_class = ReportFilter
    serializer_class = SupervisionReportSerializer

    def rows(self) -> Any:
        return queries.reports_for(self.request.user)  # type: ignore[arg-type]


@extend_schema_view(
    list=extend_schema(
        summary="监委会对公开内容的意见",
        description="每一次同意公布（consent）和提出异议（object），最近的在前。",
    ),
    retrieve=extend_schema(summary="一次意见"),
)
class CommitteeOpinions(ReadOnly):
    permission = queries.VIEW
    filterset_class = OpinionFilter
    serializer_class = CommitteeOpinionSerializer

    def rows(self) -> Any:
        return queries.opinions_for(self.request.user)  # type: ignore[arg-type]
