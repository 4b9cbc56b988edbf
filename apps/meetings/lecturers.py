"""Who gave a lesson: the words on the record, and the member whom they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.names import normalise
from apps.meetings.extensions import lecturers_from_pools
from apps.meetings.models import Meeting
from apps.members.models import Member
from apps.members.queries import expected_members, seated_above
from apps.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who may be meant; `place` is the branch they belong to now."""

    id: int
    name: str
    place: str

    @property
    def with_place(self) -> str:
        return f"{self.name}（{self.place}）"


def candidates_for(branch: Organization, day: date) -> list[Candidate]:
    """The branch's members of the day, who sat in the committees above it, and the pool of lecturers."""
    own = expected_members(branch, day).values_list("pk", flat=True)
    others = {*seated_above(branch, day), *lecturers_from_pools(branch, day)}
    rows = Member.objects.filter(pk__in=[*own, *others]).select_related("branch")
    rows = rows.only("name", "branch__name", "branch__short_name").order_by("pinyin", "id")
    return [Candidate(row.pk, row.name, str(row.branch)) for row in rows]


def written_names(candidates: Sequence[Candidate]) -> list[str]:
    """What the form offers: names, and for those whom several bear, with the place."""
    bearers = Counter(each.name for each in candidates)
    return [each.name if bearers[each.name] == 1 else each.with_place for each in candidates]


def meant_by(words: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Everybody whom the words name exactly, blanks aside; several if they share the name."""
    said = _compact(words)
    return [each for each in candidates if said and said in set(_spellings(each))]


def _spellings(candidate: Candidate) -> Iterator[str]:
    yield _compact(candidate.name)
    yield _compact(candidate.with_place)


def _compact(words: str) -> str:
    return "".join(normalise(words).split())


def lecturer_of(words: str, branch: Organization, day: date) -> int | None:
    """The one member whom the words name; None for somebody from elsewhere and for namesakes."""
    if not words.strip():
        return None
    found = meant_by(words, candidates_for(branch, day))
    return found[0].id if len(found) == 1 else None


def namesakes_of(meeting: Meeting, day: date) -> list[str]:
    """The names with places among which nobody has chosen yet; empty when there is nothing to choose."""
    if meeting.lecturer_member_id or not meeting.lecturer:
        return []
    found = meant_by(meeting.lecturer, candidates_for(meeting.organization, day))
    return [each.with_place for each in found] if len(found) > 1 else []
