"""What waits on whoever works for a village or guides villages: each thing a line that leads to its list."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from apps.core.access import Person
from apps.core.calendar import written
from apps.disclosure import contracts, ledgers, posted
from apps.disclosure.board import rule_on
from apps.disclosure.queries import (
    ORDERING,
    PREPARE,
    PREPARE_FINANCE,
    drafts_of,
    orders_for,
    villages_for,
    waiting_for,
)
from apps.opinions.queries import waiting_for as opinions_waiting_for
from apps.regulations.rows import Row
from apps.regulations.table import provision
from apps.supervision.queries import reports_overdue


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do; `state` colours the tag, `source` says where its rule stands."""

    title: str
    text: str
    state: str
    sentence: str
    href: str
    action: str = "去办"
    source: str = ""


def _where(row: Row) -> str:
    return f"{row.source.short}{row.source.article}"


def lines_for(user: Person, *, on: datetime.date) -> list[Line]:
    """Everything that waits on the user, what is late first."""
    return [
        *_orders(user, on),
        *_overdue(user, on),
        *_reports(user, on),
        *_opinions(user),
        *_publications(user),
        *_drafts(user),
        *_boards(user, on),
        *_contracts(user, on),
    ]


# An office with more villages than these finds what is overdue in the list; here it would cost too much.
COUNTED = 60


def office_lines_for(user: Person, *, on: datetime.date) -> list[Line]:
    """What of its villages waits on an office."""
    has_few = user.may("disclosure.view") and villages_for(user).count() <= COUNTED
    return [
        *_orders(user, on),
        *(_overdue(user, on) if has_few else ()),
        *_opinions(user),
        *_publications(user),
        *_contracts(user, on),
    ]


def secretary_lines_for(user: Person) -> list[Line]:
    """What waits on the secretary of the village's branch: party affairs to be cleared (PAO-02)."""
    return list(_publications(user))


def _orders(user: Person, on: datetime.date) -> Iterator[Line]:
    """What one's own village was ordered to publish; for those above it, what it did not (VAD-08)."""
    source = _where(provision("VAD-08", on=on))
    if user.may(PREPARE):
        for row in orders_for(user).waiting():
            sentence = f"“{row.about.title}”要在{written(row.due_on)}以前公布。{row.reason}"
            href = reverse("disclosure:village_due", args=[row.village_id])
            yield Line("责令公布", row.village.name, "bad", sentence, href, source=source)
    elif any(user.may(each) for each in ORDERING):
        yield from _late_orders(user, on, source)


def _late_orders(user: Person, on: datetime.date, source: str) -> Iterator[Line]:
    late = orders_for(user).late(on)
    if first := late.first():
        href = f"{reverse('disclosure:orders')}?standing=late"
        sentence = f"过了期限，要县里、乡镇督促。最早的是{first.village}“{first.about.title}”。"
        yield Line("责令了还没有公布", f"{late.count()} 件", "bad", sentence, href, "去看", source)


def _overdue(user: Person, on: datetime.date) -> Iterator[Line]:
    villages = list(villages_for(user)) if user.may("disclosure.view") else []
    late = [due for due in ledgers.dues_of(villages, on=on) if due.is_overdue]
    if late:
        places = f"{len({due.village.pk for due in late})} 个村，" if len(villages) > 1 else ""
        sentence = f"{places}最久的逾期 {max(-due.days for due in late)} 天。"
        only = [villages[0].pk] if len(villages) == 1 else None
        href = reverse("disclosure:village_due", args=only) if only else reverse("disclosure:due")
        yield Line("逾期没有公开", f"{len(late)} 项", "bad", sentence, href, "去看")


def _reports(user: Person, on: datetime.date) -> Iterator[Line]:
    source = _where(provision("SUPV-05", on=on))
    for row in reports_overdue(user, on=on):
        href = reverse("supervision:village", args=[row.village.pk])
        yield Line("监委会半年报告", row.report.words, "bad", row.report.sentence, href, "去写", source)


def _opinions(user: Person) -> Iterator[Line]:
    if count := opinions_waiting_for(user).count():
        yield Line("群众意见等您办", f"{count} 件", "warn", "先办快到期限的。", reverse("opinions:list"))


def _publications(user: Person) -> Iterator[Line]:
    for row in waiting_for(user):
        href = reverse("disclosure:detail", args=[row.pk])
        yield Line(row.title, row.get_state_display(), "warn", row.village.name, href)


def _drafts(user: Person) -> Iterator[Line]:
    """What the village has written and not handed to its committee yet."""
    if count := drafts_of(user).count():
        href = f"{reverse('disclosure:list')}?state=draft"
        yield Line("草稿还没有送审", f"{count} 件", "warn", "看过没有错的，送监委会审查。", href, "去看")


def _boards(user: Person, on: datetime.date) -> Iterator[Line]:
    rule = rule_on(on)
    wanting = posted.lacking(posted.on_board(user, rule), rule) if user.may(PREPARE) else None
    if wanting is not None and (count := wanting.count()):
        sentence = f"网上已经公布，公开栏上还没有贴，或者没有贴满 {rule.least} 天。"
        yield Line(
            "要张贴的", f"{count} 件", "warn", sentence, reverse("disclosure:board"), source=_where(rule.row)
        )


# Who makes new contracts, and who looks after those who do.
OF_CONTRACTS = (PREPARE, PREPARE_FINANCE, *ORDERING)


def _contracts(user: Person, on: datetime.date) -> Iterator[Line]:
    if not any(user.may(permission) for permission in OF_CONTRACTS):
        return
    if found := contracts.endings_for(user, on=on):
        first = found[0]
        sentence = f"{first.publication.publisher}“{first.what}”{first.words}。"
        href = reverse("disclosure:contracts")
        yield Line("快到期的合同", f"{len(found)} 份", first.state, sentence, href, "去看")
