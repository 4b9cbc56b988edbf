"""`manage.py export_public_site DIR`: the public side as files, for a host that stands alone."""

from __future__ import annotations

import datetime
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.publicsite.copies.drawing import CannotDraw
from apps.publicsite.copies.export import Busy, export


class Command(BaseCommand):
    help = (
        "把公开网站导出成文件，放到和内部系统不相通的主机上。只重写有变动的；中断了再运行一次，接着导出；"
        "全部写完才换上新的一份，上一份留到下一次。网站的根目录是 DIR/current。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--since",
            type=datetime.date.fromisoformat,
            metavar="2026-11-01",
            help="这一天以来没有变动的村，照上一次导出的原样保留。",
        )
        parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1), help="同时导出几个村。")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tally = export(options["folder"].resolve(), since=options["since"], jobs=options["jobs"])
        except (Busy, CannotDraw) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"写了 {tally.written} 个文件，{tally.kept} 个和上次一样。")
