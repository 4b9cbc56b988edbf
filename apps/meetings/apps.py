from typing import ClassVar

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "apps.meetings"
    verbose_name = "三会一课"
    deeds: ClassVar[dict[str, str]] = {
        "meetings.submit": "交上会议记录",
        "meetings.return": "退回会议记录",
        "meetings.reopen": "收回修改会议记录",
        "meetings.correct": "更正会议记录",
        "meetings.begin_correction": "开始更正会议记录",
        "meetings.discard_correction": "放弃没有交上的更正",
        "meetings.withdraw": "撤回会议记录",
        "meetings.plan": "保存主题党日计划",
        "meetings.fix_theme_day": "定主题党日固定日",
    }

    def ready(self) -> None:
        from apps.meetings import panels
        from apps.organizations import extensions

        extensions.panels.add("meetings/_recent_panel.html", panels.recent_panel, place=30)
