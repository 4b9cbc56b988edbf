"""Where a publication belongs, whether it may be written in, and the word of it in the record of deeds."""

from apps.audit.records import record
from apps.core.access import Person
from apps.core.errors import Refused
from apps.disclosure.models import Publication
from apps.disclosure.states import OPEN
from apps.organizations.models import Village, VillagersGroup

NOT_OPEN = "这一件现在是“{}”，不能改。已公布的要改，请另出一版更正。"


def path_of(publication: Publication) -> str:
    return publication.village.organization.path


def refuse_unless_open(publication: Publication) -> None:
    if publication.state not in OPEN:
        raise Refused(NOT_OPEN.format(publication.get_state_display()))


def refuse_other_village(group: VillagersGroup | None, village: Village) -> None:
    """A group publishes in its own village only (VAD-09)."""
    if group and group.village_id != village.pk:
        raise Refused(f"{village}没有“{group}”，请核对村民小组。", field="group", rule="VAD-09")


def parts_of(publisher: Village | VillagersGroup) -> tuple[Village, VillagersGroup | None]:
    """The village, and the group of it that publishes for itself, if one does (VAD-09)."""
    return (publisher.village, publisher) if isinstance(publisher, VillagersGroup) else (publisher, None)


def tell(action: str, publication: Publication, by: Person, *, reason: str = "") -> None:
    path = path_of(publication)
    record(f"disclosure.{action}", by=by, on=publication, organization_path=path, reason=reason)
