"""Cards that apps above add to a page of an app below, which does not know them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from apps.core.access import Person

S = TypeVar("S")


@dataclass(frozen=True)
class Panel(Generic[S]):
    """A card about a subject; `content` gives the template's `panel`, or None for no card."""

    template: str
    content: Callable[[S, Person, datetime.date], Any]
    place: int


@dataclass
class Panels(Generic[S]):
    """The cards of one page, in the order of their places; apps add theirs in AppConfig.ready()."""

    panels: list[Panel[S]] = field(default_factory=list)

    def add(self, template: str, content: Callable[[S, Person, datetime.date], Any], *, place: int) -> None:
        self.panels.append(Panel(template, content, place))
        self.panels.sort(key=lambda panel: panel.place)

    def shown(self, subject: S, user: Person, day: datetime.date) -> list[tuple[str, Any]]:
        """Template and content of every card that this user gets to see."""
        contents = ((panel.template, panel.content(subject, user, day)) for panel in self.panels)
        return [(template, content) for template, content in contents if content is not None]
