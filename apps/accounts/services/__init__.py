"""Writes: signing in and out, accounts, grants, keys of programs."""

from apps.accounts.services.grants import grant, revoke
from apps.accounts.services.people import (
    activate,
    create_account,
    create_administrator,
    deactivate,
    reset_password,
    system_user,
    unlock,
)
from apps.accounts.services.sessions import change_password, locked_out, sign_in, sign_out
from apps.accounts.services.tokens import create_token, note_use, revoke_token

__all__ = [
    "activate",
    "change_password",
    "create_account",
    "create_administrator",
    "create_token",
    "deactivate",
    "grant",
    "locked_out",
    "note_use",
    "reset_password",
    "revoke",
    "revoke_token",
    "sign_in",
    "sign_out",
    "system_user",
    "unlock",
]
