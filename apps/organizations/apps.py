from typing import ClassVar

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "apps.organizations"
    verbose_name = "党组织"
    deeds: ClassVar[dict[str, str]] = {
        "organizations.found": "新建党组织",
        "organizations.change": "修改党组织信息",
        "organizations.rename": "党组织改名",
        "organizations.move": "调整上级党组织",
        "organizations.dissolve": "撤销党组织",
        "organizations.add_group": "新建党小组",
        "organizations.rename_group": "党小组改名",
        "organizations.close_group": "撤销党小组",
        "organizations.begin_term": "登记换届",
        "organizations.extend_term": "登记延期换届",
        "organizations.register_village": "登记村",
        "organizations.change_village": "修改村和村民小组的登记",
    }
    deed_details: ClassVar[dict[str, str]] = {"day": "日期", "fields": "改了"}

    def ready(self) -> None:
        from apps.imports.registry import register
        from apps.organizations.importing import LEDGER
        from apps.organizations.queries import counties_for
        from apps.regulations.counties import set_finder

        register(LEDGER)
        set_finder(counties_for)
