from typing import ClassVar

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "apps.calendars"
    verbose_name = "日历"
    deeds: ClassVar[dict[str, str]] = {
        "calendars.open_feed": "开通日历订阅",
        "calendars.revoke_feed": "停用日历订阅",
    }
