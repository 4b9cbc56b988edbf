"""What somebody entered about a meeting, as values that form, API and commands make and services take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from apps.core.calendar import CHINA
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Voting

# Fields of words that entry, form and record call the same.
PLAIN = ("place", "topic", "lecturer", "guests", "minutes", "late_reason")
LONGEST_PAPER = 100
LONGEST_REMARK = 250  # one writes 100 at most: what two wrote is kept together


@dataclass(frozen=True)
class CandidateEntry:
    """One person of an election and their votes; `on_ballot` is False for a name that voters wrote in."""

    name: str
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    on_ballot: bool = True


@dataclass(frozen=True)
class ResolutionEntry:
    """One decision; `in_favour` None means: everybody present with a vote who did not vote otherwise.

    Of an election the candidates have the votes; papers that nobody counted were handed to everybody
    present and came back. `about` is the one person of an admission; `discussed_in_id` the committee's
    meeting before (MEET-15).
    """

    text: str
    matter: Matter = Matter.ORDINARY
    voting: Voting = Voting.HANDS
    in_favour: int | None = None
    against: int = 0
    abstained: int = 0
    written_in_favour: int = 0
    responsible: str = ""
    due_on: date | None = None
    dissent: str = ""
    about: str = ""
    discussed_in_id: int | None = None
    seats: int | None = None
    ballots_issued: int | None = None
    ballots_returned: int | None = None
    ballots_void: int | None = None
    candidates: tuple[CandidateEntry, ...] = ()


@dataclass(frozen=True)
class ExclusionEntry:
    """Why somebody is not counted among those expected, with both papers (MEM-43)."""

    category: str
    paper: str = ""
    agreed_on: date | None = None

    @property
    def is_complete(self) -> bool:
        return bool(self.category and self.paper and self.agreed_on)


@dataclass(frozen=True)
class TaskEntry:
    """Something that somebody is to do, without a vote."""

    text: str
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class FollowUpEntry:
    """What the meeting heard of a task that an earlier one gave."""

    outcome: str
    remark: str = ""


@dataclass(frozen=True)
class MeetingEntry:
    """One gathering as entered, complete or not.

    `absences` maps a member to why they were not there ("" while nobody has said); `late` are those who
    came after the beginning; `followups` maps an earlier meeting's task to what was heard of it;
    `chosen` is who belongs to it, heard only where no list says so (a committee without seats, a talk);
    `listed` are the members whom the page showed, None when nobody looked at a list;
    `life_year` is the year that a life meeting was said to belong to (MEET-07).
    """

    kinds: tuple[Kind, ...]
    held_at: datetime
    ended_at: datetime | None = None
    group_id: int | None = None
    place: str = ""
    topic: str = ""
    host_id: int | None = None
    recorder_id: int | None = None
    lecturer: str = ""
    guests: str = ""
    minutes: str = ""
    late_reason: str = ""
    life_year: int | None = None
    absences: Mapping[int, str] = field(default_factory=dict)
    late: frozenset[int] = frozenset()
    exclusions: Mapping[int, ExclusionEntry] = field(default_factory=dict)
    chosen: frozenset[int] = frozenset()
    listed: frozenset[int] | None = None
    resolutions: tuple[ResolutionEntry, ...] = ()
    tasks: tuple[TaskEntry, ...] = ()
    followups: Mapping[int, FollowUpEntry] = field(default_factory=dict)

    @property
    def held_on(self) -> date:
        return self.held_at.astimezone(CHINA).date()

    @property
    def has_words(self) -> bool:
        """Whether there is anything that would be missed if it were lost."""
        said = (
            self.topic,
            self.minutes,
            self.resolutions,
            self.absences,
            self.tasks,
            self.followups,
            self.late,
        )
        return any(said)


@dataclass(frozen=True)
class Edit:
    """From where an entry comes: the record's key, the version it was based on, the open page."""

    client_key: UUID
    version: int = 0
    page: UUID | None = None
