from typing import ClassVar

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "apps.reminders"
    verbose_name = "提醒"
    deeds: ClassVar[dict[str, str]] = {
        "reminders.set_own": "改自己的提醒设置",
        "reminders.set_robot": "设置群机器人",
        "reminders.stop_robot": "停用群机器人",
        "reminders.try_robot": "试发一条提醒",
    }
