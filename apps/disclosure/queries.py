"""Reads of the inside: publications on their way, villages, chains."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Prefetch, Q, QuerySet

from apps.core.access import Person
from apps.core.scope import Reader, ScopedQuerySet
from apps.disclosure import chain
from apps.disclosure.models import Deed, Order, Publication, PublicationFile, Statement, StatementLine, Table
from apps.disclosure.models.orders import OrderQuerySet
from apps.disclosure.states import PUBLIC, State
from apps.disclosure.tables.kinds import Stored, TableKind
from apps.organizations.models import Village

VIEW = "disclosure.view"
PREPARE, PREPARE_FINANCE = "disclosure.prepare", "disclosure.prepare_finance"
ORDER, ORDER_FINANCE = "disclosure.order", "disclosure.order_finance"
ORDERING = (ORDER, ORDER_FINANCE)


def publications_for(user: Reader) -> ScopedQuerySet:
    """The publications that the user may see, newest period first."""
    rows: ScopedQuerySet = Publication.objects.visible_to(user)
    return rows.select_related("village__organization").defer("content", "body")


def whole_publications_for(user: Reader) -> ScopedQuerySet:
    """The publications that the user may see, each with its steps and its statement."""
    rows: ScopedQuerySet = Publication.objects.visible_to(user).select_related(
        "village__organization", "group", "statement__group", "table", "replaces", "replaced_by"
    )
    deeds = Deed.objects.select_related("by").order_by("id")
    lines = StatementLine.objects.order_by("number")
    return rows.prefetch_related(Prefetch("deeds", deeds), Prefetch("statement__lines", lines))


def publications_with_files_for(user: Reader) -> ScopedQuerySet:
    """The same with their files, the receipts line by line."""
    files = PublicationFile.objects.select_related("attachment").order_by(
        F("line").asc(nulls_first=True), "pk"
    )
    return whole_publications_for(user).prefetch_related(Prefetch("files", files))


def publication_for(user: Reader, number: int) -> Publication:
    """One whole publication; raises Publication.DoesNotExist outside the scope."""
    found: Publication = whole_publications_for(user).get(pk=number)
    return found


def statements_for(user: Reader) -> ScopedQuerySet:
    """The statements that the user may see, newest first, each with its publication."""
    rows: ScopedQuerySet = Statement.objects.visible_to(user).filter(publication__isnull=False)
    rows = rows.select_related("village__organization", "group", "publication")
    return rows.defer("publication__content", "publication__body").order_by("-last_on", "-pk")


def whole_statements_for(user: Reader) -> ScopedQuerySet:
    """The same with their lines."""
    lines = StatementLine.objects.order_by("number")
    return statements_for(user).prefetch_related(Prefetch("lines", lines))


def tables_for(user: Reader) -> ScopedQuerySet:
    """The tables that the user may see, newest first, each with its publication."""
    rows: ScopedQuerySet = Table.objects.visible_to(user)
    rows = rows.select_related("publication__village__organization", "publication__group")
    rows = rows.defer("publication__content", "publication__body")
    return rows.order_by("-publication__last_on", "-pk")


def rows_to_begin_with(user: Reader, kind: TableKind, number: str) -> list[Stored]:
    """The rows of an earlier table that the user may see; of a register they mostly stay as they are."""
    rows: QuerySet[Table] = Table.objects.visible_to(user).filter(kind=kind.code)
    found = rows.filter(publication=int(number)).first() if number.isdecimal() else None
    return list(found.rows) if found else []


def villages_for(user: Reader) -> QuerySet[Village]:
    rows: QuerySet[Village] = Village.objects.visible_to(user).current().select_related("organization")
    return rows


def all_villages_for(user: Reader) -> QuerySet[Village]:
    """Those too that are no more, whose papers are still kept."""
    rows: QuerySet[Village] = Village.objects.visible_to(user).select_related("organization")
    return rows


def villages_of(user: Person, permission: str) -> QuerySet[Village]:
    """The villages in which the user may do something."""
    rows: QuerySet[Village] = Village.objects.within(user, permission).current()
    return rows.select_related("organization")


def villages_to_fill(user: Person, kind: TableKind) -> QuerySet[Village]:
    """The villages for which the user may fill in a table of the kind."""
    rows = villages_of(user, PREPARE)
    return rows | villages_of(user, PREPARE_FINANCE) if kind.is_finance else rows


def waiting_for(user: Person) -> list[Publication]:
    """What waits for a step of this user: to be checked, to be answered, to be published."""
    to_check = user.scope_for("disclosure.check").q(Publication.scope_lookup)
    to_prepare = user.scope_for(PREPARE).q(Publication.scope_lookup)
    to_clear = user.scope_for("disclosure.clear").q(Publication.scope_lookup)
    mine = (
        (to_check & Q(state=State.PROPOSED))
        | (to_clear & Q(state=State.CLEARING))
        | (to_prepare & Q(state__in=[State.OBJECTED, State.CHECKED, State.CONFIRMED]))
    )
    return list(publications_for(user).filter(mine).order_by("created_at")[:50])


def drafts_of(user: Person) -> QuerySet[Publication]:
    """What the user's villages have written and not handed to their committees yet."""
    mine = user.scope_for(PREPARE).q(Publication.scope_lookup)
    rows: QuerySet[Publication] = publications_for(user).filter(mine, state=State.DRAFT)
    return rows


