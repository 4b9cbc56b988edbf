"""The pure parts stay pure: they can be read, tested and reused without Django."""

import subprocess
import sys

import pytest

PURE = [
    "apps.core.calendar",
    "apps.core.dates",
    "apps.core.errors",
    "apps.core.identity",
    "apps.core.names",
    "apps.core.numbers",
    "apps.core.periods",
    "apps.meetings.kinds",
    "apps.meetings.rules",
    "apps.meetings.voting",
    "apps.regulations.queries",
    "apps.regulations.table",
]
LOOK = "import sys, {module}; print(*({{'django', 'psycopg2'}} & set(sys.modules)))"


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_brings_no_django(module: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOOK.format(module=module)], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == []
