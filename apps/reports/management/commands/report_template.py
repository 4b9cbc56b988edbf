"""The Word template of the monthly bulletin, for a county that wants to change it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.reports.word import built_in_template


class Command(BaseCommand):
    help = "Write the built-in Word template; change it in Word and name it in PARTYBUILD_REPORT_TEMPLATE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, help="FILE.docx")

    def handle(self, *args: Any, **options: Any) -> None:
        options["out"].write_bytes(built_in_template())
        self.stdout.write(f"{options['out']}")
