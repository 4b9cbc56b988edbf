"""Publications as the API shows them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from apps.disclosure.models import Deed, Publication, Statement, StatementLine
from apps.organizations.serializers import OrganizationLink


class StatementLineSerializer(serializers.ModelSerializer[StatementLine]):
    class Meta:
        model = StatementLine
        fields: ClassVar[list[str]] = [
            "number", "on", "voucher", "summary", "income", "expense", "balance", "handler", "approver",
            "remark",
        ]  # fmt: skip


class StatementSerializer(serializers.ModelSerializer[Statement]):
    lines = StatementLineSerializer(many=True, read_only=True)

    class Meta:
        model = Statement
        fields: ClassVar[list[str]] = [
            "body", "first_on", "last_on", "opening", "opening_reason", "income", "expense", "closing",
            "lines",
        ]  # fmt: skip


class StepSerializer(serializers.ModelSerializer[Deed]):
    class Meta:
        model = Deed
        fields: ClassVar[list[str]] = ["action", "on", "names", "note"]


class PublicationSerializer(serializers.ModelSerializer[Publication]):
    """A row of the list."""

    village = serializers.StringRelatedField[Publication](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)
    item_title = serializers.CharField(source="about.title", read_only=True, help_text="公开事项的名称")
    number = serializers.IntegerField(
        source="chain_number", read_only=True, allow_null=True, help_text="公布以后：本村第几件"
    )

    class Meta:
        model = Publication
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "item", "item_title", "first_on", "last_on", "title", "nothing",
            "state", "revision", "number", "published_at", "checksum", "previous_checksum",
        ]  # fmt: skip


class WholePublicationSerializer(PublicationSerializer):
    """One publication with its words, its statement and its steps."""

    statement = StatementSerializer(read_only=True, allow_null=True)
    steps = StepSerializer(source="deeds", many=True, read_only=True)

    class Meta(PublicationSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *PublicationSerializer.Meta.fields, "body", "reason", "withdraw_reason", "director", "supervisor",
            "accountant", "statement", "steps",
        ]  # fmt: skip
