"""Meeting records as the API shows them."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from apps.core.rest import ProblemSerializer
from apps.meetings.models import Attendance, Candidate, FollowUp, Meeting, Resolution, Task
from apps.organizations.serializers import OrganizationLink


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    name = serializers.CharField(source="member.name", read_only=True)

    class Meta:
        model = Attendance
        fields: ClassVar[list[str]] = ["member", "name", "presence", "reason", "late", "may_vote", "excluded"]


class CandidateSerializer(serializers.ModelSerializer[Candidate]):
    class Meta:
        model = Candidate
        fields: ClassVar[list[str]] = [
            "number", "member", "name", "on_ballot", "in_favour", "against", "abstained", "valid", "elected",
        ]  # fmt: skip


class ResolutionSerializer(serializers.ModelSerializer[Resolution]):
    candidates = CandidateSerializer(many=True, read_only=True)

    class Meta:
        model = Resolution
        fields: ClassVar[list[str]] = [
            "number", "matter", "text", "voting", "in_favour", "against", "abstained", "written_in_favour",
            "dissent", "about", "discussed_in", "seats", "ballots_issued", "ballots_returned", "ballots_void",
            "candidates", "responsible", "due_on", "valid", "passed", "ruling", "rule",
        ]  # fmt: skip


class TaskSerializer(serializers.ModelSerializer[Task]):
    class Meta:
        model = Task
        fields: ClassVar[list[str]] = ["id", "text", "member", "responsible", "due_on", "outcome", "done_on"]


class FollowUpSerializer(serializers.ModelSerializer[FollowUp]):
    text = serializers.CharField(source="task.text", read_only=True, help_text="以前的会定的事")

    class Meta:
        model = FollowUp
        fields: ClassVar[list[str]] = ["task", "text", "outcome", "remark"]


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A row of the list."""

    organization = OrganizationLink(read_only=True)
    group = serializers.StringRelatedField[Meeting](read_only=True, allow_null=True, help_text="党小组名称")
    expected = serializers.IntegerField(read_only=True, help_text="应到人数")
    present = serializers.IntegerField(read_only=True, help_text="实到人数")
    locked = serializers.BooleanField(source="is_locked", read_only=True, help_text="过了截止日，只能更正")
    revision = serializers.IntegerField(read_only=True, help_text="第几版；交上以后每改一次加一")
    remarks = serializers.IntegerField(source="remark_count", read_only=True, help_text="上级说明的条数")

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = [
            "id", "organization", "group", "kinds", "counted_kinds", "held_at", "ended_at", "place", "topic",
            "life_year", "state", "late_reason", "submitted_at", "expected", "present", "locked", "revision",
            "remarks",
        ]  # fmt: skip


class MeetingRecordSerializer(MeetingSerializer):
    """One record with everybody and every resolution."""

    attendances = AttendanceSerializer(many=True, read_only=True)
    resolutions = ResolutionSerializer(many=True, read_only=True)
    tasks = TaskSerializer(many=True, read_only=True)
    followups = FollowUpSerializer(many=True, read_only=True)

    class Meta(MeetingSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *MeetingSerializer.Meta.fields, "lecturer", "guests", "minutes", "attendances", "resolutions",
            "tasks", "followups",
        ]  # fmt: skip


class SubmitSerializer(serializers.Serializer[Any]):
    """What is said along with handing a record in."""

    not_the_same = serializers.BooleanField(
        default=False, help_text="看过了，和 409 答复里的那几条不是同一次会，分开记"
    )


class TwinsSerializer(ProblemSerializer):
    """The question whether it is the same meeting as others on record."""

    twins = MeetingSerializer(many=True)
