"""The documentation page of the API, drawn from its schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
    "object": "对象",
    "array": "列表",
}
FORMATS = {"date": "日期", "date-time": "时间", "uuid": "编号", "binary": "文件", "decimal": "小数"}


@dataclass(frozen=True)
class Line:
    """A parameter or a field of an answer."""

    name: str
    kind: str
    note: str
    is_required: bool = False


@dataclass(frozen=True)
class Operation:
    method: str
    address: str
    summary: str
    description: str
    parameters: tuple[Line, ...]
    fields: tuple[Line, ...]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "home/api_docs.html",
        {"operations": operations(), "base": request.build_absolute_uri("/")[:-1]},
    )


@cache
def operations() -> tuple[Operation, ...]:
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return tuple(
        _operation(method, address, found, schema)
        for address, methods in schema["paths"].items()
        for method, found in methods.items()
    )


def _operation(method: str, address: str, found: dict[str, Any], schema: dict[str, Any]) -> Operation:
    parameters = (_line(each["name"], each["schema"], schema, each) for each in found.get("parameters", []))
    return Operation(
        method=method.upper(),
        address=address,
        summary=found.get("summary", ""),
        description=found.get("description", ""),
        parameters=(*parameters, *_fields(found.get("requestBody", {}), schema)),
        fields=tuple(_fields(found["responses"].get("200", {}), schema)),
    )


def _fields(answer: dict[str, Any], schema: dict[str, Any]) -> Iterator[Line]:
    """The fields of one row of the answer, whether it comes alone, in a list or on a page."""
    contents: list[dict[str, Any]] = list(answer.get("content", {}).values())
    body = contents[0].get("schema", {}) if contents else {}
    row = _resolved(body, schema)
    row = _resolved(row.get("properties", {}).get("results", row), schema)
    row = _resolved(row.get("items", row), schema)
    for name, field in row.get("properties", {}).items():
        yield _line(name, field, schema, field)


def _line(name: str, field: dict[str, Any], schema: dict[str, Any], about: dict[str, Any]) -> Line:
    whole = _resolved(field, schema)
    note = about.get("description") or field.get("title") or whole.get("title") or ""
    return Line(name, _kind(field, schema), _in_one_line(note), about.get("required") is True)


def _kind(field: dict[str, Any], schema: dict[str, Any]) -> str:
    whole = _resolved(field, schema)
    if "items" in whole:
        return f"{_kind(whole['items'], schema)}的列表"
    if "enum" in whole:
        return "、".join(str(value) for value in whole["enum"] if value not in ("", None))
    inner = ", ".join(whole["properties"]) if "properties" in whole else ""
    kind: str = FORMATS.get(whole.get("format", "")) or TYPES.get(whole.get("type", "string"), "")
    return f"{kind}（{inner}）" if inner else kind


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference points to."""
    for several in ("allOf", "oneOf", "anyOf"):
        if several in part:
            part = part[several][0]
    while "$ref" in part:
        part = schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[-1]]
    return part


def _in_one_line(text: str) -> str:
    """Choices come as a list in Markdown: a line each."""
    return "；".join(line.strip("* ").replace("`", "") for line in str(text).splitlines() if line.strip())
