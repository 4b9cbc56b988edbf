"""A publication that goes the whole way, and one that hangs on the board."""

from __future__ import annotations

import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.calendar import today
from apps.disclosure import services
from apps.disclosure.board import USUAL_PLACE
from apps.disclosure.models import Posting, Publication
from apps.disclosure.services import Signatures
from apps.disclosure.states import OPEN
from tests.attachments.pictures import picture, upload
from tests.factories import GrantFactory, UserFactory

THE_LAW = datetime.date(2026, 1, 1)  # from when a village is asked at the earliest


def go_the_way(publication: Publication, clerk: User, supervisor: User) -> Publication:
    if publication.state in OPEN:
        services.propose(publication, note="改好了。", by=clerk)
    services.consent(publication, names="赵某", note="账目清楚。", by=supervisor)
    if publication.about.is_party:
        secretary = GrantFactory(
            role="branch_secretary", organization=publication.village.organization, user=UserFactory()
        ).user
        services.clear(publication, names="李某", by=secretary)
    services.confirm(publication, on=today(), names="两委成员", by=clerk)
    return services.publish(publication, signatures=Signatures("王某", "赵某", "孙某"), by=clerk)


def published(publication: Publication) -> Publication:
    """Taken the whole way by a clerk and a committee of its own village."""
    village = publication.village.organization
    clerk, supervisor = (
        GrantFactory(role=role, organization=village, user=UserFactory()).user
        for role in ("village_clerk", "supervision_committee")
    )
    return go_the_way(publication, clerk, supervisor)


def a_posting(publication: Publication, *, by: User, **said: Any) -> Posting:
    """A sheet with its photo, put up today."""
    facts = {"place": USUAL_PLACE, "put_up_on": today(), "photo": upload(picture()), **said}
    return services.put_up(publication, by=by, **facts)
