"""A place in a template: what is written there, and what comes of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Placeholder:
    """A name with what it stands for; `parts` are the names of one entry where the sample is a list."""

    name: str
    about: str
    sample: Any
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def written(self) -> str:
        """How it is written in a template."""
        return f"{{{{ {self.name} }}}}" if not self.parts else f"{{% for 项 in {self.name} %}}"

    @property
    def written_parts(self) -> list[tuple[str, str]]:
        return [(f"{{{{ 项.{name} }}}}", about) for name, about in self.parts.items()]
