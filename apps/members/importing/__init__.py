"""The roster as a table: what its columns are, what a file would change, and doing it."""

from apps.imports.registry import Importer
from apps.members.importing.columns import COLUMNS
from apps.members.importing.examine import examine
from apps.members.importing.write import write
from apps.members.models import Member, MembershipEvent
from apps.organizations.models import Organization

ROSTER = Importer(
    name="roster",
    title="党员花名册",
    unit="人",
    permission="members.import",
    home="members:list",
    home_title="党员",
    subject_title="姓名",
    columns=COLUMNS,
    subject="name",
    examine=examine,
    write=write,
    reads=tuple(model._meta.db_table for model in (Organization, Member, MembershipEvent)),
    notes=(
        "按身份证号认人：名册里有的，改成表里写的；没有的，新增。",
        "空着的格子不改动名册里原有的内容；表里没有的人不会被删除。",
        "一个人换了支部，不在这里改：请办组织关系转接。",
        "身份证号和手机号码两列要是文本格式，模板里已经设好。",
    ),
)
