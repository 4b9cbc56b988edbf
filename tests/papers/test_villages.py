"""A village's papers: the ledger of each matter (RURAL-08), and the committee's half-year report."""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import Deed
from apps.core.errors import Refused
from apps.core.periods import Month, Quarter, Year
from apps.decisions import services as deciding
from apps.decisions.kinds import Stage
from apps.decisions.models import FourStepDecision
from apps.decisions.voting import Count
from apps.disclosure import services as disclosing
from apps.organizations.models import Village
from apps.papers import services, villages
from apps.papers.kinds import Binding, Paper
from apps.papers.models import PaperTemplate
from apps.papers.orders import File, Order
from tests.conftest import County
from tests.decisions.conftest import DAY, MATTER, SITTINGS, clerk, decided, hold, matter, publish, village
from tests.papers.conftest import lines_of, opened
from tests.papers.test_templates import changed
from tests.supervision.making import HALF, a_record, a_report, a_supervisor

__all__ = ["clerk", "decided", "hold", "matter", "publish", "village"]
pytestmark = pytest.mark.django_db


def order_of(path: str, paper: Paper = Paper.LEDGER, **more: Any) -> Order:
    return Order(**{"paper": paper, "period": Year(2026), "path": path, **more})


def printed(matter: FourStepDecision, user: User) -> File:
    return services.print_ledger(villages.decision_for(user, matter.pk), by=user)


def tables_of(file: File) -> list[dict[str, str]]:
    """Each table as label and value; where a row has two pairs, both."""
    found = []
    for table in opened(file).tables:
        cells = [list(dict.fromkeys(cell.text for cell in row.cells)) for row in table.rows]
        found.append({key: value for row in cells for key, value in zip(row[::2], row[1::2], strict=False)})
    return found


class TestTheLedger:
    def test_it_has_a_table_for_each_step(self, decided: FourStepDecision, clerk: User, publish: Any) -> None:
        told = publish(deciding.draft_resolution(decided, by=clerk))
        day = told.published_at.date()
        disclosing.put_up(told, place="村委会公开栏", put_up_on=day, by=clerk)
        file = printed(decided, clerk)

        head, proposed, _, deliberated, voted, resolution, result = tables_of(file)
        assert file.name == "河口镇东湾村 四议两公开台账 修缮村活动室.docx"
        assert (head["事　　项"], head["动议来源"]) == ("修缮村活动室", "党员、群众建议")
        assert (proposed["会　　议"], proposed["主 持 人"]) == ("村党组织委员会", "李某")
        assert deliberated["到会情况"] == "应到 30 人，实到 24 人，占 80%"
        assert voted["到会情况"] == "应到 300 户，实到 200 户，占 66.7%"
        assert voted["表决结果"] == "赞成 180 票，反对 15 票，弃权 5 票：通过"
        assert resolution["情　　况"] == "已公布"
        assert resolution["公开起止\n与 照 片"].startswith("村委会公开栏：")
        assert resolution["公开起止\n与 照 片"].endswith("至还贴着，照片：无")
        assert "同意公布" in resolution["监委会\n意　　见"]
        assert (result["情　　况"], "实施结果" in result) == ("还没有公布", False)
        assert [line for line in lines_of(opened(file)) if line.startswith("第")] == [
            "第一步　村党组织提议",
            "第二步　村“两委”会议商议",
            "第三步　党员大会审议",
            "第四步　决议",
            "第五步　决议公开",
            "第六步　实施结果公开",
        ]

    def test_who_came_is_there_where_it_was_written_down(
        self, matter: FourStepDecision, hold: Any, clerk: User
    ) -> None:
        sitting = SITTINGS[Stage.PROPOSED]
        hold(Stage.PROPOSED, replace(sitting, names="李某、王某", from_township="包村干部周某"))
        hold(Stage.DISCUSSED)

        _, first, second, *_ = tables_of(printed(matter, clerk))
        assert (first["参会人员"], second["参会人员"]) == ("李某、王某", "另附签到表")
        assert first["乡镇参会\n人　　员"].startswith("包村干部周某")

    def test_a_sitting_that_failed_stays_in_it(
        self, matter: FourStepDecision, hold: Any, clerk: User
    ) -> None:
        hold(Stage.PROPOSED, replace(SITTINGS[Stage.PROPOSED], count=Count(5, 4, 1, 3)))
        hold(Stage.PROPOSED)

        _, failed, held, *_ = tables_of(printed(matter, clerk))
        assert [each["表决结果"].rpartition("：")[2] for each in (failed, held)] == ["没有通过", "通过"]

    def test_of_a_correction_it_tells_what_is_in_force(
        self, decided: FourStepDecision, clerk: User, publish: Any
    ) -> None:
        told = publish(deciding.draft_resolution(decided, by=clerk))
        publish(disclosing.correct(told, reason="写错一个数。", by=clerk))

        *_, resolution, _ = tables_of(printed(decided, clerk))
        assert resolution["情　　况"] == "已公布"

    def test_taking_it_is_on_record_and_the_neighbour_takes_none(
        self, decided: FourStepDecision, signed_in: Any, clerk: User, neighbour: User
    ) -> None:
        address = reverse("papers:ledger", args=[decided.pk])

        assert signed_in(neighbour).post(address).status_code == 404
        assert signed_in(clerk).get(address).status_code == 405
        assert signed_in(clerk).post(address)["Cache-Control"] == "no-store"
        assert Deed.objects.filter(action="papers.print").count() == 1


