"""Reviews of members as the API shows them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.organizations.serializers import OrganizationLink
from apps.reviews.entries import GRADES
from apps.reviews.models import MemberReview, ReviewedMember


class ReviewedMemberSerializer(serializers.ModelSerializer[ReviewedMember]):
    name = serializers.CharField(source="member.name", read_only=True)
    home = OrganizationLink(read_only=True, allow_null=True, help_text="组织关系所在党支部；本支部的党员为空")

    class Meta:
        model = ReviewedMember
        fields: ClassVar[list[str]] = ["member", "name", "home", "is_full", *GRADES, "grade", "no_grade"]


class ReviewSerializer(serializers.ModelSerializer[MemberReview]):
    """A row of the list."""

    organization = OrganizationLink(read_only=True)
    total = serializers.IntegerField(read_only=True, help_text="名单上的人数")
    ungraded = serializers.IntegerField(read_only=True, help_text="不评定等次的人数")
    graded_excellent = serializers.IntegerField(read_only=True, help_text="优秀人数")
    graded_qualified = serializers.IntegerField(read_only=True, help_text="合格人数")
    graded_basically_qualified = serializers.IntegerField(read_only=True, help_text="基本合格人数")
    graded_unqualified = serializers.IntegerField(read_only=True, help_text="不合格人数")

    class Meta:
        model = MemberReview
        fields: ClassVar[list[str]] = [
            "id", "organization", "year", "state", "self_on", "mutual_on", "in_groups", "ballot_on",
            "ballots_out", "ballots_valid", "decided_on", "decider", "closed_at", "total", "ungraded",
            "graded_excellent", "graded_qualified", "graded_basically_qualified", "graded_unqualified",
        ]  # fmt: skip


class ReviewRecordSerializer(ReviewSerializer):
    """One review with everybody on its list."""

    people = ReviewedMemberSerializer(many=True, read_only=True)

    class Meta(ReviewSerializer.Meta):
        fields: ClassVar[list[str]] = [*ReviewSerializer.Meta.fields, "people"]
