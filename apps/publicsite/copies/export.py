"""Exporting: all parts from one moment of the database, each begun only once, then the switch."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import django
from django.db import connection, transaction

from apps.publicsite import queries, stamps
from apps.publicsite.copies import generations
from apps.publicsite.copies.generations import Generation
from apps.publicsite.copies.parts import Part, Tally, write_pieces


class Busy(Exception):
    """Another export writes into the same folder."""


def export(root: Path, *, since: date | None = None, jobs: int = 1) -> Tally:
    """Write the next generation and show it; what was begun and interrupted goes on.

    With `since`, places in which nothing changed from that day on are taken over without looking further.
    """
    with _alone(root), _quietly(), _moment() as snapshot:
        old, new = generations.current(root), generations.begun(root)
        places = [village.code for village in queries.villages()]
        new.keep_only(places)
        quiet = stamps.quiet_since(since) if since else set()
        tally = Tally()
        for each in _made(places, partial(_make, new=new, old=old, quiet=quiet), snapshot, jobs):
            tally += each
        tally += Part("", new, old).make()
        write_pieces(new)
        generations.switch(root, new)
    return tally


def _make(place: str, *, new: Generation, old: Generation | None, quiet: set[str]) -> Tally:
    return Part(place, new, old).make(as_before=place in quiet)


def _made(places: list[str], make: partial[Tally], snapshot: str, jobs: int) -> Iterator[Tally]:
    if jobs == 1:
        yield from map(make, places)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), django.setup) as pool:
        yield from pool.map(partial(_at, snapshot, make), places, chunksize=4)


def _at(snapshot: str, make: partial[Tally], place: str) -> Tally:
    with _quietly(), _reading(snapshot):
        return make(place)


@contextmanager
def _moment() -> Iterator[str]:
    """Everything read within is of one moment; others can read of the same by its name."""
    if connection.in_atomic_block:
        yield ""
        return
    with _reading(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


@contextmanager
def _reading(snapshot: str = "") -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if snapshot:
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
        yield


@contextmanager
def _quietly() -> Iterator[None]:
    """That an address has nothing to show is no news."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"{root} 正在导出，请等它完成。") from None
        yield