class TestABatchOfLedgers:
    @pytest.fixture
    def three(self, village: Village, clerk: User) -> list[FourStepDecision]:
        """Two that were begun in 2026, one that nobody has sat about yet."""
        made = [deciding.begin(village, by=clerk, **{**MATTER, "title": f"事项{n}"}) for n in "一二三"]
        for each in made[:2]:
            deciding.hold(each, Stage.PROPOSED, SITTINGS[Stage.PROPOSED], by=clerk)
        return made

    def test_a_village_s_year_is_one_file_with_every_matter_that_was_sat_about(
        self, three: list[FourStepDecision], village: Village, clerk: User
    ) -> None:
        file = services.print_batch(order_of(village.organization.path), by=clerk)

        assert isinstance(file, File)
        assert file.name == "2026年四议两公开台账.docx"
        heads = [each["事　　项"] for each in tables_of(file) if "事　　项" in each]
        assert heads == ["事项一", "事项二"]

    def test_an_archive_has_a_file_for_each(
        self, three: list[FourStepDecision], village: Village, clerk: User
    ) -> None:
        order = order_of(village.organization.path, binding=Binding.ARCHIVE)
        file = services.print_batch(order, by=clerk)

        assert isinstance(file, File)
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            assert archive.namelist() == [f"河口镇东湾村 四议两公开台账 事项{n}.docx" for n in "一二"]

    def test_another_year_has_none(
        self, three: list[FourStepDecision], village: Village, clerk: User
    ) -> None:
        with pytest.raises(Refused, match="没有可以打印的"):
            services.print_batch(order_of(village.organization.path, period=Year(2025)), by=clerk)

    def test_the_neighbour_orders_none(
        self, three: list[FourStepDecision], village: Village, neighbour: User
    ) -> None:
        with pytest.raises(PermissionDenied):
            services.print_batch(order_of(village.organization.path), by=neighbour)

    def test_more_matters_take_no_more_queries(
        self, three: list[FourStepDecision], village: Village, clerk: User, publish: Any
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                services.print_batch(order_of(village.organization.path), by=clerk)
            return len(found)

        two = queries()
        deciding.hold(three[2], Stage.PROPOSED, SITTINGS[Stage.PROPOSED], by=clerk)

        assert queries() == two

    def test_from_the_page_a_clerk_gets_the_village_s_year(
        self, three: list[FourStepDecision], clerk: User, signed_in: Any, county: County
    ) -> None:
        said = {"paper": "ledger", "period": "2026", "place": "", "binding": "one"}
        answer = signed_in(clerk).post("/papers/", said)

        assert answer["Content-Disposition"].endswith(".docx")
        assert len(opened(answer.content).tables) == 8


class TestTheCommitteesReport:
    @pytest.fixture
    def report(self, village: Village, supervisor: User) -> Any:
        a_supervisor(village, "赵某", position="chair")
        a_record(village, supervisor)
        return a_report(village)

    def test_it_has_the_figures_the_records_and_the_committee_s_words(
        self, report: Any, supervisor: User
    ) -> None:
        file = services.print_report(villages.report_for(supervisor, report.pk), by=supervisor)

        document = opened(file)
        said = lines_of(document)
        assert file.name == "河口镇东湾村 2026年上半年监委会半年报告.docx"
        for line in ("赵某（主任）。", "一共 1 次：民主理财、查账 1 次。", "要求整改 1 件，已整改 0 件。"):
            assert line in said
        assert said.index("五、监委会的意见") + 1 == said.index("账目基本清楚。")
        (records,) = document.tables
        assert records.cell(1, 3).text == "要求：补签字；还没有整改"

    @pytest.mark.parametrize(
        ("period", "count"), [(Year(2026), 1), (Quarter(2026, 2), 1), (Quarter(2026, 3), 0)]
    )
    def test_a_batch_has_the_half_years_that_the_period_touches(
        self, report: Any, supervisor: User, village: Village, period: Any, count: int
    ) -> None:
        order = order_of(village.organization.path, Paper.SUPERVISION, period=period)

        assert villages.count_of(order, supervisor) == count

    def test_a_month_is_no_time_for_it(self, report: Any, supervisor: User, signed_in: Any) -> None:
        said = {"paper": "supervision", "period": str(Month.of(HALF.first)), "binding": "one"}

        assert signed_in(supervisor).post("/papers/", said).status_code == 422

    def test_the_neighbour_takes_none(self, report: Any, neighbour: User, signed_in: Any) -> None:
        assert signed_in(neighbour).post(reverse("papers:report", args=[report.pk])).status_code == 404


def test_the_county_replaces_the_template(
    decided: FourStepDecision, county: County, county_officer: User, clerk: User
) -> None:
    own = changed(Paper.LEDGER)
    services.upload_template(county.root, Paper.LEDGER, name="台账.docx", content=own, by=county_officer)

    assert PaperTemplate.objects.get().in_use is True
    assert "中共清源县委组织部监制" in lines_of(opened(printed(decided, clerk)))


def test_a_ledger_for_a_matter_of_long_ago(matter: FourStepDecision, clerk: User, village: Village) -> None:
    """What was held before the year is printed with the year in which it went on."""
    long_ago = datetime.date(2025, 12, 20)
    deciding.hold(matter, Stage.PROPOSED, replace(SITTINGS[Stage.PROPOSED], held_on=long_ago), by=clerk)
    deciding.hold(matter, Stage.DISCUSSED, replace(SITTINGS[Stage.DISCUSSED], held_on=DAY), by=clerk)

    path = village.organization.path
    found = [villages.count_of(order_of(path, period=Year(year)), clerk) for year in (2024, 2025, 2026)]
    assert found == [0, 1, 1]
