"""The form of a record as it is drawn: tiles, the sentence on who came, the ruling beside each decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from apps.core.calendar import add_months
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.meetings import rules
from apps.meetings.assessment import (
    Assessment,
    Judged,
    assess,
    is_late,
    with_the_rest_in_favour,
)
from apps.meetings.closing import cut_off_of
from apps.meetings.entries import MeetingEntry, ResolutionEntry
from apps.meetings.forms import ResolutionForm
from apps.meetings.kinds import Kind
from apps.meetings.models import AbsenceReason
from apps.meetings.rolls import Expected, Roll
from apps.meetings.rules import Circle
from apps.organizations.models import Organization
from apps.regulations.settings import CountySettings
from apps.regulations.table import rows_of

MONTHS_TO_CARRY_OUT = 1


@dataclass(frozen=True)
class Tile:
    """A name to tap; the reason of somebody away is filled in before anybody taps."""

    id: int
    name: str
    absent: bool
    reason: str
    post: str


@dataclass(frozen=True)
class Words:
    """A sentence with its colour and, where a rule decided, where that is written."""

    sentence: str
    state: str = ""
    title: str = ""
    document: str = ""
    article: str = ""
    rule: str = ""
    href: str = ""


@dataclass(frozen=True)
class Item:
    """One decision on the form; without a ruling until it says something."""

    form: ResolutionForm
    counts_written: bool = False
    ruling: Words | None = None


@dataclass(frozen=True)
class Sheet:
    """Everything on the form that the server computes; `asked` are the parts that these kinds need."""

    asked: tuple[str, ...]
    circle: str
    life_years: tuple[tuple[int, bool], ...]
    """The years to which the life meeting may belong, and which of them is chosen."""
    late_words: str
    deviation: str
    tiles: tuple[Tile, ...]
    nobody: str
    standing: Words
    resolutions: tuple[Item, ...]

    @property
    def listed(self) -> str:
        return ",".join(str(tile.id) for tile in self.tiles)


def sheet_of(
    entry: MeetingEntry,
    roll: Roll,
    branch: Organization,
    *,
    handed_in: date,
    forms: tuple[list[ResolutionForm], list[ResolutionForm]] = ([], []),
) -> Sheet:
    """`forms` are all resolution forms and those of them that say something, which the entry holds."""
    assessed = assess(entry, roll)
    everything, told = forms
    judged = dict(zip(map(id, told), assessed.judged, strict=True))
    return Sheet(
        asked=_asked(assessed, handed_in),
        circle=str(roll.circle or ""),
        life_years=_life_years(entry, roll.own),
        late_words=_late_words(entry, roll.own),
        deviation=_deviation(entry, branch, roll.own),
        tiles=tuple(_tile(one, assessed) for one in roll.people),
        nobody=_nobody(roll),
        standing=_standing(assessed),
        resolutions=tuple(_item(form, judged.get(id(form)), entry.held_on) for form in everything),
    )


def _asked(assessed: Assessment, handed_in: date) -> tuple[str, ...]:
    entry = assessed.entry
    wanted = {
        "group": Kind.GROUP_MEETING in entry.kinds,
        "lecturer": Kind.LESSON in entry.kinds,
        "chosen": assessed.roll.must_choose,
        "life_year": len(_life_years(entry, assessed.roll.own)) > 1,
        "late": is_late(entry, handed_in, assessed.roll.own),
    }
    return tuple(name for name, needed in wanted.items() if needed)


def _life_years(entry: MeetingEntry, own: CountySettings) -> tuple[tuple[int, bool], ...]:
    if Kind.LIFE_MEETING not in entry.kinds:
        return ()
    return tuple(
        (year, year == entry.life_year) for year in rules.life_years(entry.held_on, own.on(entry.held_on))
    )


def _late_words(entry: MeetingEntry, own: CountySettings) -> str:
    month = Month.of(entry.held_on)
    end = cut_off_of(month, own)
    return f"{month.label}的月报到 {end.month}月{end.day}日截止，这次算补录：照样收，请写一句原因。"


def _deviation(entry: MeetingEntry, branch: Organization, own: CountySettings) -> str:
    if Kind.THEME_DAY not in entry.kinds:
        return ""
    return rules.deviation_note(entry.held_on, branch.fixed_theme_day, own.on(entry.held_on))


def _tile(one: Expected, assessed: Assessment) -> Tile:
    absent = one.id in assessed.absent
    usual = AbsenceReason.AWAY if one.is_mobile else ""
    reason = assessed.absent.get(one.id) or str(usual)
    shown = "" if assessed.roll.circle is Circle.COMMITTEE else one.without_vote
    return Tile(one.id, one.name, absent, reason, shown)


def _nobody(roll: Roll) -> str:
    if not roll.has_committee:
        return "本支部正式党员不足 7 人，不设支委会；有事请开党员大会（MEET-04）。"
    if roll.circle is Circle.GROUP:
        return "请先选是哪个党小组。"
    if roll.must_choose:
        return "请先在上面点出参加的人。"
    return "这一天支部名册里没有党员。"


def _standing(assessed: Assessment) -> Words:
    clash = _clash(assessed.entry)
    if clash:
        return Words(clash, "bad")
    count = f"应到 {assessed.expected}，实到 {assessed.present}。"
    if assessed.quorum is None or not assessed.expected:
        expected, present = assessed.voters
        return Words(
            f"有表决权 {expected} 人，到会 {present} 人。", "good" if assessed.present else "", count
        )
    return Words(assessed.quorum.sentence, "good" if assessed.quorum.valid else "bad", count)


def _clash(entry: MeetingEntry) -> str:
    """Why these kinds cannot be one gathering; empty when they can."""
    try:
        rules.circle_of(entry.kinds)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _item(form: ResolutionForm, judged: Judged | None, day: date) -> Item:
    if judged is None:
        return Item(form)
    return Item(form, judged.counts_written, ruling_words(judged, day))


def ruling_words(judged: Judged, day: date) -> Words:
    """The rules' answer to one decision."""
    if judged.ruling is None:
        refusal = judged.refusal
        sentence = refusal.sentence if refusal else ""
        return with_source(sentence, "warn", (refusal.rule or "") if refusal else "", day)
    state = "good" if judged.ruling.passed else "bad"
    return with_source(judged.ruling.sentence, state, judged.ruling.rule, day)


