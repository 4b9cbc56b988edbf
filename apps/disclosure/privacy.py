"""What must not stand on a public page (PRIV-06), and how it is masked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    IDENTITY = "identity"
    CARD = "card"
    PHONE = "phone"
    HEALTH = "health"
    MINOR = "minor"

    @property
    def label(self) -> str:
        return {
            "identity": "身份证号",
            "card": "银行卡号",
            "phone": "手机号",
            "health": "病情或残疾情况",
            "minor": "未成年人的信息",
        }[self]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in a text something stands that must not be published; `shown` quotes it masked."""

    found: Found
    start: int
    end: int
    shown: str


_GAP = r"[ \-　]?"  # people part long numbers by spaces and dashes
_PATTERNS: tuple[tuple[Found, re.Pattern[str]], ...] = (
    (Found.IDENTITY, re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?!\d)")),
    (Found.CARD, re.compile(rf"(?<!\d)[3-6]\d{{3}}(?:{_GAP}\d){{12,15}}(?!\d)")),
    (Found.IDENTITY, re.compile(r"(?<!\d)[1-9]\d{14}(?!\d)")),
    (Found.PHONE, re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}(?!\d)")),
    (
        Found.HEALTH,
        re.compile(
            r"癌症?|肿瘤|白血病|尿毒症|透析|艾滋|HIV|乙肝|精神病|精神分裂|抑郁症|糖尿病|高血压病|心脏病|脑梗|偏瘫|"
            r"(?:肢体|视力|听力|言语|智力|精神|多重)残疾|残疾[一二三四]级|[一二三四]级残疾|患[^，。；、]{0,8}病"
        ),
    ),
    (Found.MINOR, re.compile(r"未成年|(?<!\d)(?:[1-9]|1[0-3])岁(?!以)|留守儿童[:：]|孤儿[:：]")),
)
_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "x", ord("＋"): "+"}
MASK = "*"


def hits(text: str) -> list[Hit]:
    """Everything in the text that must not be published, in order; nothing is found twice."""
    plain = text.translate(_WIDE)
    found = sorted(_all_hits(plain), key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _all_hits(text: str) -> Iterator[Hit]:
    for found, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Hit(found, match.start(), match.end(), _masked(found, match[0]))


def _masked(found: Found, text: str) -> str:
    """Health and minors are taken out whole; of a number its ends stay, so that the clerk finds it."""
    if found in (Found.HEALTH, Found.MINOR):
        return MASK * 3
    ends = 4 if found is Found.CARD else 3
    return f"{text[:3]}{MASK * 6}{text[-ends:]}"


def masked(text: str) -> str:
    """The text with every hit masked; identity numbers and cards wholly, so that nobody completes them."""
    for hit in reversed(hits(text)):
        text = text[: hit.start] + MASK * 4 + text[hit.end :]
    return text


def sentence(found: list[Hit]) -> str:
    """ "身份证号（990******230）、银行卡号（620******0000）" """
    return "、".join(f"{hit.found.label}（{hit.shown}）" for hit in found)