def chains_of(village: int) -> list[list[chain.Link]]:
    """A village's chains in order: what everybody may read, and what only the inside."""
    rows = Publication.objects.filter(village=village, state__in=PUBLIC).order_by("audience", "chain_number")
    values = rows.values_list("audience", "chain_number", "content", "checksum", "previous_checksum")
    return [
        [chain.Link(number or 0, content or {}, *sums) for _, number, content, *sums in links]
        for _, links in groupby(values, key=lambda row: row[0])
    ]


def names_of() -> dict[int, str]:
    """Every village's name."""
    return dict(Village.objects.values_list("id", "name"))


def file_of(publication: Publication, number: int) -> PublicationFile | None:
    """One of its files."""
    return publication.files.select_related("attachment").filter(pk=number).first()


def files_of(publication: Publication, line: int | None = None) -> QuerySet[PublicationFile]:
    """The files of the whole publication, or the receipts of one of its lines."""
    rows: QuerySet[PublicationFile] = publication.files.filter(line=line)
    return rows.select_related("attachment", "looked_by")


@dataclass(frozen=True, slots=True)
class Receipts:
    """How many receipts a line has, and at how many somebody must still look."""

    number: int
    unseen: int


def receipts_of(publication: Publication) -> dict[int, Receipts]:
    """By the numbers of the lines that have any; one query."""
    rows = publication.files.exclude(line=None).order_by().values("line")
    counted = rows.annotate(number=Count("pk"), unseen=Count("pk", filter=Q(looked_at=None)))
    return {row["line"] or 0: Receipts(row["number"], row["unseen"]) for row in counted}


def line_named(publication: Publication, number: int) -> str | None:
    """What a line of its table is called; None where there is none of that number."""
    names = _names_of_lines(publication)
    return names[number - 1] if 1 <= number <= len(names) else None


def _names_of_lines(publication: Publication) -> list[str]:
    if publication.statement:
        lines = publication.statement.lines.all()
        return [f"{line.summary}，{line.income or line.expense} 元" for line in lines]
    table = publication.filled
    return [table.about.name_of(row) for row in table.rows] if table else []


def orders_for(user: Reader) -> OrderQuerySet:
    """What was ordered: what waits, the longest first, then what was answered or taken back."""
    rows: OrderQuerySet = Order.objects.visible_to(user)
    is_over = Q(answered_by__isnull=False) | ~Q(cancel_reason="")
    rows = rows.select_related("village__organization", "ordered_by").annotate(is_over=is_over)
    return rows.order_by("is_over", "due_on", "pk")


def order_for(user: Reader, number: int) -> Order:
    """Raises Order.DoesNotExist outside the scope."""
    found: Order = orders_for(user).get(pk=number)
    return found
