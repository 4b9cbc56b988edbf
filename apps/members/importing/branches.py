"""Which branch a table means: by its name, its short name or the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from apps.core.scope import Scope
from apps.imports import cells
from apps.organizations.kinds import BRANCH_KINDS
from apps.organizations.models import Organization

_TITLE = re.compile(r"^(?:中国共产党|中共)")
_COMMITTEE = re.compile(r"支部委员会$")
_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class Branch:
    id: int
    name: str
    path: str
    is_branch: bool


def branch_key(text: str) -> str:
    """What two spellings of a branch's name have in common."""
    return _COMMITTEE.sub("支部", _TITLE.sub("", cells.narrow(text)))


@dataclass
class Branches:
    """The organizations in somebody's scope, by what tables call them."""

    all: list[Branch]
    by_key: dict[str, Branch | None] = field(default_factory=dict)
    """None where a name means several."""
    by_text: dict[str, Branch | None] = field(default_factory=dict)
    suggested: int = 0

    @classmethod
    def within(cls, scope: Scope) -> Branches:
        rows = Organization.objects.filter(scope.q()).current()
        found = cls([])
        for id_, name, short_name, code, path, kind in rows.values_list(
            "id", "name", "short_name", "code", "path", "kind"
        ):
            found._add(Branch(id_, name, path, kind in BRANCH_KINDS), {name, short_name, code} - {""})
        return found

    def _add(self, branch: Branch, names: Iterable[str]) -> None:
        self.all.append(branch)
        for key in {branch_key(name) for name in names}:
            self.by_key[key] = None if key in self.by_key else branch

    def find(self, text: str) -> Branch | None:
        """The one that is meant; None when there is none or more than one."""
        if text in self.by_text:
            return self.by_text[text]
        key = branch_key(text)
        found = self.by_key[key] if key in self.by_key else self._by_ending(key)
        self.by_text[text] = found
        return found

    def _by_ending(self, key: str) -> Branch | None:
        """A village's name without its township's: unique or nothing."""
        if len(key) < 4:
            return None
        found = [branch for branch in self.all if branch.is_branch and branch_key(branch.name).endswith(key)]
        return found[0] if len(found) == 1 else None

    def suggestion(self, text: str) -> str:
        """A name that looks alike; looked for only a few times, since it is slow."""
        self.suggested += 1
        if self.suggested > _SUGGESTIONS:
            return ""
        close = get_close_matches(
            text, [branch.name for branch in self.all if branch.is_branch], n=1, cutoff=0.7
        )
        return f"是不是“{close[0]}”？" if close else ""
