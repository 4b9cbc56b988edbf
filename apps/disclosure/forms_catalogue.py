"""Forms of the yearly catalogue, of what is added to it, and of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.widgets import Chips, DateInput
from apps.disclosure.catalogue import (
    AUDIENCE_CHOICES,
    CHANNELS,
    GROUPS,
    KINDS,
    PUBLISHERS,
    RHYTHM_CHOICES,
    Audience,
    Item,
)
from apps.disclosure.services import Asked
from apps.organizations.models import Village


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class YearForm(forms.Form):
    """For which year a catalogue is begun."""

    year = forms.TypedChoiceField(label="年度", coerce=int)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        year = today().year
        self.fields["year"].choices = [(each, f"{each}年") for each in (year, year + 1)]  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """From when a catalogue counts."""

    since = forms.DateField(
        label="从哪一天算起",
        widget=DateInput(),
        help_text="第一次使用平台的，从这天以后结束的期间才要求公开；年中才开始用的写开始的那一天。",
    )


class TextForm(forms.Form):
    """What a county may change of an item: see `rules.item_fault`."""

    points = forms.CharField(
        label="内容要点", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    rhythm = forms.ChoiceField(
        label="时限", choices=RHYTHM_CHOICES, help_text="只能定得更勤：一般事项至少每季度一次。"
    )
    channels = forms.MultipleChoiceField(
        label="渠道", choices=_pairs(CHANNELS), widget=Chips(), help_text="公开栏一定要有。"
    )
    masked = forms.CharField(
        label="不能公开的", max_length=200, required=False, help_text="只能增加，用顿号隔开。"
    )
    audience = forms.ChoiceField(label="公开范围", choices=AUDIENCE_CHOICES, initial=Audience.PUBLIC)

    def __init__(self, *args: Any, item: Item | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if item and not item.is_party:  # what the law has published is for everybody
            del self.fields["audience"]

    def clean_channels(self) -> str:
        return "、".join(self.cleaned_data["channels"])

    @staticmethod
    def initial_of(item: Item) -> dict[str, Any]:
        return {
            "points": item.points,
            "rhythm": item.rhythm,
            "channels": item.channels.split("、"),
            "masked": item.masked,
            "audience": item.audience,
        }


class OwnItemForm(TextForm):
    """An item of one's own."""

    kind = forms.ChoiceField(
        label="哪一类公开", choices=[(letter, f"{words}公开") for letter, words in KINDS.items()]
    )
    group = forms.ChoiceField(label="类别", choices=_pairs(GROUPS))
    title = forms.CharField(label="公开事项", max_length=60)
    basis = forms.CharField(label="依据", max_length=100, initial="村民会议决定")
    publisher = forms.ChoiceField(label="公开主体", choices=_pairs(PUBLISHERS))
    field_order: tuple[str, ...] = (
        "kind",
        "group",
        "title",
        "points",
        "rhythm",
        "basis",
        "publisher",
        "channels",
        "masked",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != "P":
            cleaned["audience"] = Audience.PUBLIC
        return cleaned


class AddedItemForm(OwnItemForm):
    """What a township or a village adds; with the numbers where villagers asked for it."""

    organization: forms.ModelChoiceField = forms.ModelChoiceField(None, label="加在哪里")
    since = forms.DateField(label="从哪一天算起", widget=DateInput(), initial=today)
    villagers = forms.IntegerField(label="联名的村民", required=False, min_value=0)
    all_villagers = forms.IntegerField(label="全村村民", required=False, min_value=1)
    deputies = forms.IntegerField(label="联名的村民代表", required=False, min_value=0)
    all_deputies = forms.IntegerField(label="全体村民代表", required=False, min_value=1)
    field_order = ("organization", "since", *OwnItemForm.field_order, "audience")

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organization"]
        field.queryset = places  # type: ignore[attr-defined]
        if len(places) == 1:
            field.initial = places[0]

    def told(self) -> dict[str, Any]:
        """The arguments of the service."""
        names = ("villagers", "all_villagers", "deputies", "all_deputies")
        rest = {name: value for name, value in self.cleaned_data.items() if name not in names}
        return {**rest, "asked": Asked(*(self.cleaned_data[name] for name in names))}


class EventForm(forms.Form):
    """What happened in a village that must be made public."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村")
    item = forms.ChoiceField(label="公开事项")
    happened_on = forms.DateField(label="哪一天发生的", widget=DateInput(), initial=today)
    words = forms.CharField(
        label="什么事",
        max_length=200,
        help_text="例如“县道改造征用 3.2 亩”。只在内部看，不要写个人的号码。",
    )

    def __init__(self, *args: Any, villages: Any, items: Iterable[Item], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.fields["item"].choices = [(each.code, f"{each.codes} {each.title}") for each in items]  # type: ignore[attr-defined]
        if len(villages) == 1:
            self.fields["village"].initial = villages[0]


class ReasonOnlyForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200)
