"""An opinion is answered in time, or the township takes it up; the database holds the way too."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import Deed
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.disclosure.models import Publication
from apps.opinions import services
from apps.opinions.models import Opinion, OpinionStep
from apps.opinions.queries import waiting_for
from apps.opinions.rules import Petitioner
from apps.opinions.states import Publicity, State
from apps.opinions.tasks import tend_opinions
from apps.organizations.models import Village
from apps.regulations.models import RuleOverride
from tests.conftest import County
from tests.opinions.hearing import ADDRESS, NAME, PETITIONER, PHONE, an_opinion, made_public

DAY = datetime.timedelta(days=1)


def at(days: int) -> time_machine.travel:
    """Noon in China so many days from now."""
    noon = datetime.datetime.combine(today(), datetime.time(4), datetime.UTC)
    return time_machine.travel(noon + days * DAY, tick=False)


def refreshed(opinion: Opinion) -> Opinion:
    return Opinion.objects.select_related("village__organization").get(pk=opinion.pk)


def test_clerk_committee_and_township_write_opinions_down(
    village: Village, clerk: User, supervisor: User, township_officer: User, neighbour: User
):
    made = [an_opinion(village, by=user) for user in (clerk, supervisor, township_officer)]

    assert [opinion.due_on for opinion in made] == [today() + 10 * DAY] * 3
    with pytest.raises(PermissionDenied):
        an_opinion(village, by=neighbour)


def test_a_county_may_ask_for_an_earlier_answer(
    village: Village, clerk: User, county: County, county_administrator: User
):
    RuleOverride.objects.create(
        county=county.root.path,
        rule="VAD-12",
        value=3,
        since=Month.of(today()).first,
        reason="照重庆的办法。",
        author=county_administrator,
    )

    assert an_opinion(village, by=clerk).due_on == today() + 3 * DAY


def test_who_asked_is_sealed_and_in_no_history(village: Village, clerk: User):
    opinion = an_opinion(village, by=clerk, petitioner=PETITIONER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT petitioner, contact FROM opinions_opinion")
        name, contact = (bytes(value) for value in cursor.fetchone())
        history = connection.introspection.get_table_description(cursor, "opinions_opinionevent")
        columns = {column.name for column in history}

    assert (NAME.encode() in name, PHONE.encode() in contact) == (False, False)
    assert {"petitioner", "contact"} & columns == set()
    assert refreshed(opinion).who == PETITIONER


def test_without_a_name_it_is_anonymous(village: Village, clerk: User):
    assert an_opinion(village, by=clerk).is_anonymous
    assert not an_opinion(village, by=clerk, petitioner=PETITIONER).is_anonymous


def test_the_words_themselves_name_nobody(village: Village, clerk: User):
    with pytest.raises(Refused, match="不要写反映人的姓名"):
        an_opinion(village, by=clerk, petitioner=PETITIONER, text=f"{NAME}问工钱怎么算")


def test_one_asks_about_a_line_that_there_is(published: list[Publication], village: Village, clerk: User):
    assert an_opinion(village, by=clerk, publication=published[0], line=2).line == 2
    with pytest.raises(Refused, match="没有第 3 笔"):
        an_opinion(village, by=clerk, publication=published[0], line=3)


def test_of_what_is_not_published_nothing_is_asked(
    statements: list[Publication], village: Village, clerk: User
):
    with pytest.raises(Refused, match="已公布的一件"):
        an_opinion(village, by=clerk, publication=statements[0])


def test_answered_and_content(village: Village, clerk: User):
    opinion = an_opinion(village, by=clerk)
    services.answer(opinion, text="按工日算。", by=clerk)
    services.ask(opinion, satisfaction="satisfied", asked_on=today(), by=clerk)

    assert (refreshed(opinion).state, refreshed(opinion).closed_on) == (State.CLOSED, today())


def test_not_content_twice_goes_to_the_township_whose_answer_is_the_last(
    village: Village, clerk: User, township_officer: User
):
    opinion = an_opinion(village, by=clerk)
    states = []
    for _ in range(2):
        services.answer(opinion, text="按工日算。", by=clerk)
        services.ask(opinion, satisfaction="not", asked_on=today(), text="没有说清。", by=clerk)
        states.append((refreshed(opinion).state, (refreshed(opinion).due_on - today()).days))
    with pytest.raises(PermissionDenied):
        services.decide(opinion, text="查过了。", by=clerk)
    services.decide(opinion, text="查过了，账目属实。", by=township_officer)
    services.ask(opinion, satisfaction="not", asked_on=today(), text="还是不满意。", by=clerk)

    assert states == [(State.RETURNED, 10), (State.ESCALATED, 20)]
    assert (refreshed(opinion).state, refreshed(opinion).satisfaction) == (State.CLOSED, "not")
    answers = OpinionStep.objects.filter(action__in=["answer", "decide"])
    assert [step.text for step in answers] == ["按工日算。", "按工日算。", "查过了，账目属实。"]


def test_one_must_say_what_is_wrong(village: Village, clerk: User):
    opinion = an_opinion(village, by=clerk)
    services.answer(opinion, text="按工日算。", by=clerk)

    with pytest.raises(Refused, match="哪里不满意"):
        services.ask(opinion, satisfaction="not", asked_on=today(), by=clerk)


@pytest.mark.parametrize(("days", "state"), [(9, State.OPEN), (10, State.OPEN), (11, State.ESCALATED)])
def test_what_is_late_goes_to_the_township_by_itself(village: Village, clerk: User, days: int, state: State):
    opinion = an_opinion(village, by=clerk)
    with at(days):
        tend_opinions()
        tend_opinions()

    assert refreshed(opinion).state == state
    steps = [(step.action, step.by) for step in opinion.steps.all()]
    assert steps == ([("escalate", None)] if state == State.ESCALATED else [])
    if steps:
        assert refreshed(opinion).due_on == today() + (days + 20) * DAY


@pytest.mark.parametrize(("days", "is_kept"), [(89, True), (90, True), (91, False)])
def test_who_asked_is_forgotten_ninety_days_after_it_was_closed(
    village: Village, clerk: User, days: int, is_kept: bool
):
    opinion = an_opinion(village, by=clerk, petitioner=PETITIONER)
    services.answer(opinion, text="按工日算。", by=clerk)
    services.ask(opinion, satisfaction="satisfied", asked_on=today(), by=clerk)
    with at(days):
        tend_opinions()

    assert refreshed(opinion).who.is_known is is_kept
    assert Deed.objects.filter(action="opinions.forget").count() == (0 if is_kept else 1)


def test_while_it_is_open_nobody_is_forgotten(village: Village, clerk: User):
    opinion = an_opinion(village, by=clerk, petitioner=PETITIONER)
    with at(400):
        services.forget_petitioners()

    assert refreshed(opinion).who == PETITIONER


class TestPublishing:
    def test_clerk_proposes_and_another_agrees(self, village: Village, clerk: User, supervisor: User):
        opinion = an_opinion(village, by=clerk, petitioner=PETITIONER)
        made_public(opinion, clerk, supervisor)

        assert refreshed(opinion).publicity == Publicity.PUBLIC

    @pytest.mark.parametrize(
        "text",
        [f"{NAME}问工钱", f"电话 {PHONE[:3]} {PHONE[3:]}", f"{ADDRESS}问", "他患肺病", "他家8岁的孩子"],
    )
    def test_nobody_is_given_away(self, village: Village, clerk: User, text: str):
        person = Petitioner("", ADDRESS) if ADDRESS in text else PETITIONER
        opinion = an_opinion(village, by=clerk, petitioner=person)
        services.answer(opinion, text="按工日算。", by=clerk)

        with pytest.raises(Refused, match="不能公布"):
            services.propose(opinion, public_question=text, public_answer="按工日算。", by=clerk)
        with pytest.raises(Refused, match="不能公布"):
            services.propose(opinion, public_question="工钱怎么算？", public_answer=text, by=clerk)

    def test_what_was_not_answered_is_not_proposed(self, village: Village, clerk: User):
        opinion = an_opinion(village, by=clerk)

        with pytest.raises(Refused, match="答复以后"):
            services.propose(opinion, public_question="问", public_answer="答", by=clerk)

    def test_the_committee_agrees_to_what_it_read(self, village: Village, clerk: User, supervisor: User):
        opinion = an_opinion(village, by=clerk)
        services.answer(opinion, text="按工日算。", by=clerk)
        read = services.propose(opinion, public_question="问", public_answer="答", by=clerk).version
        services.propose(opinion, public_question="问", public_answer="另一个答复", by=clerk)

        with pytest.raises(Refused):
            services.agree(opinion, version=read, by=supervisor)
        with pytest.raises(PermissionDenied):
            services.agree(opinion, version=read + 1, by=clerk)

    def test_private_matters_stay_inside_with_the_reason(
        self, village: Village, clerk: User, supervisor: User
    ):
        opinion = an_opinion(village, by=clerk)
        made_public(opinion, clerk, supervisor)
        with pytest.raises(Refused, match="为什么不公布"):
            services.withhold(opinion, reason=" ", by=supervisor)
        services.withhold(opinion, reason="涉及家庭隐私。", by=supervisor)

        assert refreshed(opinion).publicity == Publicity.INSIDE
        assert OpinionStep.objects.get(action="withhold").text == "涉及家庭隐私。"


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change",
        [
            {"state": "closed", "satisfaction": "satisfied", "closed_on": datetime.date(2026, 11, 1)},
            {"state": "answered"},
            {"publicity": "public", "public_question": "问", "public_answer": "答"},
        ],
    )
    def test_lets_nothing_leave_the_way(self, village: Village, clerk: User, change: dict[str, object]):
        opinion = an_opinion(village, by=clerk)

        with pytest.raises(DatabaseError), transaction.atomic():
            Opinion.objects.filter(pk=opinion.pk).update(**change)

    def test_changes_no_public_words_without_consent(self, village: Village, clerk: User, supervisor: User):
        opinion = made_public(an_opinion(village, by=clerk), clerk, supervisor)

        with pytest.raises(DatabaseError, match="nobody agreed"), transaction.atomic():
            Opinion.objects.filter(pk=opinion.pk).update(public_answer="另一个答复")

    def test_keeps_every_answer(self, village: Village, clerk: User):
        opinion = an_opinion(village, by=clerk)
        services.answer(opinion, text="按工日算。", by=clerk)

        with pytest.raises(DatabaseError), transaction.atomic():
            OpinionStep.objects.update(text="没有说过。")
        with pytest.raises(DatabaseError), transaction.atomic():
            OpinionStep.objects.all().delete()

    def test_keeps_no_name_of_the_anonymous(self, village: Village, clerk: User):
        opinion = an_opinion(village, by=clerk)

        with pytest.raises(DatabaseError, match="anonymous"), transaction.atomic():
            Opinion.objects.filter(pk=opinion.pk).update(petitioner=NAME)


def test_the_committee_answers_what_it_is_asked_and_nothing_else(
    village: Village, clerk: User, supervisor: User
):
    theirs = an_opinion(village, by=clerk, answerer="supervision")
    village_s = an_opinion(village, by=clerk)

    assert [row.pk for row in waiting_for(supervisor)] == [theirs.pk]
    assert services.answer(theirs, text="查过了，账是对的。", by=supervisor).state == State.ANSWERED
    with pytest.raises(PermissionDenied):
        services.answer(village_s, text="查过了。", by=supervisor)


def test_no_clerk_makes_away_with_what_others_wrote_down(village: Village, clerk: User, supervisor: User):
    theirs, own = an_opinion(village, by=supervisor), an_opinion(village, by=clerk)

    with pytest.raises(Refused, match="由登记的人、监委会或者乡镇作废"):
        services.void(theirs, reason="没有这回事", by=clerk)
    assert services.void(own, reason="登记了两遍", by=clerk).state == State.VOID
    assert services.void(theirs, reason="是邻村的事", by=supervisor).state == State.VOID


def test_the_page_offers_what_may_be_done_and_no_more(
    village: Village, clerk: User, supervisor: User, signed_in
):
    theirs = an_opinion(village, by=supervisor, answerer="supervision")

    def offered(user: User) -> set[str]:
        page = signed_in(user).get(reverse("opinions:detail", args=[theirs.pk]))
        return {name for name, _, _ in page.context["steps"]}

    assert offered(clerk) == {"answer", "escalate"}
    assert offered(supervisor) == {"answer", "escalate", "void", "withhold"}
