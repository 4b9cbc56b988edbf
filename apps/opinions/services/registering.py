"""Writing an opinion down, with no more of a person than is needed (PRIV-01)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields

from django.db import transaction

from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.disclosure.catalogue import Audience
from apps.disclosure.models import Publication
from apps.disclosure.states import PUBLIC
from apps.opinions.models import Opinion
from apps.opinions.queries import numbers_in
from apps.opinions.rules import NOBODY, Petitioner
from apps.opinions.services.trail import SEALED, reply_due, tell
from apps.organizations.models import Village


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody said, how, and about what; `line` is a number in the publication's table."""

    channel: str
    category: str
    text: str
    received_on: datetime.date
    answerer: str
    publication: Publication | None = None
    line: int | None = None


@transaction.atomic
def register(village: Village, heard: Heard, *, petitioner: Petitioner = NOBODY, by: Person) -> Opinion:
    """Write an opinion down with the day by which it is answered (VAD-12); without a name it is anonymous."""
    demand(by, "opinions.register", village.organization.path)
    _check(village, heard, petitioner)
    opinion = Opinion(
        village=village,
        **{field.name: getattr(heard, field.name) for field in fields(heard)},
        is_anonymous=not petitioner.is_known,
        petitioner=petitioner.name or None,
        contact=petitioner.contact or None,
        due_on=reply_due(village.organization.path, heard.received_on),
        registered_by_id=by.pk,
    )
    save_checked(opinion, unchecked=SEALED)
    tell("register", opinion, by)
    return opinion


def _check(village: Village, heard: Heard, petitioner: Petitioner) -> None:
    if heard.received_on > today():
        raise Refused("日期还没有到。", field="received_on")
    if what := petitioner.given_away_by(heard.text):
        raise Refused(f"意见里不要写反映人的{what}，写在下面的格子里，只有该看的人看得到。", field="text")
    if heard.publication is not None:
        _check_asked_about(village, heard.publication, heard.line)


def _check_asked_about(village: Village, publication: Publication, line: int | None) -> None:
    is_public = publication.state in PUBLIC and publication.audience == Audience.PUBLIC
    if publication.village_id != village.pk or not is_public:
        raise Refused("请选本村已公布的一件。", field="publication")
    if line is not None and line not in numbers_in(publication):
        raise Refused(f"这一件里没有第 {line} 笔，请核对。", field="line")
