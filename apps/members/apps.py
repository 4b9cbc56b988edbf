from typing import ClassVar

from django.apps import AppConfig

from apps.members.changes import CHANGES


class MembersConfig(AppConfig):
    name = "apps.members"
    verbose_name = "党员"
    deeds: ClassVar[dict[str, str]] = {
        "members.add": "增加党员",
        "members.change": "修改党员信息",
        "members.reveal": "查看完整号码",
        "members.assign_groups": "分党小组",
        "members.seat": "任班子职务",
        "members.unseat": "免班子职务",
        **{f"members.{action}": change.title for action, change in CHANGES.items()},
    }
    deed_details: ClassVar[dict[str, str]] = {"day": "日期", "field": "看的是", "members": "人数"}

    def ready(self) -> None:
        from apps.imports.registry import register
        from apps.members import panels, queries
        from apps.members.importing import ROSTER
        from apps.organizations import extensions

        register(ROSTER)
        extensions.panels.add("members/_roster_panel.html", panels.roster_panel, place=10)
        extensions.panels.add("members/_committee_panel.html", panels.committee_panel, place=20)
        extensions.set_headcount(lambda paths, day: queries.headcount(paths, on=day))
        extensions.add_tie(panels.tie)
