"""The demo county: invented, deterministic, and another one than any input file's."""

from __future__ import annotations

import datetime
from random import Random

from django.db import transaction

from apps.core.errors import Refused
from apps.home.demo import (
    accounts,
    catalogue,
    decisions,
    disclosure,
    opinions,
    organizations,
    outcomes,
    people,
    plans,
    reviews,
    supervision,
    talks_and_lessons,
    words,
    year,
    yearly,
)
from apps.organizations.models import Organization, Village
from apps.organizations.rules import term_limit


@transaction.atomic
def load(*, today: datetime.date, scale: int = 1, seed: int = 2026) -> dict[str, int]:
    """The county with its people, a year of meetings and a login per role; how much there is of each."""
    if Organization.objects.filter(code=words.COUNTY_CODE).exists():
        raise Refused(f"演示县“{words.COUNTY}”已经在了。")
    rng = Random(seed)  # noqa: S311 - the demo must be the same every time
    tree = organizations.plan(rng, today, scale)
    organizations.save(tree)
    branches = [row for row in tree if row.is_branch]
    members = people.populate(branches, rng, today)
    years = {row.code: int(term_limit(row.kind, row.sector, on=today).value) for row in tree}
    seats = people.seat(organizations.add_terms(tree, rng, today, years), members)
    meetings = year.hold(branches, members, seats, rng, today)
    talks_and_lessons.add(tree, members, seats, today, seed)
    meetings += reviews.hold(branches, members, today, seed)
    users = accounts.save({row.code: row.pk for row in tree})
    yearly.add(tree, users["county_staff"], today)
    outcomes.add(tree)
    plans.save(tree, today)
    own = Random(seed + 1)  # noqa: S311 - what others draw stays the same
    published = disclosure.disclose(tree, own, today, users["village_clerk"])
    catalogue.adopt(tree, today, users["civil_affairs"])
    catalogue.happen(today, users["township_staff"])
    villages = list(Village.objects.select_related("organization").order_by("organization__path"))
    supervision.watch(villages, today, users["supervision_committee"])
    decisions.decide(villages, Random(seed + 2), today, users["village_clerk"])  # noqa: S311
    asking = Random(seed + 3)  # noqa: S311 - as above
    heard = opinions.listen(tree, asking, today, users)
    return {
        "organizations": len(tree),
        "members": len(members),
        "meetings": meetings,
        "publications": published,
        "opinions": heard,
    }
