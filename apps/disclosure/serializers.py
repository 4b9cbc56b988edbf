"""Publications as the API shows them."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from apps.disclosure import privacy
from apps.disclosure.models import Deed, Publication, PublicationFile, Statement, StatementLine, Table
from apps.disclosure.states import State
from apps.disclosure.tables import KIND_CHOICES
from apps.organizations.serializers import OrganizationLink


class Masked(serializers.CharField):
    """Words in which what must not be published is masked: a draft may still hold it (PRIV-06)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def to_representation(self, value: Any) -> str:
        return privacy.masked(super().to_representation(value))


class StatementLineSerializer(serializers.ModelSerializer[StatementLine]):
    summary = Masked()
    remark = Masked()

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


class BookSerializer(serializers.ModelSerializer[Statement]):
    """A statement of income and expense in the list of all; `state` is its publication's."""

    village = serializers.StringRelatedField[Statement](read_only=True)
    organization = OrganizationLink(source="village.organization", read_only=True)
    group = serializers.StringRelatedField[Statement](
        read_only=True, allow_null=True, help_text="村民小组自己的账才有"
    )
    publication = serializers.IntegerField(source="publication.pk", read_only=True, help_text="哪一件公开")
    state = serializers.ChoiceField(
        source="publication.state", choices=State.choices, read_only=True, help_text="那一件公开的状态"
    )

    class Meta:
        model = Statement
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "group", "publication", "state", "body", "first_on", "last_on",
            "opening", "opening_reason", "income", "expense", "closing", "is_current",
        ]  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {"is_current": {"help_text": "被更正的是 false"}}


class WholeBookSerializer(BookSerializer):
    """One statement with its lines."""

    lines = StatementLineSerializer(many=True, read_only=True)

    class Meta(BookSerializer.Meta):
        fields: ClassVar[list[str]] = [*BookSerializer.Meta.fields, "lines"]


class TableSerializer(serializers.ModelSerializer[Table]):
    """A disclosed table in the list of all; `state` is its publication's."""

    village = serializers.StringRelatedField[Table](source="publication.village", read_only=True)
    organization = OrganizationLink(source="publication.village.organization", read_only=True)
    group = serializers.StringRelatedField[Table](source="publication.group", read_only=True, allow_null=True)
    kind = serializers.ChoiceField(choices=KIND_CHOICES, read_only=True)
    title = serializers.CharField(source="about.title", read_only=True, help_text="表的名称")
    first_on = serializers.DateField(source="publication.first_on", read_only=True)
    last_on = serializers.DateField(source="publication.last_on", read_only=True)
    state = serializers.ChoiceField(
        source="publication.state", choices=State.choices, read_only=True, help_text="那一件公开的状态"
    )

    class Meta:
        model = Table
        fields: ClassVar[list[str]] = [
            "id", "village", "organization", "group", "publication", "state", "kind", "title", "first_on",
            "last_on",
        ]  # fmt: skip


class ColumnSerializer(serializers.Serializer[Any]):
    """A column of a table; the rows name their values by it."""

    name = serializers.CharField()
    title = serializers.CharField()
    plain = serializers.CharField(help_text="通俗说法")
    type = serializers.CharField(help_text="text、date、number、amount、balance")


class WholeTableSerializer(TableSerializer):
    """One table with its columns and rows; amounts and dates as text, "" where nothing is written."""

    columns = ColumnSerializer(source="about.columns", many=True, read_only=True)
    rows = serializers.SerializerMethodField(help_text="每行按列名；固定行的表用 line 说是哪一行")

    class Meta(TableSerializer.Meta):
        fields: ClassVar[list[str]] = [*TableSerializer.Meta.fields, "columns", "rows"]

    def get_rows(self, table: Table) -> list[dict[str, str]]:
        words = {column.name for column in table.about.words}
        return [
            {name: privacy.masked(value) if name in words else value for name, value in row.items()}
            for row in table.rows
        ]


class StepSerializer(serializers.ModelSerializer[Deed]):
    class Meta:
        model = Deed
        fields: ClassVar[list[str]] = ["action", "on", "names", "note"]


class FileSerializer(serializers.ModelSerializer[PublicationFile]):
    """A file of a publication, or the receipt of one of its lines; the file itself is read on the page."""

    title = Masked()
    key = serializers.UUIDField(source="attachment.key", read_only=True, help_text="公开地址里的文件名")
    content_type = serializers.CharField(source="attachment.content_type", read_only=True)
    size = serializers.IntegerField(source="attachment.size", read_only=True, help_text="多少字节")
    sha256 = serializers.CharField(source="attachment.sha256", read_only=True, help_text="和公布时定住的一样")

    class Meta:
        model = PublicationFile
        fields: ClassVar[list[str]] = ["line", "title", "key", "content_type", "size", "sha256", "looked_at"]
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "line": {"help_text": "第几笔的票据；整件的附件没有"},
            "looked_at": {"help_text": "有人看过、没有不能公开的，什么时候"},
        }


class PublicationSerializer(serializers.ModelSerializer[Publication]):
    """A row of the list."""

    title = Masked()
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
    """One publication with its words, its statement or the number of its table, its files and its steps."""

    body = Masked()
    table = serializers.IntegerField(
        source="filled.pk", read_only=True, allow_null=True, help_text="它的表，在 tables 里读"
    )
    statement = StatementSerializer(read_only=True, allow_null=True)
    files = FileSerializer(many=True, read_only=True, help_text="附件，和一笔一笔的票据")
    steps = StepSerializer(source="deeds", many=True, read_only=True)

    class Meta(PublicationSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *PublicationSerializer.Meta.fields, "body", "reason", "withdraw_reason", "director", "supervisor",
            "accountant", "statement", "table", "files", "steps",
        ]  # fmt: skip
