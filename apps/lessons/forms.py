"""Forms of topics, lecturers and evaluations, and what the lists ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.widgets import ChoiceChips, DateInput
from apps.lessons.models import Lecturer, OfferedQuerySet, Topic
from apps.lessons.rules import SLOTS, Grade, Point
from apps.organizations.models import OrganizationQuerySet
from apps.organizations.years import YearForm

USUAL_DAYS = 7
GIVEN = [("", "全部"), ("yes", "讲过的"), ("no", "还没有讲的")]
KINDS = [("", "全部"), ("branch", "党支部书记"), ("committee", "党委、党总支书记")]
REACHED = [("", "全部"), ("yes", "够了的"), ("no", "还不够的")]


class SecretariesForm(YearForm):
    """The list of secretaries with their lessons."""

    kind = forms.ChoiceField(label="哪一级", choices=KINDS, required=False)
    given = forms.ChoiceField(label="今年讲了没有", choices=GIVEN, required=False)


class HoursForm(YearForm):
    """The list of members with their study hours."""

    reached = forms.ChoiceField(label="学时", choices=REACHED, required=False)


class TopicForm(forms.ModelForm[Topic]):
    use_required_attribute = False

    link = forms.URLField(
        label="材料网址",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="材料在网上的，写网址；没有就不填。",
    )

    class Meta:
        model = Topic
        fields = ("organization", "year", "title", "text", "lecturer", "link")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"lecturer": "有现成的讲师就选上；支部按这个题目记党课时，讲课人先填他。"}

    def __init__(
        self, *args: Any, organizations: OrganizationQuerySet, lecturers: OfferedQuerySet, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["lecturer"].queryset = lecturers  # type: ignore[attr-defined]


class LecturerForm(forms.ModelForm[Lecturer]):
    use_required_attribute = False

    member_name = forms.CharField(
        label="党员名册里的姓名",
        max_length=100,
        required=False,
        help_text="是本县党员的填上：支部记党课写他的名字，就记在他名下。",
    )

    class Meta:
        model = Lecturer
        fields = ("organization", "name", "post", "topics", "is_volunteer")
        help_texts = {"topics": "例如：党的创新理论、党史、惠农政策。不登记联系方式。"}

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """Until when answers are taken."""

    closes_on = forms.DateField(label="最后一天", widget=DateInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        usual = {"closes_on": today() + timedelta(days=USUAL_DAYS)}
        super().__init__(*args, **{"initial": usual, **options})


def number(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label})
    return forms.IntegerField(label=label, min_value=0, max_value=9999, widget=widget)


class PapersForm(forms.Form):
    """Totals counted on paper: sixteen numbers and how many papers there were."""

    use_required_attribute = False

    number = number("答卷份数")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for point, grade in SLOTS:
            self.fields[f"{point}-{grade}"] = number(f"{point.label}：{grade.label}")
            self.fields[f"{point}-{grade}"].required = False

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(point.label, [self[f"{point}-{grade}"] for grade in Grade]) for point in Point]

    @property
    def counts(self) -> list[int]:
        """What was typed, nothing meaning none."""
        return [self.cleaned_data.get(f"{point}-{grade}") or 0 for point, grade in SLOTS]


def papers_initial(papers: int, counts: Sequence[int]) -> dict[str, int]:
    names = [f"{point}-{grade}" for point, grade in SLOTS]
    return {"number": papers, **dict(zip(names, counts, strict=False))} if papers else {}


class AnswerForm(forms.Form):
    """Four points, four grades each, and nothing about who answers."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for point in Point:
            self.fields[point] = forms.ChoiceField(
                label=point.label,
                choices=[(grade.value, grade.label) for grade in Grade],
                widget=ChoiceChips(),
                error_messages={"required": "请选一个。"},
            )

    @property
    def said(self) -> dict[Point, Grade]:
        return {point: Grade(self.cleaned_data[point]) for point in Point}
