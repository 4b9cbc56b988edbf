"""Reads: who is to be reminded of what, the robots and the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from apps.accounts.models import User
from apps.calendars.queries import branches_for, record_of
from apps.core.access import Person
from apps.figures.duties import Obligation, duties_below, duties_for
from apps.figures.queries import tops_for
from apps.figures.rules import DutyState
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
    return Max(f"{deliveries}__day", filter=Q(**{f"{deliveries}__trial": False}))


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
        link=_link_of_branch if is_branch else _link_of_office,
        named=len(places) > 1 or not is_branch,
        settings_href=_absolute(reverse("reminders:own")),
    )


def digest_below(organization: Organization, *, on: date) -> Digest | None:
    """What a group chat is told of its organization."""
    return digest_of(
        _obligations(organization, on),
        place=str(organization),
        within=settings.PARTYBUILD_REMINDER_DAYS,
        link=_link_of_branch if organization.is_branch else _link_of_office,
        named=not organization.is_branch,
    )


def _obligations(place: Organization, on: date) -> list[Obligation]:
    return duties_for(place, on=on) if place.is_branch else duties_below(place.pk, on=on)


def _link_of_branch(each: Obligation) -> str:
    """The form that fulfils it, else the text of the rule."""
    record = record_of(each.unit.code, each)
    return _absolute(record or reverse("regulations:detail", args=[each.rule.code]))


def _link_of_office(each: Obligation) -> str:
    """The list of what is overdue, else the text of the rule."""
    if each.state is DutyState.OVERDUE:
        return _absolute(reverse("home:overdue"))
    return _absolute(reverse("regulations:detail", args=[each.rule.code]))


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
