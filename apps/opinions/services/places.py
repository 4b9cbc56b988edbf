"""How one asks in a village: kept by the township, read by everybody."""

from __future__ import annotations

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.disclosure import privacy
from apps.opinions.models import AskingPlace
from apps.organizations.models import Organization


@transaction.atomic
def say_how(organization: Organization, *, by: Person, **said: str) -> AskingPlace:
    """Write down where the box is, the office's telephone, hours and whom to find; no private number."""
    demand(by, "opinions.decide", organization.path)
    for field, text in said.items():
        if found := privacy.hits(text):
            sentence = f"这里大家都看得到，不能有{privacy.sentence(found)}，请写办公电话。"
            raise Refused(sentence, field=field, rule="PRIV-06")
    place = AskingPlace.objects.select_for_update().filter(organization=organization).first()
    place = place or AskingPlace(organization=organization)
    for field, text in said.items():
        setattr(place, field, text.strip())
    save_checked(place)
    record("opinions.say_how", by=by, on=organization, organization_path=organization.path)
    return place
