"""Look-ups that Django does not have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, Lookup


def array_literal(ids: Iterable[int]) -> str:
    """Ids as Postgres writes an array: it reads that in no time, an `ARRAY[...]` of thousands only slowly."""
    return f"{{{','.join(map(str, ids))}}}"


class Ids:
    """Ids for `any`; a list would be looked at by Django one by one."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.literal = array_literal(ids)


@ForeignKey.register_lookup
class AnyOf(Lookup[Any]):
    """`organization__any=Ids(ids)`: like `__in`, but thousands of values go as one array."""

    lookup_name = "any"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*values, self.rhs.literal)

    def get_prep_lookup(self) -> Any:
        return self.rhs
