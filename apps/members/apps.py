from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "apps.members"
    verbose_name = "党员"

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
