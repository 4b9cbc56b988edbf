from typing import ClassVar

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "apps.imports"
    label = "imports"
    verbose_name = "导入"
    deeds: ClassVar[dict[str, str]] = {
        "imports.upload": "上传要导入的文件",
        "imports.commit": "写入导入的内容",
        "imports.cancel": "取消导入",
    }
    deed_details: ClassVar[dict[str, str]] = {"new": "新增", "changed": "有变化", "skipped": "跳过"}
