"""Monthly reports as the API shows them."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.figures.serializers import ReadingSerializer, reading_as_json
from apps.organizations.serializers import OrganizationLink
from apps.reports import queries
from apps.reports.frozen import Content
from apps.reports.models import MonthlyReport


class BulletinSerializer(serializers.Serializer[Any]):
    """The words of the document."""

    title = serializers.CharField(source="heading")
    addressee = serializers.CharField()
    paragraphs = serializers.SerializerMethodField()
    signature = serializers.CharField()
    signed_on = serializers.DateField()

    def get_paragraphs(self, bulletin: Any) -> list[str]:
        return [block.lead + block.text for block in bulletin.blocks]


class ContentSerializer(serializers.Serializer[Any]):
    """What was frozen: the figures of the whole and of each part, and the words."""

    day = serializers.DateField(help_text="数据截至这一天的情况")
    full_members = serializers.IntegerField(source="heads.full")
    probationary_members = serializers.IntegerField(source="heads.probationary")
    figures = serializers.SerializerMethodField()
    bulletin = BulletinSerializer(allow_null=True)

    @extend_schema_field(ReadingSerializer(many=True))
    def get_figures(self, content: Content) -> list[dict[str, Any]]:
        units = (content.root, *content.parts)
        readings = (content.reading(figure.code, unit) for unit in units for figure in content.figures())
        return [reading_as_json(reading, str(content.month)) for reading in readings]


class ReportSerializer(serializers.ModelSerializer[MonthlyReport]):
    """A row of the list."""

    organization = OrganizationLink(read_only=True)
    month = serializers.CharField(read_only=True, help_text="例如 2026-10")

    class Meta:
        model = MonthlyReport
        fields: ClassVar[list[str]] = [
            "id", "organization", "month", "revision", "reason", "state", "cut_off_on", "asked_at", "made_at"
        ]  # fmt: skip


class FrozenReportSerializer(ReportSerializer):
    """One report with what it says; null until it is ready."""

    content = serializers.SerializerMethodField()

    class Meta(ReportSerializer.Meta):
        fields: ClassVar[list[str]] = [*ReportSerializer.Meta.fields, "content"]

    @extend_schema_field(ContentSerializer(allow_null=True))
    def get_content(self, report: MonthlyReport) -> Any:
        return ContentSerializer(queries.content_of(report)).data if report.is_ready else None
