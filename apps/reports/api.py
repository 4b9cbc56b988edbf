"""Monthly reports over the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request

from apps.core.rest import ReadOnly
from apps.reports import queries
from apps.reports.excel import draw_excel
from apps.reports.filters import ReportFilter
from apps.reports.serializers import FrozenReportSerializer, ReportSerializer
from apps.reports.word import draw_word

OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml.document"
EXCEL = f"{OFFICE}.spreadsheetml.sheet"
FILE = OpenApiTypes.BINARY


@extend_schema_view(
    list=extend_schema(summary="月报列表", description="范围内的月报，每一版一行，最近的月份在前。"),
    retrieve=extend_schema(
        summary="一份月报", description="数据在生成时已固定。", responses=FrozenReportSerializer
    ),
)
class Reports(ReadOnly):
    permission = "reports.view"
    filterset_class = ReportFilter

    def get_serializer_class(self) -> Any:
        return ReportSerializer if self.action == "list" else FrozenReportSerializer

    def rows(self) -> Any:
        return queries.reports_for(self.request.user)  # type: ignore[arg-type]

    def get_object(self) -> Any:
        report = queries.report_for(self.request.user, self.kwargs["pk"])  # type: ignore[arg-type]
        if report is None:
            raise Http404
        return report

    @extend_schema(
        summary="月报的 Word 文件",
        description="按公文格式排好，可以直接印发。",
        responses={(200, WORD): OpenApiResponse(FILE)},
    )
    @action(detail=True, methods=["get"])
    def docx(self, request: Request, **kwargs: Any) -> HttpResponse:
        return self._file(draw_word, WORD, "docx")

    @extend_schema(
        summary="月报的 Excel 文件",
        description="各项指标和清单。",
        responses={(200, EXCEL): OpenApiResponse(FILE)},
    )
    @action(detail=True, methods=["get"])
    def xlsx(self, request: Request, **kwargs: Any) -> HttpResponse:
        return self._file(draw_excel, EXCEL, "xlsx")

    def _file(self, draw: Any, kind: str, ending: str) -> HttpResponse:
        report = self.get_object()
        if not report.is_ready:
            raise Http404
        name = f"{report.organization.code}-{report.month}-{report.revision}.{ending}"
        content = draw(queries.content_of(report))
        return HttpResponse(
            content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
