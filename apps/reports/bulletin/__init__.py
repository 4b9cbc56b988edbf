"""The words of the bulletin, written from the figures (handbook 10.3). Pure.

Nothing is said that the figures do not support; units stand in administrative order and are not ranked
(RPT-05); a duty that nobody has is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator

from apps.core.calendar import written
from apps.core.documents.wording import listed
from apps.organizations.kinds import BRANCH_KINDS, Kind, Sector
from apps.reports.bulletin.demands import demands
from apps.reports.bulletin.findings import achievements, problems
from apps.reports.bulletin.phrases import Office, annexes, numbered, whole_of
from apps.reports.bulletin.situation import situation
from apps.reports.frozen import Block, Bulletin, Content
from apps.reports.matters import Digest


def write(content: Content, office: Office, *, before: Content | None = None) -> Bulletin:
    """The bulletin on a month; `before` is the last month's report, for comparison, if there is one."""
    digest = Digest(content)
    return Bulletin(
        title=(f"关于{content.month.label}份基层党建重点工作", "完成情况的通报"),
        addressee=addressee(content),
        blocks=tuple(_blocks(digest, office, before)),
        annexes=annexes(digest),
        signature=office.signature,
        signed_on=office.signed_on,
    )


def addressee(content: Content) -> str:
    """Whom the bulletin is for, by the kinds of organization that stand directly below."""
    parts = content.parts
    townships = [part for part in parts if part.sector == Sector.TOWNSHIP]
    if not townships:
        kinds = [
            kind for kind in (Kind.COMMITTEE, Kind.GENERAL_BRANCH) if any(part.kind == kind for part in parts)
        ]
        branches = ["党支部"] if any(part.kind in BRANCH_KINDS for part in content.units) else []
        return f"各{listed([*(kind.label for kind in kinds), *branches]) or '党组织'}："
    groups = []
    if any("街道" not in part.name for part in townships):
        groups.append("各乡镇党委")
    if any("街道" in part.name for part in townships):
        groups.append("街道党工委")
    text = "、".join(groups)
    return f"{text}，{content.county[-1:]}直各党（工）委：" if len(townships) < len(parts) else f"{text}："


def _blocks(digest: Digest, office: Office, before: Content | None) -> Iterator[Block]:
    yield Block(_opening(digest))
    yield Block("一、总体情况", is_heading=True)
    yield from numbered(situation(digest, before))
    yield Block("二、完成较好的方面", is_heading=True)
    yield from achievements(digest)
    yield Block("三、存在的主要问题", is_heading=True)
    yield from problems(digest)
    yield Block("四、下步工作要求", is_heading=True)
    yield from numbered(demands(digest, office))


def _opening(digest: Digest) -> str:
    content = digest.content
    text = (
        f"现将{content.month.label}份{whole_of(content)}基层党建重点工作完成情况通报如下。"
        f"数据由系统从会议记录和党员名册自动汇总，截至{written(content.cut_off_on)}，"
        "各单位不需要另行填报；截止后补录的，在下期注明。"
    )
    if content.revision > 1:
        text += f"本通报为第{content.revision}版，重新生成的原因：{content.reason.rstrip('。')}。"
    return text
