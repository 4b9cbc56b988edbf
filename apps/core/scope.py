"""Which rows a user may reach: the one place that decides it.

A scope is a set of subtrees of the organization tree, each named by its path
("10/10005/" covers "10/10005/" itself and all below it). Nobody reaches a row
except through `visible_to` or `within`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, Self

from django.db import models

EVERYWHERE = ""


@dataclass(frozen=True)
class Scope:
    """The subtrees that one permission opens; no roots means nothing at all."""

    roots: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.roots

    @property
    def is_everywhere(self) -> bool:
        return EVERYWHERE in self.roots

    def covers(self, path: str) -> bool:
        """Whether an organization's path lies in one of the subtrees."""
        return any(path.startswith(root) for root in self.roots)

    def q(self, lookup: str = "path") -> models.Q:
        """The condition on a model that reaches an organization's path by `lookup` ("branch__path")."""
        if self.is_empty:
            return models.Q(pk__in=[])
        if self.is_everywhere:
            return models.Q()
        condition = models.Q()
        for root in self.roots:
            condition |= models.Q(**{f"{lookup}__startswith": root})
        return condition


class Reader(Protocol):
    """Whoever asks for rows: a user, whose grants say where each permission holds."""

    def scope_for(self, permission: str) -> Scope: ...


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong to an organization.

    The model says how the organization's path is reached (`scope_lookup`) and which
    permission opens the row to a reader (`view_permission`).
    """

    def visible_to(self, user: Reader) -> Self:
        """The rows that the user may see."""
        return self.within(user, self.model.view_permission)

    def within(self, user: Reader, permission: str) -> Self:
        """The rows on which the user holds the permission."""
        return self.filter(user.scope_for(permission).q(self.model.scope_lookup))
