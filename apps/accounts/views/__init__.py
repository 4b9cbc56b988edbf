"""Pages: signing in, and managing accounts."""

from apps.accounts.views.managing import (
    accounts,
    activate,
    deactivate,
    detail,
    grant,
    new,
    new_token,
    reset_password,
    revoke,
    revoke_token,
    unlock,
)
from apps.accounts.views.signing_in import locked_out, login, logout, password, session

__all__ = [
    "accounts",
    "activate",
    "deactivate",
    "detail",
    "grant",
    "locked_out",
    "login",
    "logout",
    "new",
    "new_token",
    "password",
    "reset_password",
    "revoke",
    "revoke_token",
    "session",
    "unlock",
]
