"""What every template, script and stylesheet keeps to."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

BASE = Path(settings.BASE_DIR)
FOLDERS = [BASE / "templates", *sorted((BASE / "apps").glob("*/templates"))]
TEMPLATES = sorted(
    path for folder in FOLDERS for path in folder.rglob("*") if path.suffix in {".html", ".svg"}
)
STYLES = sorted((BASE / "static").rglob("*.css"))
SCRIPTS = sorted((BASE / "static" / "js").rglob("*.js"))

FRAMES = {"base.html", "branch.html", "plain.html", "public.html"}
# Parts of a page: included, or the body of a widget, a form or an answer to htmx.
PARTS = ("components/", "icons/", "django/forms/")
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style|\sstyle=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=|hx-on|href=[\"']javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off|mark_safe"),
    "something from another host": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
    "a half-width comma between Chinese words": re.compile(r"[\u4e00-\u9fff],[\u4e00-\u9fff]"),
}
DECORATION = re.compile(r"box-shadow|text-shadow|drop-shadow|gradient\(|@import|url\((?!['\"]?data:)")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff]")
MOST = 15_000  # bytes, compressed


def named(path: Path) -> str:
    return str(path.relative_to(BASE))


def template_name(path: Path) -> str:
    folder = next(folder for folder in FOLDERS if path.is_relative_to(folder))
    return str(path.relative_to(folder))


def first_tag(source: str) -> str:
    """The first template tag after comments."""
    found = re.match(r"(?:\s|{#.*?#})*({%.*?%})?", source, re.DOTALL)
    return (found and found.group(1)) or ""


INCLUDED = {
    name for path in TEMPLATES for name in re.findall(r"{%\s*include\s+\"([^\"#]+)", path.read_text())
}


def is_part(name: str) -> bool:
    """Whether the file is a piece of a page: by folder, by name (_piece.html) or because one includes it."""
    return name.startswith(PARTS) or Path(name).name.startswith("_") or name in INCLUDED


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_loads(path):
    assert Path(get_template(template_name(path)).template.origin.name) == path  # type: ignore[attr-defined]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    assert [named(path) for path in TEMPLATES if FORBIDDEN[what].search(path.read_text())] == []


def test_every_page_extends_a_frame():
    pages = [
        path for path in TEMPLATES if template_name(path) not in FRAMES and not is_part(template_name(path))
    ]
    assert [named(path) for path in pages if not first_tag(path.read_text()).startswith("{% extends")] == []


def test_components_are_included_with_only():
    """A component sees its parameters and nothing else, so that it can be read alone."""
    include = re.compile(r"{%\s*include\s+\"components/[^%]*%}")
    leaking = {
        (named(path), found)
        for path in TEMPLATES
        for found in include.findall(path.read_text())
        if not re.search(r"\bonly\s*%}$", found)
    }
    assert leaking == set()


def test_nothing_shows_emoji():
    assert [named(path) for path in [*TEMPLATES, *STYLES, *SCRIPTS] if EMOJI.search(path.read_text())] == []


def test_the_stylesheet_is_one_and_small():
    assert [path.name for path in STYLES] == ["partybuild.css"]
    assert len(gzip.compress(STYLES[0].read_bytes())) < MOST


def test_the_stylesheet_has_no_decoration_and_fetches_nothing():
    assert DECORATION.findall(STYLES[0].read_text()) == []


def channel(value: int) -> float:
    """Linear light of an sRGB channel (WCAG 2.2, relative luminance)."""
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tokens() -> dict[str, str]:
    found = re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6}|#fff);", STYLES[0].read_text())
    return {name: "#ffffff" if value == "#fff" else value for name, value in found}


TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "ink-2", "link", "red") for ground in ("card", "paper", "wash")],
    ("ink-3", "card"),
    ("red", "red-wash"),
    ("amber-text", "amber-wash"),
    ("amber-text", "card"),
    ("green", "green-wash"),
    ("green", "card"),
    ("card", "red"),
    ("card", "red-dark"),
    ("on-red", "red"),
]


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(text, ground):
    assert contrast(tokens()[text], tokens()[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["card", "paper"])
def test_the_edge_of_a_control_can_be_seen(ground):
    assert contrast(tokens()["edge"], tokens()[ground]) >= 3