def with_source(sentence: str, state: str, rule: str, day: date) -> Words:
    """The sentence with the document and article in which its rule stands."""
    row = next((row for row in rows_of(rule) if row.is_in_force(day)), None) if rule else None
    if row is None:
        return Words(sentence, state)
    href = reverse("regulations:detail", args=[rule])
    return Words(
        sentence,
        state,
        document=row.source.document,
        article=row.source.article,
        rule=rule,
        href=href,
    )


def initial_of(entry: MeetingEntry) -> dict[str, Any]:
    """The form's first values from an entry."""
    return {
        "kinds": [str(kind) for kind in entry.kinds],
        "held_on": entry.held_on,
        "begins": entry.held_at.time(),
        "ends": entry.ended_at.time() if entry.ended_at else None,
        "group": entry.group_id,
        "host": entry.host_id,
        "recorder": entry.recorder_id,
        "chosen": sorted(entry.chosen),
        "place": entry.place,
        "topic": entry.topic,
        "lecturer": entry.lecturer,
        "guests": entry.guests,
        "minutes": entry.minutes,
        "late_reason": entry.late_reason,
    }


def resolutions_initial(entry: MeetingEntry, voters_present: int) -> list[dict[str, Any]]:
    """The decisions' first values; a number that says only "the rest in favour" stays unsaid."""
    return [_resolution_initial(one, voters_present) for one in entry.resolutions]


def _resolution_initial(one: ResolutionEntry, voters_present: int) -> dict[str, Any]:
    unsaid = with_the_rest_in_favour(_without_number(one), voters_present).in_favour
    return {
        "text": one.text,
        "matter": str(one.matter),
        "voting": str(one.voting),
        "in_favour": None if one.in_favour == unsaid else one.in_favour,
        "against": one.against or None,
        "abstained": one.abstained or None,
        "written_in_favour": one.written_in_favour or None,
        "responsible": one.responsible,
        "due_on": one.due_on,
    }


def _without_number(one: ResolutionEntry) -> ResolutionEntry:
    return ResolutionEntry(one.text, against=one.against, abstained=one.abstained)


def new_resolution(entry: MeetingEntry, names: Mapping[int, str]) -> dict[str, str]:
    """What a further decision is filled in with: the host sees to it within a month."""
    due = add_months(entry.held_on, MONTHS_TO_CARRY_OUT)
    return {
        "matter": "ordinary",
        "voting": "hands",
        "responsible": names.get(entry.host_id or 0, ""),
        "due_on": due.isoformat(),
    }
