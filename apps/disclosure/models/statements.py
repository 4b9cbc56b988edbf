"""Statements of income and expense, line by line, whose sums the database holds to be right."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Village, VillagersGroup

# At the end of the transaction, since a statement is written before its lines.
SUMS_ARE_RIGHT = """
    SELECT * INTO stated FROM disclosure_statement WHERE id = NEW.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM (
            SELECT balance, stated.opening + sum(income - expense) OVER (ORDER BY number) AS running
            FROM disclosure_statementline WHERE statement_id = stated.id
        ) line WHERE line.balance <> line.running
    ) THEN
        RAISE EXCEPTION 'a balance of statement % does not run on', stated.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (
            SELECT coalesce(sum(income), 0) AS income, coalesce(sum(expense), 0) AS expense
            FROM disclosure_statementline WHERE statement_id = stated.id
        ) lines WHERE lines.income <> stated.income OR lines.expense <> stated.expense
    ) THEN
        RAISE EXCEPTION 'the totals of statement % are not its lines', stated.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF stated.is_current AND stated.opening_reason = '' AND EXISTS (
        SELECT 1 FROM (
            SELECT closing FROM disclosure_statement earlier
            WHERE earlier.village_id = stated.village_id AND earlier.is_current
              AND earlier.group_id IS NOT DISTINCT FROM stated.group_id
              AND earlier.last_on < stated.first_on
            ORDER BY earlier.last_on DESC LIMIT 1
        ) last WHERE last.closing <> stated.opening
    ) THEN
        RAISE EXCEPTION 'statement % does not open with the last closing', stated.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
FOLLOWED_BY_ITS_CLOSING = """
    IF EXISTS (
        SELECT 1 FROM (
            SELECT opening, opening_reason FROM disclosure_statement later
            WHERE later.village_id = NEW.village_id AND later.is_current AND later.first_on > NEW.last_on
              AND later.group_id IS NOT DISTINCT FROM NEW.group_id
            ORDER BY later.first_on LIMIT 1
        ) next
        WHERE NEW.is_current AND next.opening_reason = '' AND next.opening <> NEW.closing
          AND EXISTS (SELECT 1 FROM disclosure_statement WHERE id = NEW.id AND is_current)
    ) THEN
        RAISE EXCEPTION 'the statement after % does not open with its closing', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class Money(models.DecimalField):
    """Yuan to the fen."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"max_digits": 14, "decimal_places": 2, **kwargs})  # type: ignore[arg-type]


def days(start: str, end: str) -> Func:
    """The range of two date columns, both days inside."""
    return Func(F(start), F(end), Value("[]"), function="DATERANGE", output_field=DateRangeField())


@tracked()
class Statement(models.Model):
    """Income and expense of a village's collective in a period, line by line (FIN-02).

    A villagers' group with property of its own has its own book, which opens and closes by itself (VAD-09).
    A later statement of the same days replaces it and is `is_current` then; the old one stays.
    """

    scope_lookup = "village__organization__path"
    view_permission = "disclosure.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="statements", verbose_name="村")
    group = models.ForeignKey(
        VillagersGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name="村民小组",
    )
    body = models.CharField("单位", max_length=100)
    first_on = models.DateField("自")
    last_on = models.DateField("至")
    opening = Money("上期结余")
    opening_reason = models.CharField("上期结余不同的原因", max_length=200, blank=True)
    income = Money("本期收入")
    expense = Money("本期支出")
    closing = Money("期末结余")
    is_current = models.BooleanField(default=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "财务收支明细表"
        verbose_name_plural = "财务收支明细表"
        ordering = ["village__organization__path", "-first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="statement_days_in_order",
                violation_error_message="期间的止日不能早于起日。",
            ),
            models.CheckConstraint(
                condition=Q(closing=F("opening") + F("income") - F("expense")),
                name="statement_balances",
                violation_error_message="上期结余 + 收入 − 支出不等于期末结余。",
            ),
            ExclusionConstraint(
                name="statement_once_for_a_day",
                expressions=[
                    ("village", RangeOperators.EQUAL),
                    (Coalesce(F("group"), Value(0)), RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_current=True),
                violation_error_message="这个村（组）在这段时间已经有一张收支表。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sums_are_right",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                declare=[("stated", "disclosure_statement%ROWTYPE")],
                func=SUMS_ARE_RIGHT,
            ),
            pgtrigger.Trigger(
                name="followed_by_its_closing",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=FOLLOWED_BY_ITS_CLOSING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village} {self.first_on:%Y-%m}"


# What a line says, in the order in which imports and copies hand it over.
LINE_FIELDS = (
    *("on", "voucher", "summary", "income", "expense", "balance"),
    *("handler", "approver", "remark"),
)
# Those of them in which somebody may have written what must not be published.
LINE_WORDS = ("summary", "remark", "voucher", "handler", "approver")


@tracked()
class StatementLine(models.Model):
    """One entry of the book; it never changes: a correction is another statement."""

    part_of = "statement"
    scope_lookup = "statement__village__organization__path"
    view_permission = "disclosure.view"

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines", verbose_name="收支表")
    number = models.PositiveIntegerField("序号")
    on = models.DateField("日期")
    voucher = models.CharField("凭证号", max_length=32, blank=True)
    summary = models.CharField("摘要", max_length=200)
    income = Money("收入金额", default=0)
    expense = Money("支出金额", default=0)
    balance = Money("余额")
    handler = models.CharField("经手人", max_length=32, blank=True)
    approver = models.CharField("审批人", max_length=32, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "收支明细"
        verbose_name_plural = "收支明细"
        ordering = ["statement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="statement_line_numbered"),
            models.CheckConstraint(
                condition=(Q(income=0) | Q(expense=0)) & ~Q(income=0, expense=0),
                name="statement_line_is_income_or_expense",
                violation_error_message="一笔只能是收入或者支出，不能两样都有或都没有。",
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept_as_written", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.summary
