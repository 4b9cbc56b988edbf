"""Writes of the notice board: put up, taken down, struck when it was written down by mistake."""

from __future__ import annotations

import datetime
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from apps.attachments import services as attachments
from apps.attachments.kinds import Kind
from apps.attachments.queries import attachments_of
from apps.core.access import Person, demand
from apps.core.calendar import CHINA, today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.core.workflow import lock_for
from apps.disclosure.catalogue import Audience
from apps.disclosure.models import Posting, Publication
from apps.disclosure.services.trail import path_of, tell
from apps.disclosure.services.writing import refuse_private_words
from apps.disclosure.states import State
from apps.regulations.settings import settings_of
from apps.regulations.table import limit

PREPARE = "disclosure.prepare"


@transaction.atomic
def put_up(
    publication: Publication,
    *,
    place: str,
    put_up_on: datetime.date,
    taken_down_on: datetime.date | None = None,
    photo: UploadedFile | None = None,
    by: Person,
) -> Posting:
    """Write down that a published publication hangs on a board, with the photo that a county may ask for."""
    demand(by, PREPARE, path_of(publication))
    if publication.state != State.PUBLISHED or publication.audience != Audience.PUBLIC:
        raise Refused("只有向村民公布、没有更正也没有撤回的，才张贴。")
    refuse_private_words("张贴的地方", place, field="place")
    _check_days(publication, put_up_on, taken_down_on)
    if photo is None and photo_is_required(path_of(publication)):
        raise Refused("县里要求每次张贴拍一张照片，请加上。", field="photo", rule="VAD-06")
    posting = Posting(
        publication=publication,
        place=place.strip(),
        put_up_on=put_up_on,
        taken_down_on=taken_down_on,
        by_id=by.pk,
    )
    save_checked(posting)
    if photo is not None:
        _keep(photo, posting, by)
    tell("put_up", publication, by)
    return posting


@transaction.atomic
def take_down(posting: Posting, *, on: datetime.date, by: Person) -> Posting:
    """Write down when it was taken down; too early is written down too, and shown as too short."""
    demand(by, PREPARE, path_of(posting.publication))
    row = lock_for(posting)
    if row.taken_down_on:
        raise Refused("这一张已经登记撤下了。请刷新页面再看。")
    if on > today():
        raise Refused("日期还没有到。", field="on")
    row.taken_down_on = on
    save_checked(row)
    tell("take_down", row.publication, by)
    return row


@transaction.atomic
def strike(posting: Posting, *, reason: str, by: Person) -> None:
    """Take out a posting that never was; the history and the deed keep it."""
    demand(by, PREPARE, path_of(posting.publication))
    if not reason.strip():
        raise Refused("请写明原因。", field="reason")
    row = lock_for(posting)
    for photo in attachments_of(str(row.key)):
        attachments.withdraw(photo, reason=reason, by=by)
    tell("strike", row.publication, by, reason=reason.strip())
    row.delete()


def photo_is_required(path: str) -> bool:
    """Whether the county wants a photo of each posting."""
    own = settings_of(path).on(today())
    return limit("VAD-06", "photo", on=today(), overrides=own).value == 1


def _check_days(
    publication: Publication, put_up_on: datetime.date, taken_down_on: datetime.date | None
) -> None:
    if max(put_up_on, taken_down_on or put_up_on) > today():
        raise Refused("日期还没有到。", field="put_up_on")
    published_at = publication.published_at
    if published_at and put_up_on < published_at.astimezone(CHINA).date():
        raise Refused("张贴的日期不能早于公布的日期。", field="put_up_on")


def _keep(photo: UploadedFile, posting: Posting, by: Person) -> None:
    attachments.receive(
        photo,
        kind=Kind.PHOTO,
        owner=str(posting.key),
        organization_path=path_of(posting.publication),
        key=uuid4(),
        by=by,
    )
