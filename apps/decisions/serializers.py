"""Decisions and projects as the API shows them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.decisions import phases
from apps.decisions.kinds import State
from apps.decisions.models import Contribution, DecisionStep, FourStepDecision, Project, ProjectPublication
from apps.decisions.models.projects import Phase
from apps.organizations.serializers import OrganizationLink


class DecisionStepSerializer(serializers.ModelSerializer[DecisionStep]):
    class Meta:
        model = DecisionStep
        fields: ClassVar[list[str]] = [
            "stage", "body", "held_on", "place", "chair", "expected", "present", "in_favour", "against",
            "abstained", "whole", "counted_by", "notified_on", "authorization", "note", "merged", "passed",
            "verdict", "rule",
        ]  # fmt: skip


class DecisionSerializer(serializers.ModelSerializer[FourStepDecision]):
    """A row of the list."""

    village = serializers.StringRelatedField[FourStepDecision](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)
    group_name = serializers.CharField(
        source="named_group", read_only=True, help_text="村民小组事项：哪个小组"
    )
    state = serializers.ChoiceField(choices=State.choices, read_only=True, help_text="办到哪一步")
    registered_at = serializers.DateTimeField(source="created_at", read_only=True, help_text="登记时间")

    class Meta:
        model = FourStepDecision
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "title", "motion", "kind", "matter", "group",
            "group_name", "state",
            "registered_at", "resolution", "result_on", "result",
        ]  # fmt: skip


class WholeDecisionSerializer(DecisionSerializer):
    """One matter with every sitting, those that did not pass too."""

    steps = DecisionStepSerializer(many=True, read_only=True)
    project = serializers.PrimaryKeyRelatedField[Project](
        read_only=True, allow_null=True, default=None, help_text="一事一议项目"
    )

    class Meta(DecisionSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *DecisionSerializer.Meta.fields, "content", "result_words", "drop_reason", "project", "steps",
        ]  # fmt: skip


class ContributionSerializer(serializers.ModelSerializer[Contribution]):
    amount = serializers.DecimalField(
        max_digits=20, decimal_places=2, read_only=True, help_text="标准 × 人数或户数"
    )

    class Meta:
        model = Contribution
        fields: ClassVar[list[str]] = ["means", "basis", "rate", "units", "amount"]


class ProjectPublicationSerializer(serializers.ModelSerializer[ProjectPublication]):
    class Meta:
        model = ProjectPublication
        fields: ClassVar[list[str]] = ["phase", "publication"]


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A row of the list."""

    village = serializers.StringRelatedField[Project](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)
    phase = serializers.ChoiceField(choices=Phase.choices, read_only=True, help_text="办到哪一步")

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "decision", "title", "phase", "planned_on", "budget",
            "contract_on", "price", "accepted_on", "settled_on", "settled", "paid_on", "paid",
        ]  # fmt: skip


class WholeProjectSerializer(ProjectSerializer):
    """One project with what it takes, who builds it, and what was disclosed of each phase."""

    contributions = ContributionSerializer(many=True, read_only=True)
    publications = ProjectPublicationSerializer(many=True, read_only=True)
    remarks = serializers.SerializerMethodField(help_text="资金来源、合同、结算要注意的，一条一句话")

    class Meta(ProjectSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *ProjectSerializer.Meta.fields, "tender", "party", "accepted_by", "acceptance", "settled_reason",
            "remarks", "contributions", "publications",
        ]  # fmt: skip

    def get_remarks(self, project: Project) -> list[str]:
        return [sentence for _, sentence in phases.remarks_of(project)]
