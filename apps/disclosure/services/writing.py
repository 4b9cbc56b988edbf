"""Drafts in words, their changes, and corrections of what was published."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.core.workflow import lock_for
from apps.disclosure import privacy
from apps.disclosure.catalogue import SAYS_NOTHING, own_title
from apps.disclosure.ledgers import item_for
from apps.disclosure.models import (
    LINE_WORDS,
    DisclosureEvent,
    Publication,
    PublicationFile,
    StatementLine,
)
from apps.disclosure.queries import PREPARE
from apps.disclosure.services.statements import copy_of
from apps.disclosure.services.tables import copy_of_table
from apps.disclosure.services.trail import parts_of, path_of, refuse_unless_open, tell
from apps.disclosure.states import State
from apps.organizations.models import Village, VillagersGroup

TITLE, BODY = "标题", "正文"  # which are masked in one go
_LINE_TITLES = {
    field.name: field.verbose_name for field in StatementLine._meta.fields if field.name in LINE_WORDS
}


@transaction.atomic
def write_publication(
    publisher: Village | VillagersGroup,
    *,
    item: str,
    first_on: datetime.date,
    last_on: datetime.date,
    title: str,
    body: str,
    event: DisclosureEvent | None = None,
    by: Person,
) -> Publication:
    """A draft in words, of an item of the village's catalogue, for a period or for what happened."""
    village, _ = parts_of(publisher)
    demand(by, PREPARE, village.organization.path)
    if event and (event.village_id, event.item) != (village.pk, item):
        raise Refused("这件事是别的村或者别的事项的。", field="event")
    return draft_words(
        publisher, item=item, first_on=first_on, last_on=last_on, title=title, body=body, event=event, by=by
    )


@transaction.atomic
def draft_words(
    publisher: Village | VillagersGroup,
    *,
    item: str,
    first_on: datetime.date,
    last_on: datetime.date,
    title: str,
    body: str,
    event: DisclosureEvent | None = None,
    by: Person,
) -> Publication:
    """A draft in words that an app above built from its data. Whoever calls has checked the permission."""
    village, group = parts_of(publisher)
    about = item_for(village, item)
    publication = Publication(
        village=village,
        group=group,
        item=item,
        item_title=own_title(about),
        audience=about.audience,
        event=event,
        first_on=first_on,
        last_on=last_on,
        title=with_group(title, group),
        body=body,
    )
    save_checked(publication)
    tell("write", publication, by)
    return publication


def with_group(title: str, group: VillagersGroup | None) -> str:
    """The title of what a group publishes names the group."""
    return f"{title}（{group}）" if group else title


def open_for(publication: Publication, by: Person) -> Publication:
    """The publication, locked, for whoever may still write in it."""
    demand(by, PREPARE, path_of(publication))
    return opened(publication)


def opened(publication: Publication) -> Publication:
    """The publication, locked, while it is a draft. Whoever calls has checked the permission."""
    row = lock_for(publication)
    refuse_unless_open(row)
    return row


@transaction.atomic
def rewrite(publication: Publication, *, version: int, title: str, body: str, by: Person) -> Publication:
    """Change the words of a draft; refused when somebody else was faster."""
    if open_for(publication, by).version != version:
        raise Refused(CHANGED_MEANWHILE)
    return redraft_words(publication, title=title, body=body, by=by)


@transaction.atomic
def redraft_words(publication: Publication, *, title: str, body: str, by: Person) -> Publication:
    """Write a draft's words anew from the data of an app above. Whoever calls has checked the permission."""
    row = lock_for(publication)
    refuse_unless_open(row)
    row.title, row.body, row.version = title, body, row.version + 1
    row.nothing = False  # in words of its own it is a publication like any other
    save_checked(row)
    tell("write", row, by)
    return row


@transaction.atomic
def correct(publication: Publication, *, reason: str, by: Person) -> Publication:
    """Begin another version of what was published; both stay, the new one goes the whole way (VAD-07)."""
    demand(by, PREPARE, path_of(publication))
    row = lock_for(publication)
    if row.state != State.PUBLISHED:
        raise Refused("只有已公布的才能更正。")
    refuse_private_words("更正的原因", reason, field="reason")
    if Publication.objects.filter(replaces=row).exists():
        raise Refused("这一件已经有一版更正在办，请打开那一版。")
    draft = Publication(
        village=row.village,
        group=row.group,
        item=row.item,
        first_on=row.first_on,
        last_on=row.last_on,
        title=row.title.removesuffix(SAYS_NOTHING),
        body="" if row.nothing else row.body,
        item_title=row.item_title,
        audience=row.audience,
        event=row.event,
        statement=copy_of(row.statement),
        revision=row.revision + 1,
        replaces=row,
        reason=reason.strip(),
    )
    save_checked(draft)
    copy_of_table(row, draft)
    _copy_of_files(row, draft)
    tell("write", draft, by, reason=reason.strip())
    return draft


def refuse_private_words(title: str, text: str, *, field: str) -> None:
    """Refused when what everybody will read holds what nobody may: a reason, a word of a step (PRIV-06)."""
    if found := privacy.hits(text):
        sentence = f"{title}里有{privacy.sentence(found)}，公布以后大家都看得到，请去掉。"
        raise Refused(sentence, field=field, rule="PRIV-06")


def private_words(publication: Publication) -> list[tuple[str, str]]:
    """What must not be published in its words and tables: each place with what is there, masked (PRIV-06)."""
    found = ((place, privacy.hits(text)) for place, text in _words_of(publication))
    return [(place, privacy.sentence(hits)) for place, hits in found if hits]


def refuse_personal_numbers(publication: Publication) -> None:
    """Refused with the first such place."""
    for place, words in private_words(publication):
        raise Refused(f"{place}里有{words}，不能公布。请遮盖后再送审。", rule="PRIV-06")


def maskable(private: Sequence[tuple[str, str]]) -> bool:
    """Whether `mask` takes something of it out; a table is changed in its form or by its import."""
    return any(place in (TITLE, BODY) for place, _ in private)


@transaction.atomic
def mask(publication: Publication, *, by: Person) -> Publication:
    """Mask in one go everything that must not be published."""
    row = open_for(publication, by)
    row.title, row.body, row.version = privacy.masked(row.title), privacy.masked(row.body), row.version + 1
    save_checked(row)
    tell("write", row, by)
    return row


def _words_of(publication: Publication) -> list[tuple[str, str]]:
    words = [(TITLE, publication.title), (BODY, publication.body)]
    if publication.statement:
        words += [
            (f"第 {line.number} 笔的{title}", getattr(line, name))
            for line in publication.statement.lines.all()
            for name, title in _LINE_TITLES.items()
        ]
    if table := publication.filled:
        for number, row in enumerate(table.rows, 1):
            words += [(f"第 {number} 行的{column.title}", row[column.name]) for column in table.about.words]
    return words


def _copy_of_files(old: Publication, new: Publication) -> None:
    """A correction begins with the same files; somebody has already looked at them."""
    PublicationFile.objects.bulk_create(
        PublicationFile(
            publication=new,
            attachment=file.attachment,
            title=file.title,
            line=file.line,
            looked_by=file.looked_by,
            looked_at=file.looked_at,
        )
        for file in old.files.all()
    )
