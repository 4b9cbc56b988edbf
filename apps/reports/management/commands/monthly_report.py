"""The month's report as files, for the IT person: the same report that the page shows."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.services import system_user
from apps.audit.context import acting_as
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.organizations.models import Organization
from apps.reports import queries, services
from apps.reports.excel import draw_excel
from apps.reports.models import MonthlyReport
from apps.reports.running import make_report
from apps.reports.word import draw_word


class Command(BaseCommand):
    help = "Write the month's report as Word, Excel and JSON; makes it if there is none yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="2026-10")
        parser.add_argument("--organization", metavar="CODE", help="default: the county")
        parser.add_argument("--out", metavar="DIR", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        organization = self._organization(options["organization"])
        try:
            report = self._report(organization, Month.parse(options["month"]))
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        except ValueError as error:
            raise CommandError(f"not a month: {options['month']} (write 2026-10)") from error
        for path in self._write(report, options["out"]):
            self.stdout.write(str(path))

    def _organization(self, code: str | None) -> Organization:
        wanted = {"code": code} if code else {"parent": None}
        found = list(Organization.objects.filter(**wanted)[:2])
        if not found:
            raise CommandError(
                f"no organization {code}"
                if code
                else "there is no county yet: import the organizations first"
            )
        if len(found) > 1:
            raise CommandError("there are several counties: say which with --organization CODE")
        return found[0]

    def _report(self, organization: Organization, month: Month) -> MonthlyReport:
        user = system_user()
        with acting_as(user, via="monthly_report"):
            report = services.ask_for_report(organization, month, by=user)
            make_report(report.pk)
        report.refresh_from_db()
        return report

    def _write(self, report: MonthlyReport, folder: Path) -> list[Path]:
        content = queries.content_of(report)
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{report.organization.code}-{report.month}-{report.revision}"
        files = {
            folder / f"{name}.docx": draw_word(content),
            folder / f"{name}.xlsx": draw_excel(content),
            folder / f"{name}.json": json.dumps(report.content, ensure_ascii=False, indent=1).encode(),
        }
        for path, data in files.items():
            path.write_bytes(data)
        return list(files)
