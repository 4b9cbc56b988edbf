"""Which village a statement is of: by the name of the collective or of the village's party organization."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from apps.core.scope import Scope
from apps.organizations.kinds import VILLAGE_SECTORS
from apps.organizations.models import Organization, VillagersGroup

_BODY = re.compile(
    r"(?:股份经济(?:合作)?(?:联合)?(?:总)?社|经济(?:股份)?合作(?:联合)?社|经济联合(?:总)?社|合作社|"
    r"村民委员会|村委会|居民委员会|居委会|党支部委员会|党支部|联合党支部|党总支|党委|委员会)$"
)
_PARTY = re.compile(r"^(?:中国共产党|中共)")


def village_key(name: str) -> str:
    """What a village, its collective and its party organization have in common: 东桥镇下堡村."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return _BODY.sub("", _PARTY.sub("", plain))


@dataclass(frozen=True, slots=True)
class VillageFound:
    """A village, or the party organization of one that is not registered yet (`id` None).

    `group` is the villagers' group where the name is a group's (VAD-09).
    """

    organization_id: int
    name: str
    path: str
    id: int | None
    group: int | None = None


@dataclass
class Villages:
    """The villages in somebody's scope, by what tables call them; None where a name means several."""

    by_key: dict[str, VillageFound | None] = field(default_factory=dict)

    @classmethod
    def within(cls, scope: Scope) -> Villages:
        rows = Organization.objects.filter(scope.q(), sector__in=VILLAGE_SECTORS).current()
        found = cls()
        values = rows.values_list("id", "name", "path", "village", "village__name", "village__economic_body")
        for id_, name, path, village, *others in values:
            found.add(VillageFound(id_, others[0] or village_key(name), path, village), name, *others)
        found.add_groups(scope)
        return found

    def add_groups(self, scope: Scope) -> None:
        """The groups that disclose for themselves, by the village's name and their own."""
        groups = VillagersGroup.objects.filter(scope.q(VillagersGroup.scope_lookup)).current()
        for group in groups.select_related("village__organization"):
            village, name = group.village, f"{group.village.name}{group.name}"
            place = village.organization
            self.add(
                VillageFound(place.pk, name, place.path, village.pk, group.pk), name, group.economic_body
            )

    def add(self, found: VillageFound, *names: str) -> None:
        for key in {village_key(name) for name in names if name}:
            self.by_key[key] = None if key in self.by_key else found

    def find(self, *texts: str) -> VillageFound | None:
        """The one that the first telling text means."""
        keys = (village_key(text) for text in texts if text)
        return next((self.by_key[key] for key in keys if self.by_key.get(key)), None)
