"""What follows from a petitioner's word, until when one answers, and what gives a petitioner away. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.opinions.states import Satisfaction

# Of a number, so many digits in a row are taken for it.
TELLING_DIGITS = 5
_SPACE = re.compile(r"\s+")
_NO_DIGIT = re.compile(r"\D+")


def due_on(since: datetime.date, days: int) -> datetime.date:
    """The last day for an answer; the day of receipt does not count (handbook 0.3)."""
    return since + datetime.timedelta(days=days)


def after_asking(said: str, *, township_answered: bool, was_returned: bool) -> str:
    """Where an answered opinion goes: unsatisfied once back to the village, twice to the township (VAD-13).

    After the township there is nobody in this system to pass it to: it is closed as it stands.
    """
    if said != Satisfaction.NOT or township_answered:
        return "close"
    return "pass_on" if was_returned else "return"


@dataclass(frozen=True, slots=True)
class Petitioner:
    """Whom nobody outside may recognize; empty where nothing is known, or nothing is kept any more."""

    name: str = ""
    contact: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.name or self.contact)

    def given_away_by(self, text: str) -> str:
        """ "姓名", "联系方式" or "": what of the petitioner stands in a text."""
        bare = _SPACE.sub("", text)
        if self.name and _SPACE.sub("", self.name) in bare:
            return "姓名"
        return "联系方式" if self._has_contact(bare) else ""

    def _has_contact(self, bare: str) -> bool:
        digits = _NO_DIGIT.sub("", self.contact)
        if len(digits) >= TELLING_DIGITS:
            return digits in _NO_DIGIT.sub("", bare)
        contact = _SPACE.sub("", self.contact)
        return len(contact) > 1 and contact in bare


NOBODY = Petitioner()


def place_given_away(texts: Sequence[tuple[str, str]], petitioner: Petitioner) -> str:
    """ "公布的问题里有反映人的姓名" or "" """
    for place, text in texts:
        if what := petitioner.given_away_by(text):
            return f"{place}里有反映人的{what}"
    return ""
