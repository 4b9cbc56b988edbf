"""Error pages that are drawn whatever has failed."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html

_BARE = (
    '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{0}</title></head>'
    "<body><main><h1>{0}</h1><p>{1}</p></main></body></html>"
)


def error_page(template: str, context: dict[str, Any], *, title: str, sentence: str) -> str:
    """The page, or only its words where its stylesheet has no address, since nothing was collected."""
    try:
        return render_to_string(template, context)
    except ValueError:
        return format_html(_BARE, title, sentence)
