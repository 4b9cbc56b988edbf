"""The browser of the journeys: Debian's Chromium against a live server of this very process."""

import os
import shutil
from typing import Any

import pytest

# Playwright's own event loop runs in this thread, and Django would refuse to query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = {"executable_path": shutil.which("chromium"), "args": [*QUIET, *sandbox]}
    return browser_type_launch_args | browser


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Pages are opened by path: page.goto("/login/")."""
    return str(live_server.url)
