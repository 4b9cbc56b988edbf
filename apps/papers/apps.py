from typing import ClassVar

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "apps.papers"
    verbose_name = "打印归档"
    deeds: ClassVar[dict[str, str]] = {
        "papers.print": "下载会议材料",
        "papers.order": "要求成批排版会议材料",
        "papers.download": "下载成批的会议材料",
    }

    def ready(self) -> None:
        from apps.organizations import extensions
        from apps.papers import panels

        extensions.panels.add("papers/_branch_panel.html", panels.papers_panel, place=35)
