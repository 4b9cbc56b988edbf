"""Invented rows for tests. Identity numbers lie in the unassigned areas 990xxx."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from django.utils import timezone

from apps.accounts.models import Grant, User
from apps.core import names
from apps.core.calendar import add_years
from apps.core.crypto import digest
from apps.core.identity import check_digit
from apps.core.periods import Month
from apps.lessons.models import Answers, Evaluation, Lecturer, Topic
from apps.meetings.models import Attendance, Meeting, Presence, Resolution, ThemePlan
from apps.members.models import Member, MembershipEvent, Seat
from apps.members.vocabulary import Category, Cause, Position
from apps.organizations.models import Organization, PartyGroup, Placement, Term
from apps.talks.models import Talk

PASSWORD = "Tests-only-2026"


def invented_id_number(
    serial: int, *, born_on: datetime.date = datetime.date(1980, 5, 1), male: bool = True
) -> str:
    """A well-formed number that belongs to nobody; the same serial gives the same number."""
    area, sequence = divmod(serial, 499)
    body = f"{990000 + area % 1000}{born_on:%Y%m%d}{sequence * 2 + (1 if male else 0):03d}"
    return body + check_digit(body)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"测试员{n}")
    must_change_password = False
    password_changed_at = factory.LazyFunction(timezone.now)
    password = factory.django.Password(PASSWORD)


class GrantFactory(factory.django.DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    role = "county_staff"
    organization = None


class OrganizationFactory(factory.django.DjangoModelFactory[Organization]):
    """A village branch; give `parent` to hang it somewhere. Its placement begins when it was founded."""

    class Meta:
        model = Organization
        skip_postgeneration_save = True

    class Params:
        number = factory.Sequence(lambda n: n)

    code = factory.LazyAttribute(lambda o: f"{o.parent.code if o.parent else ''}{o.number + 100:04d}")
    name = factory.LazyAttribute(lambda o: f"第{o.number}村党支部")
    kind = "branch"
    sector = "village"
    parent = None
    path = factory.LazyAttribute(lambda o: f"{o.parent.path if o.parent else ''}{o.code}/")
    founded_on = datetime.date(2000, 1, 1)

    @factory.post_generation
    def placed(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            Placement.objects.create(
                organization=self, name=self.name, parent=self.parent, path=self.path, since=self.founded_on
            )


class PartyGroupFactory(factory.django.DjangoModelFactory[PartyGroup]):
    class Meta:
        model = PartyGroup

    branch = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"第{n}党小组")
    since = datetime.date(2020, 1, 1)


class TermFactory(factory.django.DjangoModelFactory[Term]):
    class Meta:
        model = Term

    organization = factory.SubFactory(OrganizationFactory)
    elected_on = datetime.date(2024, 3, 1)
    years = 5


class MemberFactory(factory.django.DjangoModelFactory[Member]):
    """A full member since 2011, with the event that brought them onto the roster."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    class Params:
        number = factory.Sequence(lambda n: n)
        probationary = factory.Trait(
            category=Category.PROBATIONARY, full_on=None, joined_on=datetime.date(2026, 3, 1)
        )

    name = factory.LazyAttribute(
        lambda o: "张王李赵陈杨黄周吴徐"[o.number % 10] + "伟芳娜敏静丽强磊军洋"[o.number // 10 % 10]
    )
    pinyin = factory.LazyAttribute(lambda o: names.pinyin(o.name))
    initials = factory.LazyAttribute(lambda o: names.initials(o.name))
    name_grams = factory.LazyAttribute(lambda o: list(names.grams(o.name)))
    sex = "male"
    ethnic_group = "01"
    born_on = datetime.date(1980, 5, 1)
    id_number = factory.LazyAttribute(
        lambda o: invented_id_number(o.number, born_on=o.born_on, male=o.sex == "male")
    )
    id_digest = factory.LazyAttribute(lambda o: digest(o.id_number))
    education = "college"
    occupation = "farmer"
    category = Category.FULL
    joined_on = datetime.date(2010, 6, 1)
    full_on = factory.LazyAttribute(lambda o: add_years(o.joined_on, 1))
    branch = factory.SubFactory(OrganizationFactory)
    phone = factory.LazyAttribute(lambda o: f"139{o.number:08d}")
    phone_digest = factory.LazyAttribute(lambda o: digest(o.phone) if o.phone else None)

    @factory.post_generation
    def entered(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            MembershipEvent.objects.create(
                member=self, on=self.joined_on, cause=Cause.OPENING, to_branch=self.branch
            )


class SeatFactory(factory.django.DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    term = factory.SubFactory(TermFactory)
    member = factory.SubFactory(MemberFactory)
    position = Position.MEMBER
    since = datetime.date(2024, 3, 1)


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    """A submitted theme day that counts."""

    class Meta:
        model = Meeting

    organization = factory.SubFactory(OrganizationFactory)
    kinds = factory.LazyFunction(lambda: ["theme_day"])
    counted_kinds = factory.LazyAttribute(lambda o: list(o.kinds))
    held_at = datetime.datetime(2026, 10, 5, 15, 0, tzinfo=timezone.get_default_timezone())
    place = "村党群服务中心"
    topic = "学习党章"
    minutes = "一、学习党章。"
    state = "submitted"
    submitted_at = factory.LazyAttribute(lambda o: o.held_at)


class ThemePlanFactory(factory.django.DjangoModelFactory[ThemePlan]):
    class Meta:
        model = ThemePlan

    organization = factory.SubFactory(OrganizationFactory)
    month = Month(2026, 11)
    theme = "学习党章"


class AttendanceFactory(factory.django.DjangoModelFactory[Attendance]):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    member = factory.SubFactory(MemberFactory)
    presence = Presence.PRESENT


class ResolutionFactory(factory.django.DjangoModelFactory[Resolution]):
    class Meta:
        model = Resolution

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    matter = "ordinary"
    text = "修缮活动室"


class TalkFactory(factory.django.DjangoModelFactory[Talk]):
    """Two members of a branch talked in October 2026."""

    class Meta:
        model = Talk

    branch = factory.SubFactory(OrganizationFactory)
    one = factory.SubFactory(MemberFactory, branch=factory.SelfAttribute("..branch"))
    other = factory.SubFactory(MemberFactory, branch=factory.SelfAttribute("..branch"))
    held_on = datetime.date(2026, 10, 8)


class TopicFactory(factory.django.DjangoModelFactory[Topic]):
    class Meta:
        model = Topic

    organization = factory.SubFactory(OrganizationFactory, kind="committee")
    year = 2026
    title = factory.Sequence(lambda n: f"党员的权利和义务 第{n}讲")
    text = "八项权利，八项义务。"


class LecturerFactory(factory.django.DjangoModelFactory[Lecturer]):
    class Meta:
        model = Lecturer

    organization = factory.SubFactory(OrganizationFactory, kind="committee")
    name = factory.Sequence(lambda n: f"讲师{n}")
    post = "县委党校教师"


class EvaluationFactory(factory.django.DjangoModelFactory[Evaluation]):
    """Of a lesson that counts, open until the end of November 2026."""

    class Meta:
        model = Evaluation
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory, kinds=["lesson"], topic="种好我们的责任田")
    closes_on = datetime.date(2026, 11, 30)

    @factory.post_generation
    def answered(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            Answers.objects.create(evaluation=self)
