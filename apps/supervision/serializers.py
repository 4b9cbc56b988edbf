"""The supervision committees as the API shows them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.disclosure.models import Deed
from apps.disclosure.serializers import Masked
from apps.disclosure.states import State
from apps.organizations.serializers import OrganizationLink
from apps.supervision.models import CommitteeMember, SupervisionRecord, SupervisionReport
from apps.supervision.queries import OPINION_CHOICES


class SupervisorSerializer(serializers.ModelSerializer[CommitteeMember]):
    village = serializers.StringRelatedField[CommitteeMember](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)

    class Meta:
        model = CommitteeMember
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "name", "position", "since", "until", "knows_finance",
            "declared_by", "declared_on",
        ]  # fmt: skip


class SupervisionRecordSerializer(serializers.ModelSerializer[SupervisionRecord]):
    """One look at something, with what was to be put right and whether it was."""

    village = serializers.StringRelatedField[SupervisionRecord](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)
    title, findings = Masked(), Masked(help_text="发现的情况；不该公开的号码已遮盖")
    asked, put_right = Masked(help_text="要求整改什么"), Masked(help_text="整改结果")
    open = serializers.BooleanField(source="is_open", read_only=True, help_text="还等着整改")

    class Meta:
        model = SupervisionRecord
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "subject", "title", "held_on", "names", "findings", "asked",
            "due_on", "put_right", "put_right_on", "open",
        ]  # fmt: skip


class SupervisionReportSerializer(serializers.ModelSerializer[SupervisionReport]):
    """What a committee reports for half a year; `state` is how far its publication has come."""

    village = serializers.StringRelatedField[SupervisionReport](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)
    title = serializers.CharField(source="__str__", read_only=True)
    words = Masked(help_text="监委会自己的意见；整篇在 publication 那一件公开里")
    state = serializers.ChoiceField(
        source="publication.standing.state",
        choices=State.choices,
        read_only=True,
        default=None,
        allow_null=True,
        help_text="公开办到哪一步；没有交给村里的没有",
    )

    class Meta:
        model = SupervisionReport
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "title", "first_on", "last_on", "words", "publication", "state",
        ]  # fmt: skip


class CommitteeOpinionSerializer(serializers.ModelSerializer[Deed]):
    """What a committee said of a publication: consent or objection."""

    village = serializers.StringRelatedField[Deed](source="publication.village", read_only=True)
    organization = OrganizationLink(source="publication.village.organization", read_only=True)
    title = Masked(source="publication.title", help_text="哪一件公开")
    action = serializers.ChoiceField(choices=OPINION_CHOICES, read_only=True)
    note = Masked(help_text="意见")

    class Meta:
        model = Deed
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "publication", "title", "action", "on", "names", "note",
        ]  # fmt: skip
