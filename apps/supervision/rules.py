"""Whether a committee is as it should be. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from apps.core.calendar import add_years
from apps.regulations.table import Overrides, limit, provision


class Supervisor(Protocol):
    """Who sits on the committee, as far as the rules ask."""

    name: str
    position: str
    since: datetime.date
    knows_finance: bool


def warnings_of(
    committee: Sequence[Supervisor],
    secretaries: Collection[str],
    *,
    on: datetime.date,
    own: Overrides,
    head: str = "",
) -> list[tuple[str, str, str]]:
    """(state, sentence, article) of everything amiss: bad first; `head` is whose accounts it looks at."""
    found = [
        *_of_size(committee, on, own),
        *_of_people(committee, secretaries, on),
        *_of_head(committee, head, on),
    ]
    return sorted(found, key=lambda warning: warning[0])


def _of_size(
    committee: Sequence[Supervisor], on: datetime.date, own: Overrides
) -> Iterator[tuple[str, str, str]]:
    least = limit("SUPV-01", on=on)
    most = limit("SUPV-06", "most", on=on, overrides=own)
    size = len(committee)
    if not least.allows(size):
        state = "warn" if size else "bad"
        yield state, f"监委会现有 {size} 人，{least.in_words}。", _article("SUPV-01", least.source)
    if not most.allows(size):
        yield "warn", f"监委会现有 {size} 人，{most.in_words}。", _article("SUPV-06", most.source)


def _of_people(
    committee: Sequence[Supervisor], secretaries: Collection[str], on: datetime.date
) -> Iterator[tuple[str, str, str]]:
    if not committee:
        return
    chairs = [each for each in committee if each.position == "chair"]
    about_chair = _article("SUPV-01", provision("SUPV-01", "chair", on=on).source)
    who_may = _article("SUPV-02", provision("SUPV-02", on=on).source)
    if not chairs:
        yield "warn", "监委会没有主任。", about_chair
    for chair in chairs:
        if chair.name in secretaries:
            yield "bad", f"主任{chair.name}是村党组织书记，原则上不由书记兼任。", about_chair
    if not any(each.knows_finance for each in committee):
        yield "warn", "监委会里没有懂财会或管理的人。", who_may
    years = limit("ELEC-17", on=on)
    ended = add_years(min(each.since for each in committee), int(years.value))
    if on >= ended:
        yield "warn", f"有成员任职已满 {years.value} 年，请看是否到了换届的时候。", who_may


def _of_head(committee: Sequence[Supervisor], head: str, on: datetime.date) -> Iterator[tuple[str, str, str]]:
    """Some provinces say in so many words that who leads the collective does not supervise it."""
    if head and head in {each.name for each in committee}:
        source = limit("SUPV-06", "most", on=on).source
        sentence = f"{head}是集体经济组织负责人，又在监委会里；有的省规定不得担任，请按本省办法核对。"
        yield "warn", sentence, _article("SUPV-06", source)


def _article(code: str, source: object) -> str:
    return f"{source}（{code}）"
