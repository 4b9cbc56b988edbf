"""Model fields for values that the database cannot name itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from apps.core import crypto
from apps.core.periods import Month


@dataclass(frozen=True)
class Sealed:
    """An encrypted value as it lies in the row; printing it shows nothing."""

    sealed: bytes
    purpose: str

    def reveal(self) -> str:
        """The plain text; every caller that shows it to a person records why."""
        return crypto.decrypt(self.sealed, purpose=self.purpose)

    def __str__(self) -> str:
        return "••••••"

    __repr__ = __str__


class SealedField(models.BinaryField):
    """Text that is encrypted at rest: assign a str, read a `Sealed`."""

    # What the type checker is told of assigning and reading.
    _pyi_private_set_type: str | Sealed
    _pyi_private_get_type: Sealed  # type: ignore[assignment]

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def seal(self, text: str) -> bytes:
        return crypto.encrypt(text, purpose=self.purpose)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value), self.purpose)

    def get_prep_value(self, value: Any) -> bytes | None:
        if isinstance(value, Sealed):
            return value.sealed
        return None if value in (None, "") else self.seal(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        plain = value if prepared else self.get_prep_value(value)
        return None if plain is None else connection.Database.Binary(plain)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("protected values are not serialized")


class MonthField(models.DateField):
    """A calendar month, stored as its first day."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Month | datetime.date | str  # type: ignore[assignment]
        _pyi_private_get_type: Month  # type: ignore[assignment]
        _pyi_lookup_exact_type: Month | datetime.date | str  # type: ignore[assignment]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Month | None:
        return None if value is None else Month.of(value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Month) or value is None:
            return value
        if isinstance(value, datetime.date):
            return Month.of(value)
        return Month.parse(str(value))

    def get_prep_value(self, value: Any) -> Any:
        month = self.to_python(value)
        return None if month is None else month.first

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, **kwargs})
