"""What holds for the source text of all apps and tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps as installed
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.roles import PERMISSIONS

BASE = Path(settings.BASE_DIR)
SOURCES = [path for path in sorted((BASE / "apps").rglob("*.py")) if "migrations" not in path.parts]
TESTS = sorted(path for path in (BASE / "tests").rglob("test_*.py"))
THIN = {"views", "api", "tasks"}


def callbacks(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The modules of all pages."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from callbacks(pattern.url_patterns)
        else:
            yield pattern.callback.__module__


PAGES = {module for module in callbacks(get_resolver().url_patterns) if module.startswith("apps.")}
THINNEST = [
    path
    for path in SOURCES
    if THIN & {path.stem, *path.parts} or ".".join(path.relative_to(BASE).with_suffix("").parts) in PAGES
]
RULE = re.compile(r"\b([A-Z]{2,6}-[A-Z]?\d{1,3})\b")
NOT_RULES = {"AES", "GB", "UTF", "SHA", "ISO", "CSS", "HTTP", "RFC"}
HANDBOOK = frozenset((BASE / "tests" / "regulations" / "handbook_codes.txt").read_text().split())


def named(path: Path) -> str:
    return str(path.relative_to(BASE))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def calls_in(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: "record" of record(...), "may" of user.may(...)."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def texts(call: ast.Call) -> list[str]:
    return [
        each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


@pytest.mark.parametrize("path", THINNEST, ids=named)
def test_views_api_and_tasks_do_not_know_the_models(path):
    """They cannot write Meeting.objects.all(): they ask queries and services. As types they may name them."""
    assert [name for module, name in imported(path) if is_model(module, name)] == []


def imported(path: Path) -> list[tuple[str, str]]:
    """(module, name) of what is imported at run time."""
    tree = tree_of(path)
    only_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node not in only_types]
    return [(node.module or "", alias.name) for node in froms for alias in node.names]


def is_model(module: str, name: str) -> bool:
    """A model class, or the module of them; enumerations that stand beside them are not meant."""
    if name == "models" and module.startswith("apps."):
        return True
    found = getattr(import_module(module), name, None) if re.fullmatch(r"apps\.\w+\.models", module) else None
    return isinstance(found, type) and issubclass(found, models.Model)


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_permissions_that_are_asked_for_exist(path):
    asked = [
        text
        for call in calls_in(path)
        if called(call) in {"may", "demand", "within", "scope_for"}
        for text in texts(call)
    ]

    assert [text for text in asked if "." in text and text not in PERMISSIONS] == []


def test_deeds_that_are_recorded_have_a_name_in_their_app():
    """What the timeline calls them: `deeds` of the AppConfig."""
    recorded = {
        (path.parts[len(BASE.parts) + 1], text)
        for path in SOURCES
        for call in calls_in(path)
        if called(call) == "record"
        for text in texts(call)[:1]
    }
    named_deeds = {
        (config.label, deed)
        for config in installed.get_app_configs()
        for deed in getattr(config, "deeds", {})
    }

    assert ("accounts", "accounts.sign_in") in recorded
    assert recorded - named_deeds == set()


@pytest.mark.parametrize("folder", ["apps", "templates", "partybuild", "docs"])
def test_rules_that_are_quoted_exist(folder):
    """A code in a docstring, a sentence or a template is one of the handbook's."""
    texts_of = [path for path in (BASE / folder).rglob("*") if path.suffix in {".py", ".html", ".md"}]
    quoted = {(named(path), code) for path in texts_of for code in RULE.findall(path.read_text())}

    assert {
        (path, code) for path, code in quoted if code.split("-")[0] not in NOT_RULES and code not in HANDBOOK
    } == set()


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    return (
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def expectations(test: ast.FunctionDef) -> list[str]:
    """The source of what a test asserts: assertions, expected exceptions, helpers named assert_/expect."""
    found = [ast.unparse(node.test) for node in ast.walk(test) if isinstance(node, ast.Assert)]
    calls = [node for node in ast.walk(test) if isinstance(node, ast.Call)]
    return found + [ast.unparse(call) for call in calls if re.search(r"raises|assert|expect", called(call))]


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_every_test_asserts_something_and_more_than_an_answer_of_200(path):
    bare = re.compile(r"[\w.()'\"/\[\], ]*status_code == 200")
    empty = [
        test.name
        for test in functions_of(path)
        if not [each for each in expectations(test) if not bare.fullmatch(each)]
    ]

    assert empty == []
