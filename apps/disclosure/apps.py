from typing import ClassVar

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "apps.disclosure"
    verbose_name = "村务公开"
    deeds: ClassVar[dict[str, str]] = {
        "disclosure.register": "登记村",
        "disclosure.write": "写公开内容",
        "disclosure.propose": "送监委会审查",
        "disclosure.object": "监委会提出异议",
        "disclosure.consent": "监委会同意公布",
        "disclosure.clear": "保密审查：可以公开",
        "disclosure.hold": "保密审查：不能公开",
        "disclosure.confirm": "登记联席会议决定",
        "disclosure.publish": "公布",
        "disclosure.file": "办理公开备案",
        "disclosure.withdraw": "撤回公布的内容",
        "disclosure.put_up": "登记张贴",
        "disclosure.take_down": "登记撤下张贴",
        "disclosure.strike": "删去登记错的张贴",
        "disclosure.begin_catalogue": "开始编公开目录",
        "disclosure.change_catalogue": "改公开目录的草稿",
        "disclosure.adopt_catalogue": "确定公开目录",
        "disclosure.add_item": "增加公开事项",
        "disclosure.register_event": "登记要公开的事",
        "disclosure.look_at_file": "看过附件，没有不能公开的",
        "disclosure.order": "责令公布",
        "disclosure.rescind_order": "撤销责令",
        "disclosure.answer_order": "责令公布的已经公布",
        "disclosure.cancel_event": "作废要公开的事",
    }

    def ready(self) -> None:
        from apps.disclosure.importing import STATEMENTS
        from apps.disclosure.importing.tables import TABLES
        from apps.imports.registry import register

        for importer in (STATEMENTS, *TABLES):
            register(importer)
