from django.apps import AppConfig

from apps.core.wording import speak_plainly


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = "内核"

    def ready(self) -> None:
        from apps.core import lookups  # noqa: F401 - registers them

        speak_plainly()
