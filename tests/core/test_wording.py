"""What forms say when something is wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms

from apps.core.templatetags.figures import grouped


def complaint(field: forms.Field, value: object) -> list[str]:
    with pytest.raises(forms.ValidationError) as raised:
        field.clean(value)
    return raised.value.messages


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (forms.CharField(), "", "这一项要填。"),
        (forms.CharField(max_length=3), "四个字呢", "最多 3 个字，现在有 4 个。"),
        (forms.CharField(min_length=2), "一", "至少 2 个字，现在有 1 个。"),
        (forms.IntegerField(), "三", "请填整数。"),
        (forms.IntegerField(max_value=5), "6", "不能大于 5。"),
        (forms.IntegerField(min_value=0), "-1", "不能小于 0。"),
        (forms.DecimalField(), "三元", "请填数字。"),
        (forms.DateField(), "去年", "请填日期，例如 2026-10-05。"),
        (forms.TimeField(), "下午", "请填时间，例如 15:00。"),
        (forms.DateTimeField(), "昨天", "请填日期和时间，例如 2026-10-05 15:00。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "“b”不在可选的范围里，请重新选。"),
        (forms.MultipleChoiceField(choices=[("a", "甲")]), ["b"], "“b”不在可选的范围里，请重新选。"),
    ],
)
def test_an_error_says_what_to_do(field, value, sentence):
    assert complaint(field, value) == [sentence]


def test_a_forms_own_sentence_wins():
    assert complaint(forms.CharField(error_messages={"required": "请写姓名。"}), "") == ["请写姓名。"]


@pytest.mark.parametrize(
    ("number", "shown"), [(999, "999"), (14375, "14,375"), (Decimal("277993.57"), "277,993.57")]
)
def test_long_numbers_are_grouped(number, shown):
    assert grouped(number) == shown
