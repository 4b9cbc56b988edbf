"""The demo county's talks of the year, its topics and lecturers, and what was thought of some lessons."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random

from apps.core.calendar import CHINA
from apps.lessons.models import Answers, Evaluation, Lecturer, Topic
from apps.lessons.rules import Grade, Point, Tally, one_answer
from apps.meetings.kinds import Kind
from apps.meetings.models import Meeting
from apps.members.models import Member, Seat
from apps.organizations.models import Organization
from apps.talks.models import Occasion, Talk

BATCH = 2000
EVALUATED = 12
TALKED = (1.0, 0.8, 0.3)  # how many of its talks a branch has held by now
TOPICS = (
    ("学习党的创新理论", "联系本村的三件实事来讲：一条路、一口井、一项产业。"),
    ("守纪律、讲规矩", "从身边的例子讲起，讲清哪些事不能做、为什么不能做。"),
    ("党员的权利和义务", "党章第三条、第四条，逐条对照自己。"),
)
GUESTS = (
    ("沈若兰", "县委党校教师", "党的创新理论、党史"),
    ("顾长庚", "退休教师", "家乡的红色故事"),
)


def add(
    tree: list[Organization], people: list[Member], seats: list[Seat], today: datetime.date, seed: int
) -> None:
    """The year's talks by chance, which is its own: the rest of the county stays as it is."""
    rng = Random(seed)  # noqa: S311 - the demo must be the same every time
    branches = {row.pk: row for row in tree if row.is_branch}
    here = [member for member in people if member.joined_on.year < today.year]
    Talk.objects.bulk_create(_talks(branches, here, seats, today, rng), batch_size=BATCH)
    _offer(tree, people, today)
    _evaluate(rng, today)


def _talks(
    branches: dict[int, Organization],
    people: list[Member],
    seats: list[Seat],
    today: datetime.date,
    rng: Random,
) -> Iterator[Talk]:
    members: dict[int, list[Member]] = defaultdict(list)
    committees: dict[int, list[int]] = defaultdict(list)
    for member in people:
        members[member.branch_id].append(member)
    for seat in seats:
        committees[seat.term.organization_id].append(seat.member_id)
    for pk, branch in branches.items():
        share = rng.choices(TALKED, (4, 4, 2))[0]
        for one, other in _pairs([member.pk for member in members[pk]], committees[pk]):
            if rng.random() < share:
                yield _talk(branch, one, other, today, rng)


def _pairs(people: list[int], committee: list[int]) -> Iterator[tuple[int, int]]:
    """Everybody whom MEET-10 brings together in a year, once."""
    ordinary = [member for member in people if member not in committee]
    for place, one in enumerate(committee):
        yield from ((one, other) for other in committee[place + 1 :])
    if committee:
        yield from ((committee[place % len(committee)], other) for place, other in enumerate(ordinary))
    yield from zip(ordinary[::2], ordinary[1::2], strict=False)


def _talk(branch: Organization, one: int, other: int, today: datetime.date, rng: Random) -> Talk:
    first, second = sorted((one, other))
    days = (today - today.replace(month=1, day=1)).days
    held_on = today - datetime.timedelta(days=rng.randint(0, days))
    return Talk(
        branch=branch,
        one_id=first,
        other_id=second,
        held_on=held_on,
        occasion=Occasion.LIFE_MEETING if rng.random() < 0.2 else Occasion.ROUTINE,
    )


def _offer(tree: list[Organization], people: list[Member], today: datetime.date) -> None:
    """The county's topics and lecturers, and a member of each township in its pool."""
    county = min(tree, key=lambda row: row.path)
    Topic.objects.bulk_create(
        Topic(organization=county, year=today.year, title=title, text=text) for title, text in TOPICS
    )
    Lecturer.objects.bulk_create(
        Lecturer(organization=county, name=name, post=post, topics=topics, is_volunteer=True)
        for name, post, topics in GUESTS
    )
    Lecturer.objects.bulk_create(_of_townships(tree, people))


def _of_townships(tree: list[Organization], people: list[Member]) -> Iterator[Lecturer]:
    for township in (row for row in tree if row.sector == "township" and not row.is_branch):
        member = next((each for each in people if each.branch.path.startswith(township.path)), None)
        if member:
            yield Lecturer(
                organization=township, name=member.name, post="老支书", member=member, topics="村里的发展"
            )


def _evaluate(rng: Random, today: datetime.date) -> None:
    """Some of last lessons were evaluated by those who heard them; one is still open."""
    lessons = Meeting.objects.filter(counted_kinds__contains=[Kind.LESSON]).order_by("-held_at", "id")[
        :EVALUATED
    ]
    closed_at = datetime.datetime.combine(today, datetime.time(8), CHINA)
    for place, lesson in enumerate(lessons):
        evaluation = Evaluation.objects.create(
            meeting=lesson,
            closes_on=today + datetime.timedelta(days=7),
            closed_at=closed_at if place else None,
        )
        found = sum(_said(rng, 3 + place), Tally())
        Answers.objects.create(evaluation=evaluation, number=found.number, counts=list(found.counts))


def _said(rng: Random, number: int) -> Iterable[Tally]:
    for _ in range(number):
        yield one_answer({point: rng.choices(list(Grade), (12, 5, 2, 1))[0] for point in Point})
