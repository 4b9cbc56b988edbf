"""Plans as the API shows them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.meetings.models import ThemePlan
from apps.organizations.serializers import OrganizationLink


class PlanSerializer(serializers.ModelSerializer[ThemePlan]):
    """One month of one organization; `day` is the planned day, else the one that the branch fixed."""

    organization = OrganizationLink(read_only=True)
    month = serializers.CharField(read_only=True, help_text="月份，如 2026-11")
    day = serializers.DateField(read_only=True, allow_null=True, help_text="定的日子；没有另定就是固定日")

    class Meta:
        model = ThemePlan
        fields: ClassVar[list[str]] = ["id", "organization", "month", "theme", "day", "place"]
