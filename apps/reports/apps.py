from typing import ClassVar

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "apps.reports"
    verbose_name = "报表"
    deeds: ClassVar[dict[str, str]] = {"reports.ask": "要求生成月报"}
