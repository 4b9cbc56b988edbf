from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "apps.members"
    verbose_name = "党员"

    def ready(self) -> None:
        from apps.imports.registry import register
        from apps.members.importing import ROSTER

        register(ROSTER)
