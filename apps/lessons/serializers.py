"""Lessons as the API shows them."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.lessons import queries
from apps.lessons.rules import Grade, Point
from apps.meetings.models import Meeting
from apps.organizations.serializers import OrganizationLink

COUNTS = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "integer"}},
    "description": f"四项各依次是{'、'.join(grade.label for grade in Grade)}的份数",
}


class LessonSerializer(serializers.ModelSerializer[Meeting]):
    organization = OrganizationLink(read_only=True)
    lecturer_member = serializers.IntegerField(
        source="lecturer_member_id", allow_null=True, read_only=True, help_text="讲课的党员；外请的人为空"
    )
    answers = serializers.SerializerMethodField(help_text="评价的答卷份数；没有发起评价的为空")
    evaluation = serializers.SerializerMethodField(help_text="评价结果；没有结束或答卷太少的为空")

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = [
            "id", "organization", "held_at", "topic", "state", "counted_kinds", "lecturer", "lecturer_member",
            "answers", "evaluation",
        ]  # fmt: skip

    def get_answers(self, meeting: Any) -> int | None:
        found = getattr(meeting, "evaluation", None)
        return queries.answers_of(found) if found else None

    @extend_schema_field({**COUNTS, "nullable": True})
    def get_evaluation(self, meeting: Any) -> dict[str, list[int]] | None:
        found = getattr(meeting, "evaluation", None)
        result = queries.result_of(found) if found else None
        if result is None or not result.shown.number:
            return None
        return {point.value: list(result.shown.of(point)) for point in Point}
