"""Forms of a matter, of its steps, and of a project's phases."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.widgets import DateInput
from apps.decisions.kinds import TWO_WAYS, Body, CountedBy, Kind, Matter, Motion, Stage, bodies_of
from apps.decisions.models.projects import Basis, Means, Tender
from apps.decisions.queries import PartyVote
from apps.decisions.services import Share, Sitting
from apps.decisions.voting import Count
from apps.organizations.models import Village

CENT = Decimal("0.01")
HEADS = ("expected", "present", "in_favour", "against", "abstained")
_LINES = forms.Textarea(attrs={"rows": 3})
_WORDS = forms.Textarea(attrs={"rows": 6})


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, required=False, help_text=help_text)


def _money(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=CENT, max_digits=14, decimal_places=2)


class MatterForm(forms.Form):
    """What is to be decided."""

    title = forms.CharField(label="事项", max_length=100, help_text="一句话，例如：修缮村活动室。")
    content = forms.CharField(
        label="要议的内容", widget=_WORDS, help_text="写明做什么、花多少钱、钱从哪里来。"
    )
    motion = forms.ChoiceField(label="动议来源", choices=Motion.choices)
    kind = forms.ChoiceField(
        label="属于", choices=Kind.choices, help_text="集体财产事项由集体经济组织的成员决定，门槛不同。"
    )
    matter = forms.ChoiceField(
        label="类别（村民事项才选）",
        choices=Matter.choices,
        initial=Matter.OTHER,
        help_text="前六类由村民会议决定，村民代表会议要经授权。",
    )
    group: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="村民小组（小组事项才选）", required=False, empty_label="不是小组的，或者不在这里"
    )
    group_name = forms.CharField(
        label="村民小组（小组事项才填）", max_length=32, required=False, help_text="例如：第三村民小组。"
    )

    def __init__(self, *args: Any, groups: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        if groups:
            self.fields["group_name"].label = "没有登记的村民小组"
        else:
            del self.fields["group"]


class NewMatterForm(MatterForm):
    village = forms.ModelChoiceField(Village.objects.none(), label="村")
    field_order = ("village",)

    def __init__(self, *args: Any, villages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["village"]
        field.queryset = villages  # type: ignore[attr-defined]
        if len(villages) == 1:
            field.initial = villages[0]


class MatterChangeForm(MatterForm):
    version = forms.IntegerField(widget=forms.HiddenInput())


class StepForm(forms.Form):
    """A sitting of the step that is due; what the body does not need is left out."""

    stage = forms.IntegerField(widget=forms.HiddenInput())
    vote = forms.ChoiceField(
        label="用会议记录里的表决",
        required=False,
        help_text="选了以后，日期、人数、票数都从会议记录里来，下面不用再填。",
    )
    body = forms.ChoiceField(label="会议")
    held_on = forms.DateField(label="日期", widget=DateInput(), required=False)
    place = forms.CharField(label="地点", max_length=100, required=False)
    chair = forms.CharField(label="主持人", max_length=32, required=False)
    notified_on = forms.DateField(label="哪天通知的", widget=DateInput(), required=False)
    counted_by = forms.ChoiceField(
        label="到会怎样算", choices=[("", "请选"), *CountedBy.choices], required=False
    )
    whole = _number("全体成员", "含未成年的。成员大会要全体成员三分之二以上同意。")
    expected = _number("应到")
    present = _number("实到")
    in_favour = _number("赞成")
    against = _number("反对")
    abstained = _number("弃权")
    authorization = forms.CharField(
        label="村民会议的授权",
        max_length=100,
        required=False,
        help_text="村民代表会议决定六类事项的才填，例如：2026年3月5日村民会议授权。",
    )
    names = forms.CharField(
        label="参会人员", max_length=500, required=False, help_text="人少的写姓名；人多的不写，另附签到表。"
    )
    from_township = forms.CharField(
        label="乡镇参会人员", max_length=100, required=False, help_text="没有的不写。这两项不公开。"
    )
    merged = forms.BooleanField(label="第一、二步合在这次会上办", required=False)
    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        due: Stage,
        kind: Kind,
        votes: Sequence[PartyVote] = (),
        may_merge: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **{"initial": {"stage": int(due)}, **options})
        bodies = bodies_of(due, kind)
        self.fields["body"].choices = [(body.value, body.label) for body in bodies]  # type: ignore[attr-defined]
        chosen = [("", "不用，自己填"), *((str(vote.pk), vote.label) for vote in votes)]
        self.fields["vote"].choices = chosen  # type: ignore[attr-defined]
        for name in self._not_needed(bodies, votes, may_merge=may_merge):
            del self.fields[name]

    @staticmethod
    def _not_needed(bodies: Sequence[Body], votes: Sequence[PartyVote], *, may_merge: bool) -> list[str]:
        needed = {
            "vote": bool(votes),
            "counted_by": bool(TWO_WAYS & set(bodies)),
            "whole": Body.MEMBERS in bodies,
            "notified_on": bool({Body.VILLAGERS, Body.MEMBERS} & set(bodies)),
            "authorization": Body.REPRESENTATIVES in bodies,
            "merged": may_merge,
        }
        return [name for name, is_needed in needed.items() if not is_needed]

    def clean(self) -> dict[str, Any]:
        """What no record gives has to be typed."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("vote"):
            for name in ("held_on", "place", "chair", "expected", "present", "in_favour"):
                if said.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, "请填这一项。")
        return said

    def sitting(self) -> Sitting:
        said = self.cleaned_data
        body = Body(said["body"])
        by_two_ways = body in TWO_WAYS
        count = Count(
            **{name: said.get(name) or 0 for name in HEADS},
            whole=said.get("whole") if body is Body.MEMBERS else None,
            counted_by=said.get("counted_by", "") if by_two_ways else "",
            notified_on=said.get("notified_on"),
        )
        return Sitting(
            body=body,
            held_on=said["held_on"] or today(),
            place=said["place"],
            chair=said["chair"],
            count=count,
            authorization=said.get("authorization", "") if body is Body.REPRESENTATIVES else "",
            note=said["note"],
            names=said["names"],
            from_township=said["from_township"],
            vote=int(said["vote"]) if said.get("vote") else None,
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200, widget=_LINES)


