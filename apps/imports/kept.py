"""The plan that was shown, kept for an hour so that carrying it out need not make it a second time.

A plan follows from the file, the choices, the person, the day, the rows that it was compared with, and the
program. All of these are its basis, under which it is kept and to which it is sealed: when any of them is
another, nothing is found, and the plan is made anew.
"""

from __future__ import annotations

import hashlib
import pickle
import secrets
from collections.abc import Sequence

from django.core.cache import cache
from django.db import connection

from apps.core import crypto
from apps.imports.plans import Errand, Plan
from apps.imports.registry import Importer

KEPT_SECONDS = 3600
_PROGRAM = secrets.token_hex()  # of this worker and its children: the next one may reckon otherwise


def basis_of(importer: Importer, content: bytes, errand: Errand) -> str:
    """Everything that the plan follows from; to be asked before it is made, so that a later change tells."""
    return repr(
        (
            _PROGRAM,
            importer.name,
            hashlib.sha256(content).hexdigest(),
            errand.by.pk,
            errand.scope.roots,
            errand.today,
            errand.choices.as_json(),
            _state_of(importer.reads),
        )
    )


def _state_of(tables: Sequence[str]) -> list[tuple[object, ...]]:
    """Which versions of rows the tables have; whatever changes a row puts another one somewhere else."""
    with connection.cursor() as cursor:
        states = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*), sum(hashtextextended(ctid::text || xmin::text, 0)) FROM "{table}"'  # noqa: S608
            )
            states.append(cursor.fetchone())
        return states


def keep(plan: Plan, basis: str) -> None:
    """Put the plan away, unreadable to whoever has not the key."""
    sealed = crypto.seal(pickle.dumps(plan), purpose=basis)
    cache.set(_key(basis), sealed, KEPT_SECONDS)


def kept(basis: str) -> Plan | None:
    """The plan that was made on the same basis, if it still is there."""
    sealed = cache.get(_key(basis))
    if sealed is None:
        return None
    plan: Plan = pickle.loads(crypto.unseal(sealed, purpose=basis))  # noqa: S301 (nobody else can have sealed it)
    return plan


def _key(basis: str) -> str:
    return f"imports.plan.{crypto.digest(basis).hex()}"
