"""The way of a publication (VAD-10): nobody gets past the supervision committee, not even in SQL."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.models import Publication, Statement
from apps.disclosure.services import Signatures
from apps.disclosure.states import State
from apps.organizations.models import Village
from tests.conftest import County
from tests.factories import GrantFactory, invented_id_number

SIGNED = Signatures("王某", "赵某", "孙某")


def refused_by_the_database(sql: str, *values: int) -> bool:
    """Whether the database itself says no, now or at the end of the transaction."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError:
        return True
    return False


def test_each_step_is_on_record_and_the_last_one_shows_it_to_everybody(
    statements: list[Publication], publish
):
    publication = publish(statements[0])

    assert (publication.state, publication.chain_number) == (State.PUBLISHED, 1)
    assert [(deed.action, deed.names, deed.note) for deed in publication.deeds.order_by("id")] == [
        ("propose", "", "改好了。"),
        ("consent", "赵某", "账目清楚。"),
        ("confirm", "两委成员", ""),
        ("publish", "", ""),
    ]
    assert publication.content["statement"]["closing"] == "12499.50"
    call_command("verify_disclosure")


def test_an_objection_says_what_is_wrong_and_sends_it_back(
    statements: list[Publication], clerk: User, supervisor: User
):
    publication = services.propose(statements[0], by=clerk)
    with pytest.raises(Refused, match="请写明有什么异议"):
        services.object_to(publication, note=" ", by=supervisor)
    objected = services.object_to(publication, note="第 2 笔没有合同。", by=supervisor)

    assert objected.state == State.OBJECTED
    with pytest.raises(Refused, match="请答复异议") as refused:
        services.propose(objected, by=clerk)
    assert (refused.value.field, refused.value.rule) == ("note", "VAD-11")
    assert services.propose(objected, note="合同补在后面。", by=clerk).state == State.PROPOSED


def test_nobody_checks_what_they_proposed(statements: list[Publication], clerk: User, county: County):
    GrantFactory(user=clerk, role="supervision_committee", organization=county.branch)
    services.propose(statements[0], by=clerk)

    with pytest.raises(Refused, match="送审的人不能自己审查"):
        services.consent(statements[0], names="孙某", by=User.objects.get(pk=clerk.pk))


def test_only_the_committee_consents_and_only_the_village_publishes(
    statements: list[Publication], clerk: User, supervisor: User, township_officer: User
):
    services.propose(statements[0], by=clerk)
    for person in (clerk, township_officer):
        with pytest.raises(PermissionDenied):
            services.consent(statements[0], names="某人", by=person)
    services.consent(statements[0], names="赵某", by=supervisor)
    with pytest.raises(PermissionDenied):
        services.confirm(statements[0], on=today(), names="两委", by=supervisor)


def test_a_step_before_its_time_is_refused(statements: list[Publication], clerk: User):
    with pytest.raises(Refused, match="现在不能“公布”"):
        services.publish(statements[0], signatures=SIGNED, by=clerk)


def test_finance_needs_three_signatures(statements: list[Publication], clerk: User, supervisor: User):
    services.propose(statements[0], by=clerk)
    services.consent(statements[0], names="赵某", by=supervisor)
    services.confirm(statements[0], on=today(), names="两委", by=clerk)

    with pytest.raises(Refused, match="还差：监委会主任、主管会计。"):
        services.publish(statements[0], signatures=Signatures("王某"), by=clerk)


def test_the_joint_meeting_comes_after_the_consent(
    statements: list[Publication], clerk: User, supervisor: User
):
    services.propose(statements[0], by=clerk)
    services.consent(statements[0], names="赵某", by=supervisor)
    yesterday = today() - datetime.timedelta(days=1)

    with pytest.raises(Refused, match="要在监委会同意以后"):
        services.confirm(statements[0], on=yesterday, names="两委", by=clerk)


def test_words_with_an_identity_number_go_nowhere_until_they_are_masked(county: County, clerk: User):
    village = Village.objects.create(organization=county.branch, name="河口镇东湾村")
    day = datetime.date(2026, 9, 30)
    publication = services.write_publication(
        village,
        item="V12",
        first_on=day,
        last_on=day,
        title="临时救助",
        body=f"张某 {invented_id_number(3)} 500元",
        by=clerk,
    )
    with pytest.raises(Refused, match="正文里有身份证号"):
        services.propose(publication, by=clerk)

    masked = services.mask(publication, by=clerk)
    assert (masked.body, services.propose(masked, by=clerk).state) == ("张某 **** 500元", State.PROPOSED)


