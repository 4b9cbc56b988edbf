"""Members as the API shows them: identity and phone numbers masked (PRIV-16)."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.members.models import Member
from apps.organizations.serializers import OrganizationLink


class MemberSerializer(serializers.ModelSerializer[Member]):
    branch = OrganizationLink(read_only=True)
    group = serializers.StringRelatedField[Member](read_only=True, allow_null=True, help_text="党小组名称")
    id_number_masked = serializers.CharField(read_only=True, help_text="只显示前 4 位和后 4 位")
    phone_masked = serializers.CharField(read_only=True, help_text="只显示前 3 位和后 4 位；没有时为空")

    class Meta:
        model = Member
        fields: ClassVar[list[str]] = [
            "id", "name", "sex", "ethnic_group", "id_number_masked", "born_on", "education", "occupation",
            "category", "joined_on", "joined_precision", "full_on", "full_precision", "branch", "group",
            "status", "phone_masked", "is_mobile", "mobile_destination",
            "mobile_since", "is_out_of_contact", "out_of_contact_since",
        ]  # fmt: skip
