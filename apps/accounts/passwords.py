"""Password rules beyond Django's own (SEC-01)."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")


class ThreeKindsOfCharacters:
    """At least three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
            raise ValidationError(self.get_help_text(), code="too_few_kinds")

    def get_help_text(self) -> str:
        return "密码要含小写字母、大写字母、数字、符号中的至少三种。"