def test_what_is_said_with_a_step_is_public_too_and_holds_no_number(
    statements: list[Publication], clerk: User, supervisor: User, township_officer: User, publish
):
    """Who took a step and what they said is frozen with the content."""
    number = invented_id_number(3)
    row = services.propose(statements[0], by=clerk)
    for said in ({"names": f"赵某 {number}"}, {"names": "赵某", "note": "有事打 13800001111。"}):
        with pytest.raises(Refused, match="公布以后大家都看得到") as refused:
            services.consent(row, **said, by=supervisor)
        assert (refused.value.rule, refused.value.field in said) == ("PRIV-06", True)
    with pytest.raises(Refused, match="写的话里有身份证号"):
        services.object_to(row, note=f"第 2 笔写了 {number}。", by=supervisor)

    services.consent(row, names="赵某", by=supervisor)
    services.confirm(row, on=today(), names="两委", by=clerk)
    with pytest.raises(Refused, match="主管会计里有手机号"):
        services.publish(row, signatures=Signatures("王某", "赵某", "孙某13800001111"), by=clerk)
    row = services.publish(row, signatures=SIGNED, by=clerk)
    with pytest.raises(Refused, match="更正的原因里有身份证号"):
        services.correct(row, reason=f"写了 {number}", by=clerk)
    with pytest.raises(Refused, match="撤回的原因里有身份证号"):
        services.withdraw(row, reason=f"写了 {number}", by=township_officer)
    with pytest.raises(Refused, match="张贴的地方里有手机号"):
        services.put_up(row, place="小卖部 13800001111", put_up_on=today(), by=clerk)


def test_a_correction_stands_beside_the_old_and_goes_the_whole_way(
    statements: list[Publication], clerk: User, publish
):
    old = publish(statements[0])
    with pytest.raises(Refused, match="请写明更正的原因"):
        services.correct(old, reason=" ", by=clerk)
    draft = services.correct(old, reason="漏写了经手人。", by=clerk)
    assert (draft.revision, draft.state, old.state) == (2, State.DRAFT, State.PUBLISHED)
    with pytest.raises(Refused, match="已经有一版更正在办"):
        services.correct(old, reason="又一次", by=clerk)

    publish(draft)
    old.refresh_from_db()
    assert (old.state, Publication.objects.get(pk=draft.pk).chain_number) == (State.REPLACED, 2)
    call_command("verify_disclosure")


def test_what_is_withdrawn_keeps_its_place(statements: list[Publication], publish, township_officer: User):
    publication = publish(statements[0])
    withdrawn = services.withdraw(publication, reason="公布了不该公布的。", by=township_officer)

    assert (withdrawn.state, withdrawn.chain_number) == (State.WITHDRAWN, 1)
    call_command("verify_disclosure")


def test_the_database_lets_nothing_past_the_committee(statements: list[Publication], clerk: User):
    publication = services.propose(statements[0], by=clerk)
    shortcut = (
        "UPDATE disclosure_publication SET state = 'published', chain_number = 1, checksum = 'x', "
        "published_at = now(), content = '{}' WHERE id = %s"
    )

    assert refused_by_the_database(shortcut, publication.pk)
    assert (
        refused_by_the_database(
            "UPDATE disclosure_publication SET state = 'confirmed' WHERE id = %s", publication.pk
        )
        is False
    )  # which alone shows nothing to anybody


def test_the_database_keeps_what_is_public(statements: list[Publication], publish):
    publication = publish(statements[0])

    for change in ("content = '{}'", "checksum = 'x'", "state = 'draft'", "chain_number = 9"):
        assert refused_by_the_database(
            f"UPDATE disclosure_publication SET {change} WHERE id = %s",  # noqa: S608 - our own words
            publication.pk,
        )
    assert refused_by_the_database("DELETE FROM disclosure_publication WHERE id = %s", publication.pk)
    assert refused_by_the_database(
        "UPDATE disclosure_deed SET note = '' WHERE publication_id = %s", publication.pk
    )


def test_the_database_holds_the_sums(statements: list[Publication]):
    first, second = Statement.objects.order_by("first_on")

    assert refused_by_the_database("UPDATE disclosure_statement SET closing = 1 WHERE id = %s", first.pk)
    moved = "UPDATE disclosure_statement SET opening = opening + 1, closing = closing + 1 WHERE id = %s"
    assert refused_by_the_database(moved, second.pk)
    income = "UPDATE disclosure_statement SET income = income + 1, closing = closing + 1 WHERE id = %s"
    assert refused_by_the_database(income, second.pk)
    assert refused_by_the_database(
        "UPDATE disclosure_statementline SET income = 1 WHERE statement_id = %s", first.pk
    )


def test_an_opening_that_differs_needs_its_reason(statements: list[Publication]):
    last = statements[1].statement
    assert last is not None
    november = Statement(
        village=last.village,
        body=last.body,
        first_on=datetime.date(2026, 11, 1),
        last_on=datetime.date(2026, 11, 21),
        opening=Decimal(1),
        income=Decimal(0),
        expense=Decimal(0),
        closing=Decimal(1),
    )
    with pytest.raises(DatabaseError):
        _save_for_good(november)
    november.pk, november.opening_reason = None, "上级核减"
    _save_for_good(november)


def _save_for_good(statement: Statement) -> None:
    with transaction.atomic():
        statement.save()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_word_that_was_changed_behind_our_back_is_found(statements: list[Publication], publish):
    publication = publish(statements[0])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no trigger sees it
        cursor.execute(
            "UPDATE disclosure_publication SET content = content || jsonb_build_object('title', '改') "
            "WHERE id = %s",
            [publication.pk],
        )
        cursor.execute("SET session_replication_role = DEFAULT")

    with pytest.raises(CommandError, match="有 1 处对不上"):
        call_command("verify_disclosure")
