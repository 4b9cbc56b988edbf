"""People's names: one spelling for each (ROST-19), and what they are searched by."""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

DOT = "·"
_DOTS = "•・‧･∙⋅⸱●˙᛫"
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(map(ord, "\t\r\n\u00a0\u3000"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_CLEAN = _NARROW | _SPACES | _INVISIBLE | dict.fromkeys(map(ord, _DOTS), DOT)
_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SPACED_SHORT_NAME = re.compile(rf"{_HAN}(?: *{_HAN}){{1,3}}")
_DOT_BETWEEN_HAN = re.compile(rf"(?<={_HAN}) *[.{DOT}] *(?={_HAN})")

# Surnames whose reading is not the character's usual one (without tones).
_SURNAMES = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "澹台": ("tan", "tai"),
    "单": ("shan",), "仇": ("qiu",), "解": ("xie",), "曾": ("zeng",), "区": ("ou",), "查": ("zha",),
    "朴": ("piao",), "盖": ("ge",), "覃": ("qin",), "乐": ("yue",), "翟": ("zhai",), "缪": ("miao",),
    "召": ("shao",), "折": ("she",), "黑": ("he",), "员": ("yun",), "种": ("chong",), "重": ("chong",),
    "秘": ("bi",), "繁": ("po",), "祭": ("zhai",), "能": ("nai",), "郇": ("xun",), "阚": ("kan",),
    "牟": ("mu",), "佴": ("nai",), "乜": ("nie",), "句": ("gou",), "么": ("yao",), "都": ("du",),
    "薄": ("bo",), "炅": ("gui",), "藏": ("zang",),
}  # fmt: skip


class _Readings(dict[str, str]):
    """The usual reading of each character without tone, worked out the first time it is met."""

    def __missing__(self, character: str) -> str:
        if character.isascii():
            reading = character.lower() if character.isalnum() else ""
        else:
            reading = "".join(lazy_pinyin(character, style=Style.NORMAL, errors="ignore"))
        self[character] = reading
        return reading


_readings = _Readings()


def normalise(name: str) -> str:
    """One spelling of a name: half-width, "·" between parts, no spaces in short names (ROST-19)."""
    name = " ".join(name.translate(_CLEAN).split())
    if " " in name and _SPACED_SHORT_NAME.fullmatch(name):
        name = name.replace(" ", "")
    return _DOT_BETWEEN_HAN.sub(DOT, name)


@lru_cache(maxsize=256)
def syllables(name: str) -> tuple[str, ...]:
    """Readings without tones, the surname read as a surname; characters without a reading are left out."""
    surname = () if DOT in name else _SURNAMES.get(name[:2]) or _SURNAMES.get(name[:1]) or ()
    rest = [_readings[character] for character in name[len(surname) :]]
    return (*surname, *(reading for reading in rest if reading))


def pinyin(name: str) -> str:
    """The whole name in letters, "单小红" -> "shanxiaohong"; u with two dots is written v."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """The first letter of each syllable, "单小红" -> "sxh"."""
    return "".join(reading[0] for reading in syllables(name))


def grams(name: str) -> list[str]:
    """Every character and every two neighbours, each once, without dots and spaces: keys of an array index.

    A name contains a text only if its grams contain all of the text's grams.
    """
    plain = name.replace(DOT, "").replace(" ", "")
    return list(dict.fromkeys([*plain, *(plain[n : n + 2] for n in range(len(plain) - 1))]))
