from typing import ClassVar

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "apps.regulations"
    label = "regulations"
    verbose_name = "制度"
    deeds: ClassVar[dict[str, str]] = {"regulations.set": "设置本县的数"}
    deed_details: ClassVar[dict[str, str]] = {"rule": "规定", "value": "本县的数"}
