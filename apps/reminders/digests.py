"""What a digest says: at most five lines of what is due, each with its rule and a link. Pure.

It names duties, organizations and numbers, never a member.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from apps.figures.duties import Obligation, kind_of
from apps.figures.rules import DutyState

MOST_LINES = 5
Link = Callable[[Sequence[Obligation]], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: what, how late or soon, by which rule, and where to go."""

    sentence: str
    rule: str
    href: str


@dataclass(frozen=True, slots=True)
class Digest:
    """`more` is how many matters found no room."""

    place: str
    lines: tuple[Line, ...]
    more: int
    settings_href: str = ""

    @property
    def title(self) -> str:
        return f"{self.place}：{len(self.lines) + self.more} 项要办的事"

    @property
    def rest(self) -> str:
        return f"另有 {self.more} 项，打开系统看。" if self.more else ""

    @property
    def text(self) -> str:
        """As a letter."""
        lines = [
            f"{number}. {line.sentence}\n   依据：{line.rule}\n   {line.href}"
            for number, line in enumerate(self.lines, 1)
        ]
        foot = f"不想收到，在这里改：{self.settings_href}" if self.settings_href else ""
        return "\n\n".join(part for part in (self.title, *lines, self.rest, foot) if part)

    @property
    def markdown(self) -> str:
        """As the robots of group chats take it."""
        lines = [f"{line.sentence}[{line.rule}]({line.href})" for line in self.lines]
        numbered = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        return "\n\n".join(part for part in (f"**{self.title}**", *numbered, self.rest) if part)


def digest_of(
    obligations: Iterable[Obligation],
    *,
    place: str,
    within: int,
    link: Link,
    named: bool = False,
    settings_href: str = "",
) -> Digest | None:
    """What is overdue, or due within so many days, worst first; None when there is nothing to say.

    `link` leads to a matter: one branch's, or that of many. `named` is whether a single branch must be
    named because the title does not say whose it is.
    """
    matters = sorted(_matters(obligations, within), key=_worst_first)
    if not matters:
        return None
    lines = tuple(_line(matter, link, named) for matter in matters[:MOST_LINES])
    return Digest(place, lines, len(matters) - len(lines), settings_href)


def _matters(obligations: Iterable[Obligation], within: int) -> list[list[Obligation]]:
    """The same duty of the same period, open in one branch or in many."""
    grouped: dict[tuple[str, str, str], list[Obligation]] = {}
    for each in obligations:
        if each.state is DutyState.OVERDUE or (each.state is DutyState.DUE and each.days <= within):
            key = (each.rule.key, str(each.period), each.state.value)
            grouped.setdefault(key, []).append(each)
    return list(grouped.values())


def _worst_first(matter: Sequence[Obligation]) -> tuple[bool, int, str]:
    late = matter[0].state is DutyState.OVERDUE
    days = max(each.days for each in matter)
    return not late, -days if late else days, matter[0].rule.key


def _line(matter: Sequence[Obligation], link: Link, named: bool) -> Line:
    worst = max(matter, key=lambda each: each.days)
    source = worst.rule.source
    return Line(
        sentence=f"{_when(worst)}{_what(matter)}{_who(matter, named)}{_how(worst, matter)}。",
        rule=f"{source.short}{source.article}（{worst.rule.code}）",
        href=link(matter),
    )


def _when(each: Obligation) -> str:
    return each.period.label if each.period else ""


def _what(matter: Sequence[Obligation]) -> str:
    return matter[0].name if len(matter) == 1 else matter[0].what


def _who(matter: Sequence[Obligation], named: bool) -> str:
    """ "：3 个党支部"; nothing for one branch's own matter, whose name stands in the title."""
    if len(matter) > 1:
        return f"：{len(matter)} 个{kind_of(matter)}"
    return f"：{matter[0].unit.name}" if named else ""


def _how(worst: Obligation, matter: Sequence[Obligation]) -> str:
    said = {each.so_far for each in matter}
    so_far = said.pop() if len(said) == 1 else "还没有完成"
    if worst.state is DutyState.OVERDUE:
        return f"{so_far}，{'最久' if len(matter) > 1 else ''}{worst.state_words}，补记也可以"
    return f"{so_far}，{worst.state_words}"
