"""Forms for the roster."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.identity import IdNumber, InvalidIdNumber, normalise_id_number
from apps.core.names import normalise
from apps.core.widgets import ChoiceChips, DateInput
from apps.core.wording import name_blank_choices
from apps.members import rules
from apps.members.changes import Change
from apps.members.models import Member, MemberQuerySet
from apps.members.rules import Facts
from apps.members.services import PROTECTED
from apps.members.vocabulary import Position
from apps.organizations.forms import OrganizationField
from apps.organizations.models import OrganizationQuerySet, PartyGroup

REASONS = ("核对身份", "联系本人", "办理组织关系", "上级核查", "其他")
OTHER = "其他"
_FACTS = (
    "name",
    "ethnic_group",
    "education",
    "occupation",
    "category",
    "joined_on",
    "full_on",
    "address",
    "is_mobile",
    "mobile_destination",
    "mobile_since",
    "is_out_of_contact",
    "out_of_contact_since",
)


class _FactsForm(forms.ModelForm):
    """What the new and the edit form share; sex and birth follow from the identity number."""

    id_number = forms.CharField(
        label="公民身份号码", max_length=24, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(label="手机号码", max_length=24, required=False)

    class Meta:
        model = Member
        fields = [*_FACTS]
        widgets = dict.fromkeys(("joined_on", "full_on", "mobile_since", "out_of_contact_since"), DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_blank_choices(self)

    def clean_name(self) -> str:
        return normalise(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return "".join(self.cleaned_data["phone"].split())

    def clean_id_number(self) -> str:
        text = normalise_id_number(self.cleaned_data["id_number"])
        if not text and not self.fields["id_number"].required:
            return ""
        try:
            return IdNumber.parse(text).text
        except InvalidIdNumber as error:
            raise forms.ValidationError(error.sentence) from error

    def clean(self) -> dict[str, Any]:
        """Every finding of the rules that blocks, each at its field."""
        values = super().clean() or self.cleaned_data
        for finding in rules.findings(self._facts(values), today=today()):
            if finding.blocks and finding.field not in self.errors:
                self.add_error(finding.field if finding.field in self.fields else None, str(finding))
        return values

    def _facts(self, values: dict[str, Any]) -> Facts:
        """The facts as far as they could be read; precision is that of the stored date."""
        names = Facts.__dataclass_fields__.keys() & values.keys() - {"id_number"}
        facts = Facts(**{name: values[name] for name in names})
        for name in ("joined", "full"):
            if f"{name}_on" not in self.changed_data:
                setattr(facts, f"{name}_precision", getattr(self.instance, f"{name}_precision"))
        if values.get("id_number"):
            facts.id_number = IdNumber(values["id_number"])
        return facts

    def _post_clean(self) -> None:
        """The service fills the row and checks it; the form's own instance stays as it was."""


class NewMemberForm(_FactsForm):
    on = forms.DateField(label="进入本支部名册的日期", widget=DateInput())
    field_order = [
        "name", "id_number", "phone", "on", "category", "ethnic_group", "joined_on", "full_on", "education",
        "occupation", "address",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class EditMemberForm(_FactsForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    no_phone = forms.BooleanField(label="没有手机号码，去掉登记的", required=False)
    group = forms.ModelChoiceField(
        PartyGroup.objects.none(), label="党小组", required=False, empty_label="不编组"
    )
    field_order = [
        "name", "id_number", "phone", "no_phone", "category", "group", "joined_on", "full_on", "ethnic_group",
        "education", "occupation", "address", "is_mobile", "is_out_of_contact", "mobile_destination",
        "mobile_since", "out_of_contact_since",
    ]  # fmt: skip

    class Meta(_FactsForm.Meta):
        fields = [*_FACTS, "on_probation_within_party"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member = self.instance
        self.initial["version"] = member.version
        group: Any = self.fields["group"]
        group.queryset = PartyGroup.objects.filter(branch=member.branch, until=None)
        self.fields["id_number"].required = False
        self.fields["id_number"].help_text = f"现在是 {member.id_number_masked}。不改就空着。"
        self.fields["phone"].help_text = f"现在是 {member.phone_masked or '没有登记'}。不改就空着。"
        if not member.phone:
            del self.fields["no_phone"]

    def clean(self) -> dict[str, Any]:
        """An empty number or phone is not touched."""
        values = super().clean()
        if values.pop("no_phone", False):
            values["phone"] = ""
        elif not values.get("phone"):
            values.pop("phone", None)
        if not values.get("id_number"):
            values.pop("id_number", None)
        return values

    def _facts(self, values: dict[str, Any]) -> Facts:
        facts = super()._facts(values)
        if facts.id_number is None:
            facts.born_on, facts.sex = self.instance.born_on, self.instance.sex
        return facts


class ChangeMembershipForm(forms.Form):
    on = forms.DateField(label="日期", widget=DateInput(), help_text="补登记的，写实际的日期。")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, change: Change, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        if change.asks_branch:
            self.fields["to"] = OrganizationField(label="到哪个党支部", help_text="写代码或名称。")
            self.order_fields(["to"])

    def offer(self, branches: OrganizationQuerySet) -> None:
        """Take one of these branches only, when one is asked for."""
        to = self.fields.get("to")
        if isinstance(to, OrganizationField):
            to.offer(branches)


class RevealForm(forms.Form):
    field = forms.ChoiceField(label="看什么", choices=list(PROTECTED.items()), widget=ChoiceChips())
    why = forms.ChoiceField(
        label="为什么要看", choices=[(reason, reason) for reason in REASONS], widget=ChoiceChips()
    )
    detail = forms.CharField(label="具体事由", max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("why") == OTHER and not values.get("detail"):
            self.add_error("detail", "选了“其他”，请写明事由。")
        return values

    @property
    def what(self) -> str:
        """The chosen field in words."""
        return PROTECTED[self.cleaned_data["field"]]

    @property
    def reason(self) -> str:
        why, detail = self.cleaned_data["why"], self.cleaned_data["detail"]
        return f"{why}：{detail}" if detail else str(why)


class SeatForm(forms.Form):
    member = forms.ModelChoiceField(Member.objects.none(), label="党员", empty_label="请选择")
    position = forms.ChoiceField(label="职务", choices=Position.choices)
    since = forms.DateField(label="任职日期", widget=DateInput())

    def __init__(self, *args: Any, members: MemberQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.queryset = members


class UnseatForm(forms.Form):
    until = forms.DateField(label="免职日期", widget=DateInput(attrs={"aria-label": "免职日期"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today()


class GroupsForm(forms.Form):
    """For each member of a branch the group they are in."""

    def __init__(self, *args: Any, members: list[Member], groups: list[PartyGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "不编组"), *((str(group.pk), group.name) for group in groups)]
        for member in members:
            self.fields[f"member-{member.pk}"] = forms.ChoiceField(
                label=member.name, choices=choices, required=False, initial=str(member.group_id or "")
            )

    @property
    def groups(self) -> dict[int, int | None]:
        """Group by member, by number."""
        chosen = self.cleaned_data.items()
        return {int(name.removeprefix("member-")): int(group) if group else None for name, group in chosen}
