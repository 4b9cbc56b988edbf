"""Test clients that hold pages to what a page may do."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.test import Client

READING = ("GET", "HEAD", "OPTIONS")


class ReadingClient(Client):
    """A client whose GET runs in a read-only transaction: a page that writes while it is read fails.

    Sessions live in the cache and are not concerned. Only inside a test's own transaction; tests with
    real transactions (`transaction=True`) have it switched off.
    """

    def generic(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if method not in READING or not connection.in_atomic_block:
            return super().generic(method, *args, **kwargs)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            answer = super().generic(method, *args, **kwargs)
            transaction.set_rollback(True)  # the savepoint takes the mode back with it
        return answer
