from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.services import system_user
from apps.audit.context import acting_as
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.home import demo


class Command(BaseCommand):
    help = "Load the invented demo county with a year of meetings and a login per role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=1, help="how many times the townships (20 makes a large county)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PARTYBUILD_DEMO:
            raise CommandError(
                "The demo's password is public: load_demo runs only where PARTYBUILD_DEMO=yes."
            )
        try:
            with acting_as(system_user()):
                counts = demo.load(today=today(), scale=options["scale"])
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        for what, count in counts.items():
            self.stdout.write(f"{what}: {count}")
