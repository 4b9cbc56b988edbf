"""How party organizations are called for short. Pure."""

from __future__ import annotations

import re

_COUNTY_OF = re.compile(r"^(?:中国共产党|中共)?(.+?)(?:委员会|党委|委)?$")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_BODY = re.compile(r"(?:工作委员会|委员会|党工委|工委|党委)$")


def county_name(committee: str) -> str:
    """The county whose party committee this is: 中国共产党清源县委员会 is that of 清源县."""
    found = _COUNTY_OF.match(committee)
    return found.group(1) if found else committee


def short_label(name: str, *, county: str, is_township: bool) -> str:
    """How tables call it: 中共清源县河口镇委员会 is 河口镇, 中共清源县教育局党委 is 县教育局党委."""
    label = _PARTY.sub("", name)
    if county and label.startswith(county) and label != county:
        label = label.removeprefix(county) if is_township else county[-1] + label.removeprefix(county)
    return (_BODY.sub("", label) or label) if is_township else label


def whole(name: str) -> str:
    """The word for all of a place: 全县, 全镇; of a body that is no place, 全系统."""
    for ending in ("街道", "县", "区", "市", "旗", "镇", "乡"):
        if name.endswith(ending):
            return f"全{ending}"
    return "全系统"
