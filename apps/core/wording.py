"""What a form says to people, instead of the framework's "确保该变量…": what is wrong and what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators

FIELD_ERRORS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "这一项要填。"},
    forms.IntegerField: {"invalid": "请填整数。"},
    forms.DecimalField: {"invalid": "请填数字。"},
    forms.DateField: {"invalid": "请填日期，例如 2026-10-05。"},
    forms.TimeField: {"invalid": "请填时间，例如 15:00。"},
    forms.DateTimeField: {"invalid": "请填日期和时间，例如 2026-10-05 15:00。"},
    forms.ChoiceField: {"invalid_choice": "“%(value)s”不在可选的范围里，请重新选。"},
    forms.MultipleChoiceField: {"invalid_choice": "“%(value)s”不在可选的范围里，请重新选。"},
    forms.ModelChoiceField: {"invalid_choice": "选的这一项已经没有了，请重新选。"},
    forms.FileField: {
        "invalid": "没有收到文件，请重新选。",
        "missing": "没有收到文件，请重新选。",
        "empty": "这个文件是空的，请换一个。",
    },
}
VALIDATOR_ERRORS: dict[type[validators.BaseValidator], str] = {
    validators.MaxLengthValidator: "最多 %(limit_value)d 个字，现在有 %(show_value)d 个。",
    validators.MinLengthValidator: "至少 %(limit_value)d 个字，现在有 %(show_value)d 个。",
    validators.MaxValueValidator: "不能大于 %(limit_value)s。",
    validators.MinValueValidator: "不能小于 %(limit_value)s。",
}


def speak_plainly() -> None:
    """Give every form field its words; a form's own error_messages still win."""
    for field, errors in FIELD_ERRORS.items():
        field.default_error_messages = {**field.default_error_messages, **errors}
    for validator, sentence in VALIDATOR_ERRORS.items():
        validator.message = sentence


def name_blank_choices(form: forms.BaseForm) -> None:
    """Say what choosing nothing means, instead of a row of dashes."""
    for field in form.fields.values():
        if isinstance(field, forms.TypedChoiceField):
            words = "请选择" if field.required else "没有登记"
            offered: Any = field.choices
            field.choices = [(value, label if value else words) for value, label in offered]
