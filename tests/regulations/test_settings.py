"""A county's own numbers: tightened or set on record, never silently, from a day on."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.core.monthly import MonthlyDay
from apps.core.periods import Month, Quarter
from apps.meetings.closing import cut_off_of
from apps.meetings.kinds import Kind
from apps.meetings.prefilling import Wish, prefilled
from apps.meetings.rules import deviation_note, life_years
from apps.regulations.models import RuleOverride
from apps.regulations.rows import Duty, Limit
from apps.regulations.services import set_number
from apps.regulations.settings import settings_of
from apps.regulations.table import duty, limit
from tests.conftest import County
from tests.figures.conftest import hold

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_the_day"),
]
TODAY = date(2026, 11, 22)
LESSON = duty("MEET-05", on=TODAY)
WHY = "县委组织部2026年要点"


@pytest.fixture
def on_the_day():
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=CHINA), tick=False):
        yield


def put(
    row: Duty | Limit, value: int, by: User, *, since: date = date(2026, 10, 1), county: str = "88/"
) -> RuleOverride:
    return set_number(row, county=county, value=value, since=since, reason=WHY, by=by)


class TestSetting:
    def test_holds_from_its_day_on_and_the_past_stays_as_it_was(self, county: County, county_officer):
        put(LESSON, 2, county_officer)
        own = settings_of(county.branch.path)

        assert own.on(Quarter(2026, 3)) == {}
        assert own.on(Quarter(2026, 4)) == {"MEET-05": 2}
        assert duty("MEET-05", on=Quarter(2026, 4), overrides=own.on(Quarter(2026, 4))).at_least == 2

    def test_is_one_query_and_another_county_s_own(self, county: County, county_officer):
        put(LESSON, 2, county_officer)
        with CaptureQueriesContext(connection) as captured:
            assert settings_of("99/9901/").rows == ()
            assert len(settings_of(county.township.path).rows) == 1
        assert len(captured) == 2

    def test_a_new_number_is_a_new_row_and_the_last_one_holds(self, county: County, county_officer):
        put(LESSON, 2, county_officer)
        put(LESSON, 3, county_officer)

        assert settings_of("88/").on(TODAY) == {"MEET-05": 3}
        assert [row.value for row in settings_of("88/").of("MEET-05")] == [3, 2]

    def test_is_never_changed_or_deleted(self, county: County, county_officer):
        row = put(LESSON, 2, county_officer)
        with pytest.raises(InternalError, match="Cannot update or delete rows"), transaction.atomic():
            RuleOverride.objects.filter(pk=row.pk).update(value=1)
        with pytest.raises(InternalError, match="Cannot update or delete rows"), transaction.atomic():
            row.delete()

    @pytest.mark.parametrize(
        ("code", "part", "value", "since", "sentence"),
        [
            ("MEET-01", "", 0, date(2026, 10, 1), "全国规定是党支部每季度至少 1 次，县里只能定得更严。"),
            ("MEET-01", "", 1, date(2026, 10, 1), "从那天起本来就是这个数，不用再设。"),
            ("MEET-08", "", 2, date(2026, 10, 1), "这一条按全国规定判断，县里不另外设置。"),
            ("MEET-05", "", 2, date(2026, 9, 30), "最早从2026年10月1日起：过去的按当时的设置判断。"),
            ("RPT-01", "cutoff_day", 29, date(2026, 12, 1), "请填 1 到 28 之间的数。"),
        ],
    )
    def test_is_refused_in_words(self, county, county_officer, code, part, value, since, sentence):
        row = (limit if part else duty)(code, part, on=TODAY)
        with pytest.raises(Refused) as refused:
            put(row, value, county_officer, since=since)
        assert refused.value.sentence == sentence

    def test_a_quorum_cannot_be_set(self, county: County, county_officer):
        with pytest.raises(Refused, match="县里不另外设置"):
            put(limit("MEET-11", "present", on=TODAY), 1, county_officer)

    @pytest.mark.parametrize("person", ["township_officer", "branch_secretary", "auditor", "neighbour"])
    def test_is_the_county_s_alone(self, county: County, person: str, request):
        with pytest.raises(PermissionDenied):
            put(LESSON, 2, request.getfixturevalue(person))

    def test_is_not_for_another_county(self, county: County, county_officer):
        with pytest.raises(PermissionDenied):
            put(LESSON, 2, county_officer, county="99/")


class TestWhatIsJudgedByIt:
    def test_the_cut_off_day(self, county: County, county_officer):
        put(limit("RPT-01", "cutoff_day", on=TODAY), 8, county_officer, since=date(2026, 11, 1))
        own = settings_of("88/")
        assert cut_off_of(Month(2026, 10), own) == date(2026, 11, 5)
        assert cut_off_of(Month(2026, 11), own) == date(2026, 12, 8)

    def test_how_far_a_theme_day_may_be_from_its_day(self, county: County, county_officer):
        put(limit("MEET-06", "deviation", on=TODAY), 5, county_officer, since=date(2026, 11, 1))
        own = settings_of("88/").on(TODAY)
        assert deviation_note(date(2026, 11, 10), MonthlyDay(5)) != ""
        assert deviation_note(date(2026, 11, 10), MonthlyDay(5), own) == ""

    def test_until_when_a_life_meeting_may_be_made_up(self, county: County, county_officer):
        put(limit("MEET-07", "carry_over", on=TODAY), 1, county_officer, since=date(2027, 1, 1))
        own = settings_of("88/").on(date(2027, 2, 3))
        assert life_years(date(2027, 2, 3)) == (2026, 2027)
        assert life_years(date(2027, 2, 3), own) == (2027,)

    def test_what_a_new_record_is_filled_in_with(self, county: County, county_officer):
        hold(county.branch, "theme_day", "lesson", on=date(2026, 11, 5))
        assert prefilled(county.branch, Wish()).kinds == (Kind.GENERAL_MEETING,)
        put(LESSON, 2, county_officer)
        assert prefilled(county.branch, Wish()).kinds == (Kind.LESSON,)


class TestPages:
    def test_everybody_reads_the_settings_and_only_the_county_s_office_sets(
        self, signed_in, county_officer, branch_secretary
    ):
        put(LESSON, 2, county_officer)
        address = reverse("regulations:settings")
        mine, theirs = signed_in(county_officer).get(address), signed_in(branch_secretary).get(address)
        found = {each.row.key: each.own for each in theirs.context["rows"] if each.own}

        assert found == {"MEET-05": "党支部每季度至少 2 次"}
        assert (mine.context["may_set"], theirs.context["may_set"]) == (True, False)

    def test_the_page_of_a_rule_shows_number_day_reason_and_who(
        self, signed_in, county_officer, branch_secretary
    ):
        put(LESSON, 2, county_officer)
        text = (
            signed_in(branch_secretary).get(reverse("regulations:detail", args=["MEET-05"])).content.decode()
        )

        assert [
            words in text for words in ("党支部每季度至少 2 次", "2026年10月1日", WHY, str(county_officer))
        ] == [
            True,
            True,
            True,
            True,
        ]

    def test_setting_a_number(self, signed_in, county_officer):
        address = reverse("regulations:change", args=["MEET-05"])
        answer = signed_in(county_officer).post(address, {"value": "2", "since": "2026-10-01", "reason": WHY})

        assert (answer.status_code, answer.url) == (302, "/regulations/settings/?county=88")
        (row,) = RuleOverride.objects.all()
        assert (row.rule, row.value, row.since, row.reason, row.author) == (
            "MEET-05",
            2,
            date(2026, 10, 1),
            WHY,
            county_officer,
        )

    def test_a_looser_number_is_refused_at_its_field(self, signed_in, county_officer):
        address = reverse("regulations:change", args=["MEET-01"])
        answer = signed_in(county_officer).post(address, {"value": "0", "since": "2026-10-01", "reason": WHY})

        assert answer.status_code == 422
        assert answer.context["form"].errors["value"] == [
            "全国规定是党支部每季度至少 1 次，县里只能定得更严。"
        ]

    @pytest.mark.parametrize(
        ("person", "status"),
        [("county_administrator", 200), ("township_officer", 403), ("branch_secretary", 403)],
    )
    def test_the_form_is_the_county_s(self, signed_in, person, status, request):
        client = signed_in(request.getfixturevalue(person))
        assert (
            client.get(reverse("regulations:change_part", args=["MEET-06", "deviation"])).status_code
            == status
        )

    def test_what_cannot_be_set_has_no_form_and_another_county_no_page(self, signed_in, county_officer):
        client = signed_in(county_officer)
        assert client.get(reverse("regulations:change", args=["MEET-08"])).status_code == 404
        assert client.get(reverse("regulations:settings"), {"county": "99"}).status_code == 404
