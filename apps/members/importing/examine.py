"""Each row of a roster against the rules and against what is stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db.models import BinaryField, Count, Func, QuerySet, Value

from apps.core import crypto
from apps.core.dates import LooseDate
from apps.core.identity import IdNumber
from apps.imports.plans import Absent, Changed, Errand, New, Plan
from apps.imports.problems import Problem, Severity
from apps.imports.rows import Row
from apps.members.importing.branches import Branch, Branches
from apps.members.importing.changes import TITLES, changes_of
from apps.members.importing.columns import BrokenNumber
from apps.members.importing.statements import PLAIN_DATES, Stored, birthday, statements
from apps.members.models import CURRENT, Member, MembershipEvent
from apps.members.rules import Facts, findings
from apps.members.vocabulary import Category, Cause, Status

CHUNK = 2_000
# A file most of whose branches nobody knows is about another place.
STRANGE_SHARE = 0.6
NEEDED_FOR_NEW = ("ethnic_group", "category", "joined_on")
_DETAILS = ("mobile_since", "mobile_destination", "out_of_contact_since")
RECORD = [
    "name",
    "sex",
    "ethnic_group",
    "born_on",
    "education",
    "occupation",
    "category",
    "joined_on",
    "joined_precision",
    "full_on",
    "full_precision",
    "branch_id",
    "status",
    "address",
    "is_mobile",
    "mobile_destination",
    "mobile_since",
    "is_out_of_contact",
    "out_of_contact_since",
]
_STORED = [*RECORD, *["id", "version", "branch__path", "branch__name", "id_digest", "phone", "phone_digest"]]
_facts_of = itemgetter(*(each.name for each in fields(Facts)[1:]))  # all but the identity number
_record_of = itemgetter(*RECORD)
_EMPTY: dict[str, Any] = {
    "sex": None,
    "born_on": None,
    "category": None,
    "joined_on": None,
    "joined_precision": "day",
    "ethnic_group": None,
    "branch_id": None,
    "phone": None,
    "education": "",
    "occupation": "",
    "full_on": None,
    "full_precision": "day",
    "status": "active",
    "address": "",
    "is_mobile": False,
    "mobile_destination": "",
    "mobile_since": None,
    "is_out_of_contact": False,
    "out_of_contact_since": None,
}


@dataclass
class _Examination:
    """One file on its way through; what was met so far tells duplicates and who is absent."""

    plan: Plan
    errand: Errand
    branches: Branches
    opened: frozenset[int]
    met: dict[bytes, tuple[str, int]] = field(default_factory=dict)
    matched: dict[int, set[int]] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    unclear: set[tuple[str, int]] = field(default_factory=set)
    strange: int = 0

    def take(self, rows: list[Row]) -> None:
        """Plan a chunk of rows with as many queries as for one row."""
        self._offer_stored_numbers(rows)
        stored = self._stored(rows)
        for row in rows:
            self.plan.take(row, self._outcome(row, stored))

    def _stored(self, rows: list[Row]) -> dict[bytes, Stored]:
        """Who of the file is on the roster, anywhere, or was; each question has its own index."""
        digest = crypto.digester()
        for row in rows:
            number = row.values.get("id_number")
            row.values["digest"] = digest(number.text) if isinstance(number, IdNumber) else None
        wanted = [row.values["digest"] for row in rows if row.values["digest"]]
        found = _by_digest(Member.objects.filter(id_digest__in=_any_of(wanted), status__in=CURRENT))
        others = [digest for digest in wanted if digest not in found]
        former = Member.objects.filter(id_digest__in=_any_of(others)).exclude(status__in=CURRENT)
        return _by_digest(former) | found

    def _outcome(self, row: Row, stored: dict[bytes, Stored]) -> New | Changed | None:
        digest = row.values["digest"]
        branch = self._branch(row)
        if digest is not None:
            self._note_duplicate(row, digest)
        member = stored.get(digest) if digest else None
        if member is not None:
            self.matched.setdefault(member["branch_id"], set()).add(member["id"])
        if row.has_errors or branch is None:
            self._remember_unclear(row, branch)
            return None
        if member is None:
            return self._new(row, branch)
        return self._changed(row, branch, member) if self._may_change(row, branch, member) else None

    def _remember_unclear(self, row: Row, branch: Branch | None) -> None:
        if branch is not None and row.values.get("name"):
            self.unclear.add((row.values["name"], branch.id))

    def _note_duplicate(self, row: Row, digest: bytes) -> None:
        first = self.met.setdefault(digest, (row.sheet, row.number))
        if first == (row.sheet, row.number):
            return
        where = f"第 {first[1]} 行" if first[0] == row.sheet else f"“{first[0]}”第 {first[1]} 行"
        row.add(
            "id_number",
            "duplicate",
            f"这个身份证号和{where}的一样。",
            "同一个人只留一行；不是同一个人的，请核对号码。",
        )

    # --- the branch -------------------------------------------------------------------------------

    def _branch(self, row: Row) -> Branch | None:
        text = row.values.get("branch") or row.section or row.sheet
        branch = self.branches.find(text)
        if branch is None:
            self._unknown_branch(row, text)
        elif not branch.is_branch:
            row.add(
                "branch",
                "not_a_branch",
                f"“{branch.name}”不是党支部。",
                "党员要编入它下面的一个党支部，请写那个支部。",
            )
            return None
        else:
            self.named.add(branch.id)
        return branch

    def _unknown_branch(self, row: Row, text: str) -> None:
        if row.has_fault("branch"):
            return
        if not row.values.get("branch") and not row.section and "branch" in row.values:
            row.add("branch", "missing", "没有填所在党支部。", "请补上。")
            return
        self.strange += 1
        advice = self.branches.suggestion(text) or "请核对名称；新成立的支部请先登记。"
        row.add("branch", "branch_unknown", f"您的范围里没有“{text[:40]}”这个党支部。", advice)

    # --- new and changed --------------------------------------------------------------------------

    def _new(self, row: Row, branch: Branch) -> New | None:
        for key in NEEDED_FOR_NEW:
            if row.values.get(key) is None and not row.has_fault(key):
                row.add(key, "missing", f"新增的党员要填{TITLES[key]}。", "请补上。")
        if row.values.get("status") not in (None, Status.ACTIVE):
            row.add(
                "status",
                "not_active",
                f"党籍状态是“{Status(row.values['status']).label}”，不能新增。",
                "请跳过这一行。",
            )
        number: IdNumber = row.values["id_number"]
        wanted = statements(row, None)
        if "sex" not in wanted:
            wanted["sex"] = number.sex.value
        if "born_on" not in wanted:
            wanted["born_on"] = number.born_on
        facts = {**_EMPTY, **wanted}
        self._apply_rules(row, facts)
        self._say_what_is_not_exact(row)
        if row.has_errors:
            return None
        facts["branch_id"] = branch.id
        cause, on = self._entry(facts, branch)
        record = (*_record_of(facts), number.text, row.values["digest"], facts["phone"], cause, on)
        return New(row.sheet, row.number, facts["name"], f"{branch.name} · {number.masked}", record)

    def _entry(self, facts: dict[str, Any], branch: Branch) -> tuple[str, datetime.date]:
        """How a new person came: a branch's first roster opens its book, later ones came some way."""
        if branch.id not in self.opened:
            return Cause.OPENING.value, facts["joined_on"]
        came = Cause.ADMITTED if facts["category"] == Category.PROBATIONARY else Cause.TRANSFERRED_IN
        return came.value, self.errand.today

    def _may_change(self, row: Row, branch: Branch, member: Stored) -> bool:
        if not self.errand.scope.covers(member["branch__path"]):
            row.add(
                "id_number",
                "elsewhere",
                "这个身份证号已经登记在别处的名册里。",
                "不会变成两个人。请核对号码；确实是本支部的人，请办组织关系转接。",
            )
        elif member["status"] not in CURRENT:
            label = Status(member["status"]).label
            row.add(
                "id_number",
                "former_member",
                f"这个人在名册里是“{label}”。",
                "回来的请办转入或恢复党籍，不在这里新增。",
            )
        elif member["branch_id"] != branch.id:
            row.add(
                "branch",
                "other_branch",
                f"这个身份证号现在在“{member['branch__name']}”。",
                "不会变成两个人。换了支部的请办组织关系转接，或者跳过这一行。",
            )
        elif row.values.get("status") not in (None, member["status"]):
            row.add(
                "status",
                "status_differs",
                f"名册里的党籍状态是“{Status(member['status']).label}”。",
                "党籍状态的变化请在党员页面办理。",
            )
        return not row.has_errors

    def _changed(self, row: Row, branch: Branch, member: Stored) -> Changed | None:
        wanted = statements(row, member)
        shown, values = changes_of(member, wanted)
        if not shown:
            return None
        self._apply_rules(row, {**member, "phone": None, **wanted})
        if row.has_errors:
            return None
        record = tuple(sorted(values.items()))
        return Changed(
            row.sheet, row.number, member["name"], branch.name, member["id"], member["version"], shown, record
        )

    def _apply_rules(self, row: Row, facts: dict[str, Any]) -> None:
        checked = Facts(row.values["id_number"], *_facts_of(facts))
        unasked = [key for key in _DETAILS if key not in row.values]
        for finding in findings(checked, today=self.errand.today, unasked=unasked):
            if finding.code == "full_before_joined" and row.has_fault("joined_on"):
                continue  # the same mistake once more
            if not row.has_fault(finding.field):
                severity = Severity.ERROR if finding.blocks else Severity.WARNING
                row.add(finding.field, finding.code, finding.sentence, finding.advice, severity=severity)

    def _say_what_is_not_exact(self, row: Row) -> None:
        for key in ("joined_on", "full_on", *PLAIN_DATES):
            day = row.values.get(key)
            if isinstance(day, LooseDate):
                known = "年和月" if day.month else "年份"
                row.warn(key, "date_not_exact", f"{TITLES[key]}只有{known}。", f"记为{day}，不写成 1 日。")

    # --- numbers that lost their digits -----------------------------------------------------------

    def _offer_stored_numbers(self, rows: list[Row]) -> None:
        """Whoever has the same name and birthday on the roster is probably meant."""
        broken = [
            row for row in rows if not isinstance(row.values.get("id_number"), IdNumber) and birthday(row)
        ]
        if not broken:
            return
        candidates = self._namesakes(
            {row.values.get("name") for row in broken}, {birthday(row) for row in broken}
        )
        for row in broken:
            found: list[IdNumber] = candidates.get((row.values.get("name"), birthday(row)), [])
            broken_number = row.values.get("id_number") or BrokenNumber("", is_cut=True)
            if len(found) == 1 and broken_number.may_be(found[0].text):
                self._offer(row, found[0])

    def _namesakes(self, names: set[Any], birthdays: set[Any]) -> dict[tuple[Any, Any], list[IdNumber]]:
        rows = Member.objects.filter(
            self.errand.scope.q("branch__path"),
            name__in=names - {None},
            born_on__in=birthdays,
            status__in=CURRENT,
        )
        found: dict[tuple[Any, Any], list[IdNumber]] = {}
        for name, born_on, sealed in rows.values_list("name", "born_on", "id_number"):
            found.setdefault((name, born_on), []).append(IdNumber(sealed.reveal()))
        return found

    def _offer(self, row: Row, number: IdNumber) -> None:
        problem = next(
            (each for each in row.problems if each.position == row.heading.position_of("id_number")), None
        )
        if problem is None:
            return
        row.problems.remove(problem)
        if self.errand.choices.adopts(row):
            row.values["id_number"] = number
            return
        advice = f"按姓名和出生日期，名册里是 {number.masked}。"
        row.add("id_number", problem.code, problem.message, advice, offer="adopt")

    # --- the end ----------------------------------------------------------------------------------

    def finish(self) -> None:
        if self.plan.rows and self.strange > self.plan.rows * STRANGE_SHARE:
            self._say_that_it_is_about_another_place()
        self.plan.absent.extend(self._absent())

    def _say_that_it_is_about_another_place(self) -> None:
        """One clear sentence instead of the same one in every row."""
        plan = self.plan
        unknown = {
            (problem.sheet, problem.row) for problem in plan.problems if problem.code == "branch_unknown"
        }
        plan.problems = [problem for problem in plan.problems if (problem.sheet, problem.row) not in unknown]
        sentence = f"表里 {plan.rows} 行，有 {self.strange} 行的党支部不在您的范围里。这像是别处的花名册。"
        plan.problems.insert(
            0,
            Problem(
                "",
                0,
                TITLES["branch"],
                "another_place",
                Severity.ERROR,
                sentence,
                "请核对文件；新的党支部要先导入党组织台账。",
            ),
        )

    def _absent(self) -> Iterator[Absent]:
        """Current members of the branches that the file names whom it does not name."""
        counts = Member.objects.filter(branch__in=self.named, status__in=CURRENT).values_list("branch")
        incomplete = [
            branch
            for branch, count in counts.annotate(Count("id")).order_by()
            if count != len(self.matched.get(branch, ()))
        ]
        rows = Member.objects.filter(branch__in=incomplete, status__in=CURRENT)
        rows = rows.order_by("branch__path", "pinyin", "id")
        for id_, name, branch_id, branch in rows.values_list("id", "name", "branch", "branch__name"):
            if id_ not in self.matched.get(branch_id, ()) and (name, branch_id) not in self.unclear:
                yield Absent(name, branch)


class _Digests(Func):
    """Many digests as one text: the server reads it in a tenth of the time of as many values."""

    template = "(SELECT decode(unnest(string_to_array(%(expressions)s, ',')), 'hex'))"
    output_field = BinaryField()


def _any_of(digests: Iterable[bytes]) -> _Digests:
    return _Digests(Value(",".join(digest.hex() for digest in digests)))


def _by_digest(members: QuerySet[Member]) -> dict[bytes, Stored]:
    return {bytes(member["id_digest"]): member for member in members.order_by("id").values(*_STORED)}


def _chunks(rows: Iterator[Row]) -> Iterable[list[Row]]:
    return iter(lambda: list(islice(rows, CHUNK)), [])


def examine(rows: Iterator[Row], plan: Plan, errand: Errand) -> None:
    """Put every row of the roster into the plan."""
    opened = MembershipEvent.objects.filter(to_branch__isnull=False).values_list("to_branch_id", flat=True)
    examination = _Examination(plan, errand, Branches.within(errand.scope), frozenset(opened.distinct()))
    for chunk in _chunks(rows):
        examination.take(chunk)
    examination.finish()
