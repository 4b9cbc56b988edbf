"""The chain of a village's publications: each checksum is over its content and the checksum before it. Pure.

Whoever holds the content can compute it again with any SHA-256 tool (the public page of the chain says how).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64
_GROUP = 4
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Link:
    """One publication as the chain sees it."""

    number: int
    content: Mapping[str, Any] | None
    """None where it is held back, because it was withdrawn."""
    checksum: str
    previous: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold, and why."""

    number: int
    sentence: str


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write the content down: UTF-8 JSON, keys sorted, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def checksum(content: Mapping[str, Any], previous: str) -> str:
    """SHA-256 over the previous checksum, a line break, and the content; 64 hexadecimal digits."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(content)).hexdigest()


def holds(content: Mapping[str, Any], previous: str, expected: str) -> bool:
    """Whether the content is still what the checksum was taken of."""
    return checksum(content, previous) == expected


def short(text: str) -> str:
    """The first digits in groups, for paper: "7f3a-91c2-08de"."""
    return "-".join(text[at : at + _GROUP] for at in range(0, _SHOWN, _GROUP))


def breaks(links: Iterable[Link]) -> Iterator[Break]:
    """Everything wrong in a village's chain, given in order of number."""
    previous, expected = FIRST, 1
    for link in links:
        if link.number != expected:
            yield Break(link.number, f"第 {expected} 件不见了。")
        elif link.previous != previous:
            yield Break(link.number, "和上一件接不上。")
        if link.content is not None and not holds(link.content, link.previous, link.checksum):
            yield Break(link.number, "内容和校验码对不上。")
        previous, expected = link.checksum, link.number + 1
