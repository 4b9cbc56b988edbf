"""The form of a record as it is drawn: tiles, the sentence on who came, the ruling beside each decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.core.errors import Refused
from apps.core.periods import Month
from apps.meetings import rules
from apps.meetings.assessment import (
    Assessment,
    Judged,
    assess,
    is_late,
)
from apps.meetings.closing import cut_off_of
from apps.meetings.decision_forms import ResolutionForm
from apps.meetings.entries import ExclusionEntry, MeetingEntry
from apps.meetings.forms import LATE
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import AbsenceReason
from apps.meetings.rolls import Expected, Roll
from apps.meetings.rules import Circle
from apps.meetings.voting import ADMISSION_MATTERS, ELECTION_MATTERS
from apps.organizations.models import Organization
from apps.regulations.settings import CountySettings
from apps.regulations.table import rows_of


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
    """One decision on the form; without a ruling until it says something.

    `shown` are the parts that its matter needs.
    """

    form: ResolutionForm
    shown: tuple[str, ...] = ("votes",)
    dissents: bool = False
    ruling: Words | None = None
    hints: tuple[Words, ...] = ()


@dataclass(frozen=True)
class ExclusionRow:
    """Somebody absent who may be left out of those expected, and what was said of their papers (MEM-43)."""

    id: int
    name: str
    said: ExclusionEntry


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
    exclusions: tuple[ExclusionRow, ...] = ()

    @property
    def excludable(self) -> str:
        return ",".join(str(row.id) for row in self.exclusions)

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
        exclusions=tuple(_exclusions(assessed)),
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
    late = one.id in assessed.late
    usual = LATE if late else AbsenceReason.AWAY if one.is_mobile else ""
    reason = assessed.absent.get(one.id) or str(usual)
    shown = "" if assessed.roll.circle is Circle.COMMITTEE else one.without_vote
    return Tile(one.id, one.name, absent or late, reason, shown)


def _nobody(roll: Roll) -> str:
    if not roll.has_committee:
        return "本支部正式党员不足 7 人，不设支委会；有事请开党员大会。"
    if roll.circle is Circle.GROUP:
        has_groups = any(one.group_id for one in roll.everybody)
        return "请先选是哪个党小组。" if has_groups else "本支部没有登记党小组；划分了的，请先在平台里登记。"
    if roll.must_choose:
        return "请先在上面点出参加的人。"
    return "这一天支部名册里没有党员。"


def _standing(assessed: Assessment) -> Words:
    clash = _clash(assessed.entry)
    if clash:
        return Words(clash, "bad")
    late = f"（{len(assessed.late)} 人来晚）" if assessed.late else ""
    count = f"应到 {assessed.expected}，实到 {assessed.present}{late}。"
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


def _exclusions(assessed: Assessment) -> Iterator[ExclusionRow]:
    """The absent who have a vote, where such a vote is taken."""
    if not any(judged.entry.matter in rules.MATTERS_WITH_EXCLUSIONS for judged in assessed.judged):
        return
    for one in assessed.roll.people:
        if one.may_vote and one.id in assessed.absent:
            said = assessed.entry.exclusions.get(one.id, ExclusionEntry(""))
            yield ExclusionRow(one.id, one.name, said)


def _item(form: ResolutionForm, judged: Judged | None, day: date) -> Item:
    if judged is None:
        return Item(form, shown=parts_of(form.chosen_matter))
    entry = judged.entry
    return Item(
        form,
        shown=tuple(_shown(judged)),
        dissents=bool(entry.against or entry.abstained or entry.dissent),
        ruling=ruling_words(judged, day),
        hints=tuple(with_source(hint.sentence, "", hint.rule or "", day) for hint in judged.hints),
    )


def parts_of(matter: Matter) -> tuple[str, ...]:
    """Votes or candidates, and of an admission who it is about."""
    if matter in ELECTION_MATTERS:
        return ("election",)
    return ("about", "votes") if matter in ADMISSION_MATTERS else ("votes",)


def _shown(judged: Judged) -> Iterator[str]:
    """What its matter needs; written votes; what the committee said before."""
    yield from parts_of(judged.entry.matter)
    if judged.counts_written:
        yield "written"
    if judged.entry.discussed_in_id or any(hint.field == "discussed_in" for hint in judged.hints):
        yield "before"


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
