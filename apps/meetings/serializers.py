"""Meeting records as the API shows them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.meetings.models import Attendance, Meeting, Resolution
from apps.organizations.serializers import OrganizationLink


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    name = serializers.CharField(source="member.name", read_only=True)

    class Meta:
        model = Attendance
        fields: ClassVar[list[str]] = ["member", "name", "presence", "reason", "may_vote"]


class ResolutionSerializer(serializers.ModelSerializer[Resolution]):
    class Meta:
        model = Resolution
        fields: ClassVar[list[str]] = [
            "number", "matter", "text", "voting", "in_favour", "against", "abstained", "written_in_favour",
            "responsible", "due_on", "valid", "passed", "ruling", "rule",
        ]  # fmt: skip


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A row of the list."""

    organization = OrganizationLink(read_only=True)
    group = serializers.StringRelatedField[Meeting](read_only=True, allow_null=True, help_text="党小组名称")
    expected = serializers.IntegerField(read_only=True, help_text="应到人数")
    present = serializers.IntegerField(read_only=True, help_text="实到人数")

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = [
            "id", "organization", "group", "kinds", "counted_kinds", "held_at", "ended_at", "place", "topic",
            "life_year", "state", "late_reason", "submitted_at", "expected", "present",
        ]  # fmt: skip


class MeetingRecordSerializer(MeetingSerializer):
    """One record with everybody and every resolution."""

    attendances = AttendanceSerializer(many=True, read_only=True)
    resolutions = ResolutionSerializer(many=True, read_only=True)

    class Meta(MeetingSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *MeetingSerializer.Meta.fields, "lecturer", "guests", "minutes", "attendances", "resolutions"
        ]  # fmt: skip
