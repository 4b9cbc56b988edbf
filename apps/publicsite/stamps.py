"""What changed, and since when: as long as a stamp stays the same, so do the pages."""

from __future__ import annotations

import datetime
import time
from functools import lru_cache

from django.conf import settings
from django.db import connection

from apps.disclosure.models import PublishedVillage
from apps.publicsite.models import PublishedChange

_COUNTED = "SELECT concat(sum(number), '-', extract(epoch FROM max(at))) FROM publicsite_public_change"
# Every page asks this, so that it is asked without ceremony.
OF_ALL, OF_VILLAGE = _COUNTED, f"{_COUNTED} WHERE place IN ('', %s)"


def stamp(code: str = "") -> str:
    """What differs whenever something has changed that the village shows, or any where none is named.

    Asked for once in a second or so, however many read.
    """
    seconds = settings.PARTYBUILD_STAMP_SECONDS
    return _counted_at(code, time.monotonic() // seconds) if seconds else _counted(code)


@lru_cache(maxsize=1000)
def _counted_at(code: str, moment: float) -> str:
    """As it was at the first question in that moment."""
    return _counted(code)


def _counted(code: str) -> str:
    with connection.cursor() as cursor:
        if code:
            cursor.execute(OF_VILLAGE, [code])
        else:
            cursor.execute(OF_ALL)
        return str(cursor.fetchone()[0])


def quiet_since(day: datetime.date) -> set[str]:
    """The codes of the villages that show nothing new from that day on."""
    stirred = set(PublishedChange.objects.filter(at__date__gte=day).values_list("place", flat=True))
    if "" in stirred:
        return set()
    return set(PublishedVillage.objects.values_list("code", flat=True)) - stirred
