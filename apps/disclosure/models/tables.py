"""Tables of handbook 7.6 besides income and expense: rows as JSON, their kind declared in code."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.disclosure.models.publications import Publication
from apps.disclosure.states import OPEN
from apps.disclosure.tables import KIND_CHOICES, KINDS
from apps.disclosure.tables.kinds import TableKind

_OPEN = ", ".join(f"'{state.value}'" for state in sorted(OPEN))

BALANCES = """
    IF NEW.kind = 'balance-sheet' AND EXISTS (
        SELECT 1 FROM unnest(ARRAY['closing', 'opening']) AS side(name)
        WHERE (
            SELECT coalesce(sum(
                CASE line ->> 'line' WHEN 'assets' THEN 1 WHEN 'liabilities' THEN -1 WHEN 'equity' THEN -1 END
                * nullif(line ->> side.name, '')::numeric
            ), 0) FROM jsonb_array_elements(NEW.rows) line
        ) <> 0
    ) THEN
        RAISE EXCEPTION 'balance sheet % does not balance', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
STAYS_AS_CHECKED = f"""
    IF EXISTS (
        SELECT 1 FROM disclosure_publication
        WHERE id = OLD.publication_id AND state NOT IN ({_OPEN})
    ) THEN
        RAISE EXCEPTION 'table % is no draft any more', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
"""  # noqa: S608 - built from our own constants


@tracked()
class Table(models.Model):
    """A disclosed table: rows by column, amounts and dates as text (`tables.kinds.Stored`).

    It changes only while its publication is a draft; a correction has a table of its own.
    """

    part_of = "publication"
    scope_lookup = "publication__village__organization__path"
    view_permission = "disclosure.view"

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="table", verbose_name="公开")
    kind = models.CharField("表", max_length=24, choices=KIND_CHOICES)
    rows = models.JSONField("行", default=list, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公开的表"
        verbose_name_plural = "公开的表"
        ordering = ["publication"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in KIND_CHOICES]), name="table_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(F("rows"), function="jsonb_typeof", output_field=models.TextField()), Value("array")
                ),
                name="table_rows_are_rows",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="balances",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=BALANCES,
            ),
            pgtrigger.Trigger(
                name="stays_as_checked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=STAYS_AS_CHECKED,
            ),
        ]

    def __str__(self) -> str:
        return self.about.title

    @property
    def about(self) -> TableKind:
        return KINDS[self.kind]
