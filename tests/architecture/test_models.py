"""Every model that reaches an organization says where, and who may see it; every model has a history."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from apps.accounts.roles import PERMISSIONS, ROLES
from apps.audit.history import Event
from apps.audit.sources import sources
from apps.core.scope import Scope, ScopedQuerySet
from apps.organizations.models import Organization

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("apps.") and not issubclass(model, Event) and not model._meta.proxy
]
DEPTH = 3
WITHOUT_HISTORY = {
    "audit.deed": "it is the record itself, append-only",
    "accounts.passwordhistory": "protected values are in no history",
    "reminders.delivery": "it is the log itself",
    "meetings.meetingrevision": "it is history itself, append-only",
    **{
        f"disclosure.published{name}": "a view of the database"
        for name in ("", "village", "setting", "posting", "item", "event")
    },
    **{f"decisions.published{name}": "a view of the database" for name in ("decision", "step")},
    **{f"opinions.published{name}": "a view of the database" for name in ("opinion", "askingplace")},
    "supervision.publishedsupervisor": "a view of the database",
    "publicsite.change": "counted by triggers from rows that have one",
    "publicsite.publishedchange": "a view of the database",
    "meetings.monthlycount": "derived from the meetings, which have one",
    "lessons.answers": "when an answer came would tell who gave it",
    "imports.importjob": "a job's own state; what it writes has a history",
    "imports.importfile": "the file of a job",
    "papers.paperjob": "a batch's own state; what was taken is a deed",
    "papers.paperfile": "the file of a batch, made again at any time",
    "imports.importline": "what a job shows before it writes",
}


def reaches_organization(model: type[models.Model], depth: int = DEPTH) -> bool:
    """By foreign keys of its own, within a few hops."""
    if model is Organization:
        return True
    targets = [
        field.related_model for field in model._meta.fields if field.many_to_one and field.related_model
    ]
    return depth > 0 and any(
        reaches_organization(target, depth - 1) for target in targets if target is not model
    )


SCOPED = [model for model in OURS if reaches_organization(model) or hasattr(model, "view_permission")]


def label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def test_the_walk_finds_the_models():
    assert {"organizations.organization", "members.member", "meetings.attendance"} <= {
        label(each) for each in SCOPED
    }


@pytest.mark.parametrize("model", SCOPED, ids=label)
class TestScoped:
    def test_says_how_its_organization_is_reached(self, model):
        condition = Scope(("88/",)).q(model.scope_lookup)

        assert "88/" in str(model._default_manager.filter(condition).query)

    def test_says_which_permission_opens_it_and_somebody_holds_it(self, model):
        assert model.view_permission in PERMISSIONS
        assert [role for role in ROLES.values() if role.grants(model.view_permission)] != []

    def test_is_read_through_its_scope(self, model):
        assert isinstance(model._default_manager.all(), ScopedQuerySet)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_model_has_a_history_or_a_reason(model):
    assert (label(model) in sources()) is not (label(model) in WITHOUT_HISTORY)


@pytest.mark.parametrize("model", [source.model for source in sources().values()], ids=label)
def test_names_of_models_are_what_people_call_them(model):
    """The timeline and error messages show them."""
    names = [model._meta.verbose_name, model._meta.verbose_name_plural]
    shown = [field.verbose_name for field in model._meta.fields if field.editable and not field.primary_key]

    assert [str(name) for name in (*names, *shown) if str(name).isascii()] == []


def test_every_role_holds_only_known_permissions():
    held = {permission for role in ROLES.values() for permission in role.permissions | role.gives}

    assert held == set(PERMISSIONS)
