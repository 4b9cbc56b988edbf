"""Every address of the public side, from its URL configuration: for export, crawls and benches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, reverse

from apps.publicsite import deciding, listing, queries, urls

Arguments = tuple[Any, ...]

# What an address says after the village's code, by the names of its arguments. Some of these addresses have
# nothing to show (a publication without a table has no CSV) and answer 404.
FOR_EACH: dict[tuple[str, ...], Callable[[str], Iterable[Arguments]]] = {
    ("code",): lambda code: [()],
    ("code", "number"): lambda code: ((number,) for number in listing.numbers_in(code)),
    ("code", "number", "name"): listing.files_in,
    ("code", "group"): lambda code: ((group,) for group in listing.groups_in(code)),
    ("code", "year"): lambda code: ((year,) for year in listing.years_in(code)),
    ("code", "part"): lambda code: ((part,) for part in listing.parts_in(code)),
}
# Whatever has the same arguments and means something else by them, by its name.
FOR_EACH_NAMED: dict[str, Callable[[str], Iterable[Arguments]]] = {
    "decision": lambda code: ((number,) for number in deciding.numbers_in(code)),
}
# What answers a question that somebody types: a copy without a server shows the list of villages instead.
ASKING = frozenset({"search", "search_village"})


@dataclass(frozen=True)
class Address:
    """A page or a file of the public side; `place` is its village's code, "" for what belongs to none."""

    name: str
    path: str
    place: str
    is_dated: bool
    """Whether it says something else tomorrow."""


def patterns() -> list[URLPattern]:
    return [pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]


def arguments_of(pattern: URLPattern) -> tuple[str, ...]:
    return tuple(pattern.pattern.converters)


def of_all() -> Iterator[Address]:
    """What belongs to no village."""
    return (_address(pattern) for pattern in patterns() if not arguments_of(pattern))


def of_village(code: str) -> Iterator[Address]:
    for pattern in patterns():
        if arguments_of(pattern):
            each = FOR_EACH_NAMED.get(str(pattern.name)) or FOR_EACH[arguments_of(pattern)]
            yield from (_address(pattern, code, *arguments) for arguments in each(code))


def everything() -> Iterator[Address]:
    yield from of_all()
    for village in queries.villages():
        yield from of_village(village.code)


def _address(pattern: URLPattern, *arguments: Any) -> Address:
    path = reverse(f"public:{pattern.name}", args=arguments)
    is_dated = getattr(pattern.callback, "is_dated", True)
    return Address(str(pattern.name), path, str(arguments[0]) if arguments else "", is_dated)
