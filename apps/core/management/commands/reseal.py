from typing import Any

from django.core.management.base import BaseCommand

from apps.core.sealing import reseal_everything


class Command(BaseCommand):
    help = "Seal every protected value with the current key, after a new one was put in front."

    def handle(self, *args: Any, **options: Any) -> None:
        for column, count in reseal_everything().items():
            self.stdout.write(f"{column}: {count} resealed")
