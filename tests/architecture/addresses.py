"""All addresses of the site, by walking the resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

EXAMPLES = {
    "int": "987654321",
    "str": "members.member",
    "slug": "example",
    "uuid": "00000000-0000-0000-0000-000000000000",
}
CONVERTER = re.compile(r"<(?:(?P<kind>[a-z_]+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern: its full name, its path with an example for each argument, and the arguments."""

    name: str
    path: str
    arguments: tuple[str, ...]


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, whole, inner)
        else:
            yield _address(f"{namespace}{pattern.name}", whole)


def _address(name: str, route: str) -> Address:
    path = CONVERTER.sub(lambda found: EXAMPLES.get(found["kind"] or "str", "2026-10"), route)
    return Address(name, "/" + path, tuple(found["name"] for found in CONVERTER.finditer(route)))
