"""A plain name for a line of the book, for people without accounting. Pure.

The official words stay beside it; nothing is guessed that the words do not say.
"""

from __future__ import annotations

import re

_VERBS = re.compile(r"^(?:支付|支出|付给|付|购买|购置|购|收到|收取|收|上级拨付|拨付)")
_TAILS = re.compile(r"(?:支出|款项)$")
_WORDS = (
    (re.compile(r"村组干部误工补贴"), "村干部误工补贴"),
    (re.compile(r"清淤工钱"), "清淤的工钱"),
    (re.compile(r"发包款"), "承包费"),
    (re.compile(r"村级组织运转经费"), "上级给村里的办公经费"),
    (re.compile(r"公益性岗位劳保用品"), "公益岗位的劳保用品"),
)
_SHORTEST = 2


def plain_name(summary: str) -> str:
    """ "支付水渠清淤工钱" is "水渠清淤的工钱"; what would become too short stays as it is."""
    name = _TAILS.sub("", _VERBS.sub("", summary.strip()))
    for pattern, words in _WORDS:
        name = pattern.sub(words, name)
    return name if len(name) >= _SHORTEST else summary


def item_key(summary: str) -> str:
    """By which lines of two months are the same thing: the plain name without months and numbers."""
    return re.sub(r"[\d一二三四五六七八九十]+月份?|\d+", "", plain_name(summary))