class ResultForm(forms.Form):
    on = forms.DateField(label="完成日期", widget=DateInput(), initial=today)
    words = forms.CharField(label="实施结果", widget=_WORDS, help_text="做成了什么、花了多少钱、谁验收的。")


class PlanForm(forms.Form):
    title = forms.CharField(label="项目", max_length=100)
    budget = _money("预算（元）")


class ShareForm(forms.Form):
    """One source of money or labour; an empty row is left out."""

    means = forms.ChoiceField(label="筹什么", choices=[("", "不填"), *Means.choices], required=False)
    basis = forms.ChoiceField(label="怎样算", choices=Basis.choices, initial=Basis.TOTAL)
    rate = forms.DecimalField(
        label="标准或金额", min_value=0, max_digits=14, decimal_places=2, required=False
    )
    units = forms.IntegerField(label="人数或户数", min_value=1, initial=1, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("means") and said.get("rate") is None and "rate" not in self.errors:
            self.add_error("rate", "请填标准或金额。")
        return said

    def share(self) -> Share | None:
        said = self.cleaned_data
        if not said.get("means"):
            return None
        units = 1 if said["basis"] == Basis.TOTAL else said["units"] or 1
        return Share(said["means"], said["basis"], said["rate"], units)


ShareFormSet = forms.formset_factory(ShareForm, extra=3, max_num=8)


class ContractForm(forms.Form):
    tender = forms.ChoiceField(label="发包方式", choices=Tender.choices)
    party = forms.CharField(label="承包方", max_length=100)
    price = _money("合同价（元）")
    on = forms.DateField(label="签合同日期", widget=DateInput(), initial=today)


class AcceptanceForm(forms.Form):
    on = forms.DateField(label="验收日期", widget=DateInput(), initial=today)
    names = forms.CharField(label="验收的人", max_length=200, help_text="村两委、监委会、村民代表里的谁。")
    opinion = forms.CharField(label="验收结论", max_length=300, widget=_LINES)


class SettlementForm(forms.Form):
    price = _money("结算价（元）")
    on = forms.DateField(label="结算日期", widget=DateInput(), initial=today)
    reason = forms.CharField(
        label="和合同价不同的原因", max_length=200, required=False, help_text="和合同价一样的不用填。"
    )


class PaymentForm(forms.Form):
    amount = _money("这次付多少（元）")
    on = forms.DateField(label="付款日期", widget=DateInput(), initial=today)


PHASE_FORMS: dict[str, type[forms.Form]] = {
    "contract": ContractForm,
    "acceptance": AcceptanceForm,
    "settlement": SettlementForm,
    "payment": PaymentForm,
}
