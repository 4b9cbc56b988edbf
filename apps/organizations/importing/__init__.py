"""The ledger of party organizations as a table: its columns, what a file would change, and doing it."""

from apps.imports.registry import Importer
from apps.organizations.importing.columns import COLUMNS
from apps.organizations.importing.examine import examine
from apps.organizations.importing.write import write

LEDGER = Importer(
    name="organizations",
    title="党组织台账",
    unit="个",
    permission="organizations.import",
    home="organizations:list",
    home_title="党组织",
    subject_title="党组织",
    columns=COLUMNS,
    subject="name",
    examine=examine,
    write=write,
    notes=(
        "按党组织代码认：系统里有的，改成表里写的；没有的，新建。",
        "空着的格子不改动原有的内容；表里没有的党组织不会被删除。",
        "上级写在下级前面、后面都可以。",
    ),
)
