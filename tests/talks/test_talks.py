"""Writing talks down, taking them back, and how far a branch has come in a year."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from apps.core.errors import Refused
from apps.members.vocabulary import Cause
from apps.talks import services
from apps.talks.models import Talk
from apps.talks.queries import branches_covered, coverage_of
from apps.talks.rules import Share
from tests.factories import MemberFactory, TalkFactory
from tests.talks.conftest import six_of

OCTOBER = datetime.date(2026, 10, 8)


def shares(branch, year=2026):
    return [(share.had, share.wanted) for _, share in coverage_of([branch.pk], year)[branch.pk].shares]


class TestWritingDown:
    def test_one_save_for_several_talks(self, talked, people, county):
        assert talked(1, 4, 5, 6) == 3

        rows = Talk.objects.order_by("other_id").values_list("branch_id", "one_id", "other_id")
        assert list(rows) == [(county.branch.pk, people[0].pk, people[n].pk) for n in (3, 4, 5)]

    def test_a_second_tap_changes_nothing(self, talked):
        assert (talked(1, 4, 5), talked(4, 1), talked(1, 5, 6)) == (2, 0, 1)

    def test_the_same_two_talk_again_on_another_day(self, talked):
        assert (talked(1, 4), talked(1, 4, held_on=OCTOBER)) == (1, 1)

    def test_whoever_talks_is_not_talked_with(self, talked):
        assert talked(1, 1, 4) == 1

    @pytest.mark.parametrize("others", [(), (1,)])
    def test_with_somebody(self, talked, others):
        with pytest.raises(Refused, match="请点出和谁谈的"):
            talked(1, *others)

    @pytest.mark.parametrize(
        ("day", "words"),
        [(datetime.date(2026, 11, 23), "还没有到"), (datetime.date(2018, 10, 27), "2018年10月28日以后")],
    )
    def test_on_a_day_that_has_been_and_had_the_rule(self, talked, day, words):
        with pytest.raises(Refused, match=words):
            talked(1, 4, held_on=day)

    def test_only_people_of_the_branch_on_that_day(self, talked, people, county):
        people.append(MemberFactory(branch=county.second_branch))
        with pytest.raises(Refused, match="不在本支部"):
            talked(1, 7)

    def test_only_by_the_branch_itself(self, talked, township_officer, neighbour):
        for stranger in (township_officer, neighbour):
            with pytest.raises(PermissionDenied):
                talked(1, 4, by=stranger)

    def test_nothing_is_kept_of_what_was_said(self):
        """The two alone know it; a note would be a file on them (ADR 0013)."""
        names = {field.name for field in Talk._meta.get_fields()}

        assert names & {"content", "note", "text", "summary"} == set()


class TestTakingBack:
    def test_it_counts_no_more_and_stays_with_the_reason(self, talked, branch_secretary, county):
        talked(1, 4)
        talk = services.withdraw_talk(Talk.objects.get(), reason=" 记错了人 ", by=branch_secretary)

        assert (talk.withdraw_reason, Talk.objects.count()) == ("记错了人", 1)
        assert shares(county.branch)[1] == (0, 3)

    def test_the_same_may_be_written_down_again(self, talked, branch_secretary):
        talked(1, 4)
        services.withdraw_talk(Talk.objects.get(), reason="记错了", by=branch_secretary)

        assert talked(1, 4) == 1

    def test_once_and_with_a_reason(self, talked, branch_secretary):
        talked(1, 4)
        talk = Talk.objects.get()
        with pytest.raises(Refused, match="请写明原因"):
            services.withdraw_talk(talk, reason=" ", by=branch_secretary)
        services.withdraw_talk(talk, reason="记错了", by=branch_secretary)
        with pytest.raises(Refused, match="已经撤回过"):
            services.withdraw_talk(talk, reason="又记错了", by=branch_secretary)


class TestCoverage:
    def test_the_three_relations(self, talked, county):
        talked(1, 2, 3, 4, 5)
        talked(4, 6)

        assert shares(county.branch) == [(2, 3), (2, 3), (2, 3)]

    def test_only_of_that_year(self, talked, county):
        talked(1, 2, held_on=datetime.date(2025, 12, 31))
        talked(1, 3, held_on=datetime.date(2026, 1, 1))

        assert (shares(county.branch, 2025)[0], shares(county.branch)[0]) == ((1, 3), (1, 3))

    def test_whoever_left_is_not_waited_for(self, people, county):
        gone = people[5]
        gone.events.model.objects.create(
            member=gone, on=OCTOBER, cause=Cause.TRANSFERRED_OUT, from_branch=county.branch
        )

        assert shares(county.branch)[1] == (0, 2)

    def test_whoever_is_out_of_contact_is_not_waited_for(self, people, county):
        lost = people[5]
        lost.is_out_of_contact, lost.out_of_contact_since = True, OCTOBER
        lost.save()

        assert (shares(county.branch)[1], shares(county.branch, 2025)[1]) == ((0, 2), (0, 3))

    def test_what_a_talk_was_follows_from_the_committee_of_its_day(self, talked, people, county):
        """The third sat on the committee until the summer; the fourth had talked with them in spring."""
        talked(3, 4, held_on=datetime.date(2026, 4, 1))
        people[2].seats.update(until=datetime.date(2026, 7, 1))
        talked(3, 5)

        found = coverage_of([county.branch.pk], 2026)[county.branch.pk]
        assert (found.with_committee, found.members) == (Share(4, 1), Share(4, 2))

    def test_a_committee_entered_late_is_heard(self, county, branch_secretary):
        one, other = MemberFactory(branch=county.second_branch), MemberFactory(branch=county.second_branch)
        TalkFactory(branch=county.second_branch, one=one, other=other)
        before = shares(county.second_branch)
        six_of(county.second_branch)[0].seats.update(member=one)

        assert (before[1], shares(county.second_branch)[1]) == ((0, 2), (1, 5))

    def test_an_empty_branch_wants_nothing(self, county):
        assert coverage_of([county.branch.pk], 2026)[county.branch.pk].complete

    def test_covered_is_a_branch_in_which_nobody_lacks_a_talk(self, talked, county):
        six_of(county.second_branch)
        branches = [county.branch.pk, county.second_branch.pk]
        talked(1, 2, 3, 4, 5)
        talked(2, 3, 6)
        talked(4, 5)
        before = branches_covered(branches, 2026)
        talked(5, 6)

        assert (before, branches_covered(branches, 2026)) == (set(), {county.branch.pk})

    def test_where_nobody_is_asked_only_a_talk_covers(self, county):
        branches = [county.branch.pk, county.second_branch.pk]
        TalkFactory(branch=county.branch, one=MemberFactory(), other=MemberFactory())

        assert branches_covered(branches, 2026) == {county.branch.pk}

    def test_one_query_however_many_branches(self, county, talked, django_assert_num_queries):
        talked(1, 2)
        six_of(county.second_branch)
        with django_assert_num_queries(1):
            coverage_of([county.branch.pk], 2026)
        with django_assert_num_queries(1):
            assert len(coverage_of([county.branch.pk, county.second_branch.pk], 2026)) == 2
