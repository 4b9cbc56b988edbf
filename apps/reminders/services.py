"""Writes: settings, planning a day's digests, and sending each exactly once."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import CHINA, today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.organizations.models import Organization
from apps.reminders import queries, robots
from apps.reminders.models import Delivery, Preference, Robot
from apps.reminders.queries import SET_UP, Call
from apps.reminders.robots import NotSent, Unsure
from apps.reminders.rules import LOST_AFTER, next_try
from apps.reminders.states import DeliveryState

log = structlog.get_logger(__name__)
UNSURE = "发出以后没有等到回话，可能已经收到；为了不重复打扰，没有再发。"
LATE = "到晚上还没有发出去，第二天另发一条新的。"
TRIAL = "这是一条试发的提醒，收到就说明设置好了。"


@transaction.atomic
def set_own(*, email: str, rhythm: str, by: Person) -> Preference:
    """How the person wants to be reminded; an empty address means no letters."""
    row = queries.preference_of(by)
    row.email, row.rhythm = email or None, rhythm
    save_checked(row, unchecked=["email"])
    record("reminders.set_own", by=by, on=row, rhythm=rhythm, mail=bool(email))
    return row


@transaction.atomic
def set_robot(
    organization: Organization, *, kind: str, webhook: str, secret: str, rhythm: str, by: Person
) -> Robot:
    """Set up the robot of the organization's group chat; an empty address keeps the one that is there."""
    demand(by, SET_UP, organization.path)
    row = queries.robot_of(organization) or Robot(organization=organization)
    if not webhook and row.webhook is None:
        raise Refused("请填写机器人地址。", field="webhook")
    if webhook:
        robots.check_address(webhook)
        row.webhook, row.secret = webhook, secret or None
    row.kind, row.rhythm = kind, rhythm
    save_checked(row, unchecked=["webhook", "secret"])
    path = organization.path
    record("reminders.set_robot", by=by, on=row, organization_path=path, kind=kind, rhythm=rhythm)
    return row


@transaction.atomic
def stop_robot(organization: Organization, *, by: Person) -> None:
    """Forget the robot's address; the log of what it sent stays."""
    demand(by, SET_UP, organization.path)
    row = _robot_at_work(organization)
    row.webhook = row.secret = None
    row.save(update_fields=["webhook", "secret"])
    record("reminders.stop_robot", by=by, on=row, organization_path=organization.path)


def _robot_at_work(organization: Organization) -> Robot:
    row = queries.robot_of(organization)
    if row is None or row.webhook is None:
        raise Refused("这里还没有设置机器人，请先保存地址。")
    return row


@transaction.atomic
def try_robot(organization: Organization, *, by: Person) -> Delivery:
    """Send a trial at once, whatever the hour; one a minute."""
    demand(by, SET_UP, organization.path)
    row = _robot_at_work(organization)
    record("reminders.try_robot", by=by, on=row, organization_path=organization.path)
    last = row.deliveries.filter(trial=True).first()
    if last and (timezone.now() - last.try_at).total_seconds() < 60:
        raise Refused("刚刚试发过，请一分钟以后再试。")
    return Delivery.objects.create(
        organization=organization, robot=row, day=today(), trial=True, title="试发", text=TRIAL
    )


def plan(now: datetime) -> list[int]:
    """Make a delivery for everybody whose time has come; whoever was there already is left alone."""
    day = now.astimezone(CHINA).date()
    made = [_planned(call, now) for call in queries.calls_due(day)]
    return [delivery.pk for delivery in made if delivery]


def _planned(call: Call, now: datetime) -> Delivery | None:
    """Of two workers the second finds the day taken."""
    delivery, is_new = Delivery.objects.get_or_create(
        user=call.user,
        robot=call.robot,
        day=now.astimezone(CHINA).date(),
        trial=False,
        defaults={
            "organization": call.organization,
            "title": call.digest.title[:150],
            "text": call.digest.markdown if call.robot else call.digest.text,
            "try_at": now,
        },
    )
    return delivery if is_new else None


def give_up_lost(now: datetime) -> int:
    """What was being sent when its worker died is not sent again: it may have arrived."""
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, began_at__lt=now - LOST_AFTER)
    return lost.update(state=DeliveryState.UNSURE, error=UNSURE)


def give_up_late(now: datetime) -> int:
    """What waited overnight is not sent beside the next day's: nobody gets two."""
    late = Delivery.objects.filter(state=DeliveryState.QUEUED, day__lt=now.astimezone(CHINA).date())
    return late.update(state=DeliveryState.FAILED, error=LATE)


def deliver(pk: int) -> None:
    """Send one digest; a second worker finds it taken and leaves."""
    delivery = _taken(pk)
    if delivery is None:
        return
    try:
        _send(delivery)
    except Unsure:
        _settle(delivery, DeliveryState.UNSURE, UNSURE)
    except NotSent as error:
        _put_off(delivery, error)
    except Refused as refused:
        _settle(delivery, DeliveryState.FAILED, refused.sentence)
    else:
        delivery.sent_at = timezone.now()
        _settle(delivery, DeliveryState.SENT, "")


@transaction.atomic
def _taken(pk: int) -> Delivery | None:
    """The delivery, marked as being sent before anything goes out; None when another has it."""
    rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=pk, state=DeliveryState.QUEUED
    )
    row: Delivery | None = rows.select_related("robot", "user__reminders").first()
    if row is not None:
        row.state, row.began_at, row.tries = DeliveryState.SENDING, timezone.now(), row.tries + 1
        row.save(update_fields=["state", "began_at", "tries"])
    return row


def _send(delivery: Delivery) -> None:
    if delivery.robot:
        _post(delivery, delivery.robot)
    else:
        _mail(delivery)


def _post(delivery: Delivery, robot: Robot) -> None:
    """To the group chat; the robot may have been stopped meanwhile."""
    if robot.webhook is None:
        raise NotSent("机器人已经停用。", again=False)
    robots.post(
        robot.kind,
        address=robot.webhook.reveal(),
        secret=robot.secret.reveal() if robot.secret else "",
        title=delivery.title,
        markdown=delivery.text,
    )


def _mail(delivery: Delivery) -> None:
    """A plain letter; the person may have taken the address away, or been deactivated, meanwhile."""
    user = delivery.user
    sealed = user.reminders.email if user and user.is_active else None
    if sealed is None:
        raise NotSent("收件人已经不再要邮件提醒。", again=False)
    try:
        EmailMessage(delivery.title, delivery.text, to=[sealed.reveal()]).send()
    except (SMTPException, OSError) as error:
        raise NotSent("发信服务器没有收下，请检查发信的设置。", again=True) from error


def _put_off(delivery: Delivery, error: NotSent) -> None:
    """Another try later, or none."""
    again = next_try(delivery.tries, now=timezone.now()) if error.again else None
    if again:
        delivery.try_at = again
    _settle(delivery, DeliveryState.QUEUED if again else DeliveryState.FAILED, error.sentence)


def _settle(delivery: Delivery, state: DeliveryState, error: str) -> None:
    delivery.state, delivery.error = state, error[:200]
    delivery.save(update_fields=["state", "error", "try_at", "sent_at"])
    log.info("reminder", delivery=delivery.pk, state=state.value, tries=delivery.tries)
