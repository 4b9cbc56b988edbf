"""Where a publication belongs, whether it may be written in, and the word of it in the record of deeds."""

from apps.audit.records import record
from apps.core.access import Person
from apps.core.errors import Refused
from apps.disclosure.models import Publication
from apps.disclosure.states import OPEN

NOT_OPEN = "这一件现在是“{}”，不能改。已公布的要改，请另出一版更正。"


def path_of(publication: Publication) -> str:
    return publication.village.organization.path


def refuse_unless_open(publication: Publication) -> None:
    if publication.state not in OPEN:
        raise Refused(NOT_OPEN.format(publication.get_state_display()))


def tell(action: str, publication: Publication, by: Person, *, reason: str = "") -> None:
    path = path_of(publication)
    record(f"disclosure.{action}", by=by, on=publication, organization_path=path, reason=reason)
