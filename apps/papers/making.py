"""From records to files: gather what a paper says, fill the template, bind the pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from apps.core.calendar import CHINA, today
from apps.core.documents.filling import Context, WordTemplate, packed
from apps.core.errors import Refused
from apps.core.periods import Quarter
from apps.core.scope import Reader
from apps.meetings.models import Meeting
from apps.members.queries import secretaries_on
from apps.organizations.models import Organization
from apps.papers import orders, queries, villages
from apps.papers.activity import Life, activity_of, due_in
from apps.papers.books import book_of, page_of
from apps.papers.kinds import COUNTED_THROUGH, OF_A_RECORD, OF_A_VILLAGE, Binding, Paper
from apps.papers.orders import Bundle, File, Order, file_name
from apps.papers.records import Words, record_of

Progress = Callable[[int, int], None]


def paper_of(meeting: Meeting, paper: Paper) -> Context:
    """What one paper of a record says."""
    record = record_of(meeting, queries.ordinals_of([meeting]))
    return page_of(record) if paper is Paper.RECORD_BOOK else record


def made(context: Context, paper: Paper, *, path: str, name: str) -> File:
    """One paper as a Word file, by the template of its county."""
    template = WordTemplate(queries.template_of(path, paper))
    return File(f"{file_name(name)}.docx", template.fill([context]))


def name_of(meeting: Meeting, paper: Paper) -> str:
    """ "2026-10-05 主题党日 会议记录 学习党章" """
    day = f"{meeting.held_at.astimezone(CHINA):%Y-%m-%d}"
    return f"{day} {meeting.get_kinds_display()} {paper.label} {meeting.topic}".strip()


def count_of(order: Order, user: Reader) -> int:
    """How many papers the order will make; refused where there are none, or too many at a time."""
    if order.paper in OF_A_VILLAGE:
        count = villages.count_of(order, user)
    elif order.paper in OF_A_RECORD:
        count = queries.records_ordered(user, order).count()
    else:
        count = queries.branches_below(user, order).count() * len(quarters_begun(order))
    if not count:
        raise Refused(orders.NOTHING_OF_VILLAGES if order.paper in OF_A_VILLAGE else orders.NOTHING)
    most = orders.MOST[order.binding]
    if count > most:
        raise Refused(orders.TOO_MANY.format(count, most))
    return count


def quarters_begun(order: Order) -> list[Quarter]:
    """The order's quarters of which there can be something to tell."""
    return [quarter for quarter in order.quarters if quarter.first <= today()]


def carry_out(order: Order, user: Reader, tell: Progress = lambda done, total: None) -> File:
    """All papers of the order, in one file or an archive; `tell` hears how many are laid out."""
    total = count_of(order, user)
    template = WordTemplate(queries.template_of(order.path, order.paper))
    bundles = _telling(_bundles(order, user), tell, total)
    restart = order.paper not in COUNTED_THROUGH
    name = file_name(order.title)
    if order.binding is Binding.ARCHIVE:
        filled = ((bundle.name, template.fill(bundle.contexts, restart=restart)) for bundle in bundles)
        return File(f"{name}.zip", packed(_with_own_names(filled)))
    contexts = [context for bundle in bundles for context in bundle.contexts]
    return File(f"{name}.docx", template.fill(contexts, restart=restart))


def _telling(bundles: Iterable[Bundle], tell: Progress, total: int) -> Iterator[Bundle]:
    done = 0
    for bundle in bundles:
        yield bundle
        done += bundle.papers
        tell(done, total)


def _with_own_names(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Two records may be called the same; their files may not."""
    seen: Counter[str] = Counter()
    for name, content in files:
        seen[name] += 1
        yield f"{name}（{seen[name]}）.docx" if seen[name] > 1 else f"{name}.docx", content


def _bundles(order: Order, user: Reader) -> Iterator[Bundle]:
    if order.paper in OF_A_VILLAGE:
        return villages.bundles_of(order, user)
    if order.paper is Paper.ACTIVITY:
        return _activities(order, user)
    records = _records(order, user)
    return _books(order, records) if order.paper is Paper.RECORD_BOOK else _singles(order, records)


def _records(order: Order, user: Reader) -> Iterator[tuple[Meeting, Words]]:
    for chunk, ordinals in queries.in_chunks(queries.records_ordered(user, order)):
        for meeting in chunk:
            yield meeting, record_of(meeting, ordinals)


def _singles(order: Order, records: Iterable[tuple[Meeting, Words]]) -> Iterator[Bundle]:
    for meeting, record in records:
        yield Bundle(f"{file_name(record['党支部'])}/{file_name(name_of(meeting, order.paper))}", (record,))


def _books(order: Order, records: Iterable[tuple[Meeting, Words]]) -> Iterator[Bundle]:
    secretaries = secretaries_on(order.path, order.period.last)
    for branch, rows in groupby(records, key=lambda row: row[0].organization_id):
        pages = [record for _, record in rows]
        book = book_of(pages, period=order.period.label, secretary=secretaries.get(branch, ""))
        yield Bundle(file_name(f"{pages[0]['党支部']} {order.title}"), book, papers=len(pages))


def _activities(order: Order, user: Reader) -> Iterator[Bundle]:
    branches = list(queries.branches_below(user, order))
    for quarter in quarters_begun(order):
        life = life_in(quarter, order, user)
        for branch in branches:
            yield Bundle(
                file_name(f"{branch.name} {quarter.label}{order.paper.label}"), (activity_of(branch, life),)
            )


def life_in(quarter: Quarter, order: Order, user: Reader) -> Life:
    """What is known of the quarter below the order's place, in a fixed number of queries."""
    root = Organization.objects.get(path=order.path)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in queries.with_attendance(
        queries.records_ordered(user, replace(order, period=quarter, kinds=()))
    ):
        meetings[meeting.organization_id].append(meeting)
    on = min(quarter.last, today())
    return Life(
        quarter=quarter,
        on=today(),
        meetings=meetings,
        due=due_in(root.pk, quarter, on=today()),
        secretaries=secretaries_on(order.path, on),
    )
