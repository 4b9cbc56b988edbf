"""`manage.py verify_disclosure`: whether anything that was published has been changed or left out since."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.disclosure.chain import breaks
from apps.disclosure.queries import chains_of, names_of


class Command(BaseCommand):
    help = "核对每个村公布的内容：有没有改过、有没有缺。有一处不对就以错误结束。"

    def handle(self, *args: Any, **options: Any) -> None:
        villages, published, broken = 0, 0, 0
        for (
            village,
            name,
        ) in names_of().items():  # a county needs no more memory than a village
            chains = chains_of(village)
            found = [each for links in chains for each in breaks(links)]
            for each in found:
                self.stderr.write(f"{name}第 {each.number} 件：{each.sentence}")
            villages += bool(chains)
            published += sum(map(len, chains))
            broken += len(found)
        if broken:
            raise CommandError(f"有 {broken} 处对不上。")
        self.stdout.write(f"{villages} 个村 {published} 件，全部对得上。")
