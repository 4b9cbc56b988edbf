"""The templates that come with the system, drawn by code after the layout of official documents."""

from __future__ import annotations

from functools import cache

from apps.papers.kinds import Paper
from apps.papers.layouts import activity, ledger, minutes, record_book, sign_in, supervision

_DRAWERS = {
    Paper.MINUTES: minutes.draw,
    Paper.RECORD_BOOK: record_book.draw,
    Paper.SIGN_IN: sign_in.draw,
    Paper.ACTIVITY: activity.draw,
    Paper.LEDGER: ledger.draw,
    Paper.SUPERVISION: supervision.draw,
}


@cache
def built_in(paper: Paper) -> bytes:
    """The template of that kind."""
    return _DRAWERS[paper]()
