from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "apps.organizations"
    verbose_name = "党组织"

    def ready(self) -> None:
        from apps.imports.registry import register
        from apps.organizations.importing import LEDGER

        register(LEDGER)
