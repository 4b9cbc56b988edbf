"""Look-ups that Django does not have."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Lookup


@ForeignKey.register_lookup
class AnyOf(Lookup[Any]):
    """`organization__any=ids`: like `__in`, but thousands of values go as one array, not each by itself."""

    lookup_name = "any"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", (*values, list(self.rhs))

    def get_prep_lookup(self) -> Any:
        return self.rhs
