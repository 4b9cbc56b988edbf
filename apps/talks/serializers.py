"""Talks as the API shows them: that there was one, where and when; neither who nor why."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.organizations.serializers import OrganizationLink
from apps.talks.models import Talk
from apps.talks.rules import Relation


class TalkSerializer(serializers.ModelSerializer[Talk]):
    branch = OrganizationLink(read_only=True)
    relation = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in Relation], read_only=True, help_text="谁和谁之间"
    )

    class Meta:
        model = Talk
        fields: ClassVar[list[str]] = ["id", "branch", "held_on", "relation"]
