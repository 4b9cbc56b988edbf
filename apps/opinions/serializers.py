"""Opinions as the API shows them, without whoever had them; and one as it is written down."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from apps.core.calendar import today
from apps.disclosure.models import Publication
from apps.disclosure.serializers import Masked
from apps.opinions import queries
from apps.opinions.models import Opinion, OpinionStep
from apps.opinions.rules import Petitioner
from apps.opinions.services import Heard
from apps.opinions.states import STEP_CHOICES, Answerer, Category, Channel
from apps.organizations.serializers import OrganizationLink


class OpinionStepSerializer(serializers.ModelSerializer[OpinionStep]):
    action = serializers.ChoiceField(choices=STEP_CHOICES, read_only=True)
    text = Masked()

    class Meta:
        model = OpinionStep
        fields: ClassVar[list[str]] = ["action", "on", "text", "satisfaction", "due_on"]


class OpinionSerializer(serializers.ModelSerializer[Opinion]):
    """A row of the list."""

    village = serializers.StringRelatedField[Opinion](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)
    text = Masked(help_text="不该公开的号码已遮盖")
    overdue = serializers.SerializerMethodField(help_text="过了期限还没有答复")

    class Meta:
        model = Opinion
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "channel", "category", "text", "received_on", "publication",
            "line", "answerer", "state", "due_on", "overdue", "satisfaction", "closed_on", "is_anonymous",
            "publicity",
        ]  # fmt: skip

    def get_overdue(self, opinion: Opinion) -> bool:
        return queries.deadline_of(opinion, on=today()).is_overdue


class WholeOpinionSerializer(OpinionSerializer):
    """One opinion with every step, and the words for everybody."""

    steps = OpinionStepSerializer(many=True, read_only=True)

    class Meta(OpinionSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *OpinionSerializer.Meta.fields, "public_question", "public_answer", "steps",
        ]  # fmt: skip


class HeardSerializer(serializers.Serializer[Any]):
    """An opinion as it is written down; who had it is sealed and comes back in no answer."""

    village = serializers.CharField(help_text="村党组织的代码")
    channel = serializers.ChoiceField(choices=Channel.choices)
    category = serializers.ChoiceField(choices=Category.choices)
    text = serializers.CharField(max_length=1000, help_text="照原话记，不写姓名、电话")
    received_on = serializers.DateField(default=today)
    answerer = serializers.ChoiceField(choices=Answerer.choices, default=Answerer.COMMITTEE)
    publication = serializers.IntegerField(
        allow_null=True, default=None, help_text="问的是哪一件公开：本村已公布的一件的 id"
    )
    line = serializers.IntegerField(min_value=1, allow_null=True, default=None, help_text="第几笔")
    name = serializers.CharField(
        max_length=32, allow_blank=True, default="", help_text="反映人姓名；不写就是匿名，加密存放"
    )
    contact = serializers.CharField(
        max_length=60, allow_blank=True, default="", help_text="联系方式，回访用，加密存放"
    )

    @property
    def petitioner(self) -> Petitioner:
        return Petitioner(self.validated_data["name"].strip(), self.validated_data["contact"].strip())

    def heard_about(self, publication: Publication | None) -> Heard:
        apart = {"village", "name", "contact", "publication"}
        said = {key: value for key, value in self.validated_data.items() if key not in apart}
        return Heard(publication=publication, **said)
