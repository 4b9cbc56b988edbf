"""`manage.py verify_disclosure`: whether anything that was published has been changed or left out since."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.disclosure.chain import breaks
from apps.disclosure.queries import links_of, names_of


class Command(BaseCommand):
    help = "核对每个村公布的内容：有没有改过、有没有缺。有一处不对就以错误结束。"

    def handle(self, *args: Any, **options: Any) -> None:
        chains, names, broken = links_of(), names_of(), 0
        for (village, _), links in chains.items():
            for found in breaks(links):
                broken += 1
                self.stderr.write(f"{names[village]}第 {found.number} 件：{found.sentence}")
        if broken:
            raise CommandError(f"有 {broken} 处对不上。")
        published = sum(map(len, chains.values()))
        self.stdout.write(f"{len({village for village, _ in chains})} 个村 {published} 件，全部对得上。")
