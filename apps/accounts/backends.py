"""Who may sign in with a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend


class PeopleOnly(ModelBackend):
    """Active people; the system account never, and whoever is deactivated loses a running session too."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user.is_active and not user.is_system)
