"""Organizations as the API shows them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.organizations.models import Organization


class OrganizationLink(serializers.ModelSerializer[Organization]):
    """An organization in another's answer."""

    class Meta:
        model = Organization
        fields: ClassVar[list[str]] = ["id", "code", "name"]


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    parent = serializers.SlugRelatedField[Organization](  # type: ignore[assignment]
        slug_field="code", read_only=True, help_text="上级党组织的代码"
    )

    class Meta:
        model = Organization
        fields: ClassVar[list[str]] = [
            "id", "code", "name", "short_name", "kind", "sector", "parent", "path", "founded_on",
            "dissolved_on", "meeting_place", "theme_day", "longitude", "latitude",
        ]  # fmt: skip
