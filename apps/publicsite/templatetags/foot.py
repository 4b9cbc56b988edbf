"""Who runs the site, at the foot of every page (WEB-05)."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.conf import settings

register = template.Library()


class Note(NamedTuple):
    """ "备案号", "新ICP备00000000号", and where that leads, "" for nowhere."""

    title: str
    text: str
    address: str


@register.simple_tag
def foot_notes() -> list[Note]:
    """As the county has set them, in its order."""
    return [_note(title, said) for title, said in settings.PARTYBUILD_PUBLIC_FOOT.items()]


def _note(title: str, said: str | list[str]) -> Note:
    text, address = (said, "") if isinstance(said, str) else said
    return Note(title, text, address)
