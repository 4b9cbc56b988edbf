"""What somebody looks for: villages and publications, in a time that has an end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.models import Q

from apps.disclosure.models import Published, PublishedVillage

WORDS = 5  # of what somebody looks for
QUERY_CANCELED = "57014"  # as Postgres calls it
SECONDS = 3  # a search reads every title, whoever asks


class TookTooLong(Exception):
    """The search was given up, so that it keeps nobody else waiting."""


def villages_found(text: str, *, limit: int) -> list[PublishedVillage]:
    """The villages whose names hold every word, whether they have published or not."""
    rows = PublishedVillage.objects.all()
    for word in _words(text):
        rows = rows.filter(name__icontains=word)
    return list(rows[:limit])


def publications_found(text: str, *, code: str = "", limit: int) -> list[Published]:
    """What holds every word: everywhere in title and village, in one village in the contents too."""
    rows = Published.objects.select_related("village").defer("content")
    if code:
        rows = rows.filter(village__code=code)
    for word in _words(text):
        inside = Q(content__icontains=word) if code else Q()
        rows = rows.filter(Q(title__icontains=word) | Q(village__name__icontains=word) | inside)
    with _with_an_end():
        return list(rows[:limit])


def _words(text: str) -> list[str]:
    return text.split()[:WORDS]


@contextmanager
def _with_an_end() -> Iterator[None]:
    """Raises TookTooLong when the database has worked on one question for as long as it may."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [int(SECONDS * 1000)])
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == QUERY_CANCELED:
            raise TookTooLong from error
        raise
