"""Figures as the API shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.figures.values import Reading, Unit, Value

VALUE_STATES = [
    ("number", "只是个数"),
    ("complete", "全部完成"),
    ("incomplete", "没有全部完成"),
    ("not_applicable", "不适用（分母是 0）"),
]


class ValueSerializer(serializers.Serializer[Any]):
    """One way of reading a figure."""

    title = serializers.CharField(help_text="例如“完成率”")
    numerator = serializers.IntegerField()
    denominator = serializers.IntegerField(allow_null=True, help_text="只是个数的指标为空")
    state = serializers.ChoiceField(choices=VALUE_STATES)


class UnitSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class ReadingSerializer(serializers.Serializer[Any]):
    """A figure of one organization and all below it in a month."""

    code = serializers.CharField(help_text="指标编号，例如 M01")
    title = serializers.CharField()
    definition = serializers.CharField()
    period = serializers.CharField()
    organization = UnitSerializer()
    values = ValueSerializer(many=True)
    parts = serializers.DictField(child=serializers.IntegerField(), help_text="构成这个指标的各项数目")


def reading_as_json(reading: Reading, period: str) -> dict[str, Any]:
    figure = reading.figure
    return {
        "code": figure.code,
        "title": figure.title,
        "definition": figure.definition,
        "period": period,
        "organization": unit_as_json(reading.unit),
        "values": [_value(way.title, reading.value(number)) for number, way in enumerate(figure.ways)],
        "parts": {part.code: reading.count(part.code) for part in figure.parts},
    }


def unit_as_json(unit: Unit) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name}


def _value(title: str, value: Value) -> dict[str, Any]:
    return {
        "title": title,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "state": state_of(value),
    }


def state_of(value: Value) -> str:
    if value.denominator is None:
        return "number"
    if not value.is_applicable:
        return "not_applicable"
    return "incomplete" if value.missing else "complete"
