"""Reads: who is to be reminded of what, the robots and the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from apps.accounts.models import User
from apps.calendars.queries import branches_for
from apps.core.access import Person
from apps.figures.duties import Obligation, duties_below, duties_for
from apps.figures.duties.links import done_at, matrix_address, page_of
from apps.figures.queries import tops_for
from apps.organizations.models import Organization
from apps.reminders.digests import Digest, digest_of
from apps.reminders.models import Delivery, Preference, Robot
from apps.reminders.rules import is_time
from apps.reminders.states import DeliveryState, Rhythm

SET_UP = "reminders.set_up"


@dataclass(frozen=True)
class Call:
    """A recipient whose time has come: a person by mail, or a robot."""

    organization: Organization
    digest: Digest
    user: User | None = None
    robot: Robot | None = None


def calls_due(day: date) -> Iterator[Call]:
    """Everybody whose turn it is and for whom there is something to say."""
    for preference in _people(day):
        yield from _call_of_person(preference.user, day)
    for robot in _robots(day):
        digest = digest_below(robot.organization, on=day)
        if digest:
            yield Call(robot.organization, digest, robot=robot)


def _people(day: date) -> list[Preference]:
    """Who left an address and has a turn, as long as letters can be sent at all."""
    if not settings.PARTYBUILD_MAIL:
        return []
    rows = Preference.objects.exclude(email=None).exclude(rhythm=Rhythm.OFF).filter(user__is_active=True)
    last = rows.select_related("user").annotate(last=_last("user__deliveries"))
    return [row for row in last if is_time(row.rhythm, on=day, last=row.last)]


def _robots(day: date) -> list[Robot]:
    rows = Robot.objects.exclude(rhythm=Rhythm.OFF).exclude(webhook=None)
    last = (
        rows.filter(organization__dissolved_on=None)
        .select_related("organization")
        .annotate(last=_last("deliveries"))
    )
    return [row for row in last if is_time(row.rhythm, on=day, last=row.last)]


def _last(deliveries: str) -> Max:
    """When the last digest went out; one that surely did not is no turn, so that the next day has another."""
    went = Q(**{f"{deliveries}__trial": False}) & ~Q(**{f"{deliveries}__state": DeliveryState.FAILED})
    return Max(f"{deliveries}__day", filter=went)


def _call_of_person(user: User, day: date) -> Iterator[Call]:
    places = places_of(user)
    digest = digest_for(user, places, on=day)
    if digest:
        yield Call(places[0], digest, user=user)


def places_of(user: Person) -> list[Organization]:
    """The branches that a secretary keeps, else the tops of what an office looks after."""
    return branches_for(user) or tops_for(user)


def digest_for(user: Person, places: Sequence[Organization], *, on: date) -> Digest | None:
    """What a person's digest says on the day."""
    if not places:
        return None
    is_branch = all(place.is_branch for place in places)
    obligations = [each for place in places for each in _obligations(place, on)]
    name = str(places[0]) if len(places) == 1 else f"{places[0]}等 {len(places)} 个党组织"
    return digest_of(
        obligations,
        place=name,
        within=settings.PARTYBUILD_REMINDER_DAYS,
        link=_at_branches if user.may("meetings.record", places[0].path) else partial(_below, places),
        named=len(places) > 1 or not is_branch,
        settings_href=_absolute(reverse("reminders:own")),
    )


def digest_below(organization: Organization, *, on: date) -> Digest | None:
    """What a group chat is told of its organization."""
    return digest_of(
        _obligations(organization, on),
        place=str(organization),
        within=settings.PARTYBUILD_REMINDER_DAYS,
        link=_at_branches if organization.is_branch else partial(_below, [organization]),
        named=not organization.is_branch,
    )


def _obligations(place: Organization, on: date) -> list[Obligation]:
    return duties_for(place, on=on) if place.is_branch else duties_below(place.pk, on=on)


def _at_branches(matter: Sequence[Obligation]) -> str:
    """Where the branch does it; of several branches the first screen."""
    return _absolute(done_at(matter[0]) if _is_of_one(matter) else reverse("home:home"))


def _below(places: Sequence[Organization], matter: Sequence[Obligation]) -> str:
    """One organization's duty with its rule and records, or the matrix of whom it is open with."""
    if _is_of_one(matter):
        return _absolute(page_of(matter[0]))
    place = next(place for place in places if matter[0].unit.path.startswith(place.path))
    return _absolute(matrix_address(place.pk, matter[0]))


def _is_of_one(matter: Sequence[Obligation]) -> bool:
    return len({each.unit.id for each in matter}) == 1


def _absolute(path: str) -> str:
    return f"{settings.PARTYBUILD_SITE}{path}"


def preference_of(user: Person) -> Preference:
    """The person's settings; a new one, not saved, when they never set any."""
    found = Preference.objects.filter(user_id=user.pk).first()
    return found or Preference(user_id=user.pk)


def robots_for(user: Person) -> QuerySet[Robot]:
    """The robots at work that the user may set up, by organization."""
    rows = Robot.objects.visible_to(user).exclude(webhook=None)
    return rows.select_related("organization").order_by("organization__path")


def robot_of(organization: Organization) -> Robot | None:
    """The organization's robot, at work or stopped."""
    found: Robot | None = Robot.objects.filter(organization=organization).first()
    return found


def organization_for(user: Person, pk: int) -> Organization:
    """The organization whose robot the user may set up; raises Organization.DoesNotExist."""
    found: Organization = Organization.objects.within(user, SET_UP).current().get(pk=pk)
    return found


def places_without_robot(user: Person) -> list[Organization]:
    """The tops of the user's scope that have none yet."""
    roots = user.scope_for(SET_UP).roots
    rows = Organization.objects.within(user, SET_UP).current().filter(robot__webhook=None)
    return list(rows.filter(Q(path__in=roots) | Q(parent=None)).order_by("path"))


def deliveries_for(user: Person) -> QuerySet[Delivery]:
    """What went out in the user's scope, newest first."""
    rows: QuerySet[Delivery] = Delivery.objects.visible_to(user)
    return rows.select_related("organization", "user", "robot__organization")


def waiting(now: datetime) -> list[int]:
    """The deliveries whose next try has come."""
    rows = Delivery.objects.filter(state=DeliveryState.QUEUED, try_at__lte=now)
    return list(rows.order_by("pk").values_list("pk", flat=True))
