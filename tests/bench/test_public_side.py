# ruff: noqa: S608, T201 (SQL, and prints: what a bench is for)
"""The public side of a county that has disclosed for five years: how fast, and at what cost.

Requests per second are those of the application as production runs it (gunicorn, two workers) and of nginx
with deploy/static-site.conf, each against the same server doing as little as it can, in turns, in one run.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.publicsite import pages
from apps.publicsite.addresses import of_all, of_village
from tests.bench import disclosed_county
from tests.bench.disclosed_county import VILLAGES, code_of
from tests.partybuild.test_nginx import DEPLOY, NGINX, free_port, wait_for
from tests.services import POSTGRES

WRK = shutil.which("wrk")
ROUNDS = 7
SECONDS = 2
AIM = 0.8
PAGE = f"/public/{code_of(0)}/296/"  # a statement

FEW = 3
MOST_QUERIES = 20  # however much a village has published

pytestmark = pytest.mark.django_db(transaction=True)  # committed, so that other processes see it


def rate(address: str) -> float:
    """Requests per second over 8 connections."""
    told = subprocess.run(
        [str(WRK), "-t1", "-c8", f"-d{SECONDS}s", address], check=True, capture_output=True, text=True
    ).stdout
    assert "Non-2xx" not in told, told
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])


def in_turns(*addresses: str) -> list[float]:
    for address in addresses:
        rate(address)  # warm
    rounds = [[rate(address) for address in addresses] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    with subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()


@pytest.mark.skipif(not WRK, reason="wrk is not installed")
def test_a_published_page_against_a_bare_view(client: Client) -> None:
    disclosed_county.fill(FEW)
    port = free_port()
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.bench.bare",
        "DATABASE_URL": POSTGRES.url_of(connection.settings_dict["NAME"]),
        "PARTYBUILD_BIND": f"127.0.0.1:{port}",
        "PARTYBUILD_BENCH_LENGTH": str(len(client.get(PAGE).content)),
    }
    with running([sys.executable, "-m", "gunicorn"], port, **environment):
        bare, live = in_turns(f"http://127.0.0.1:{port}/bare", f"http://127.0.0.1:{port}{PAGE}")
    assert min(bare, live) > 0
    print(f"\nlive page {live:.0f} a second, bare view {bare:.0f}: ratio {live / bare:.2f} (aim {AIM})")


@pytest.mark.skipif(not (WRK and NGINX), reason="wrk or nginx is not installed")
def test_the_copy_against_a_plain_file(tmp_path: Path) -> None:
    disclosed_county.fill(1)
    call_command("export_public_site", tmp_path, jobs=1)
    ours, plain = free_port(), free_port()
    page = tmp_path / "current" / PAGE.lstrip("/") / "index.html"
    (tmp_path / "plain").mkdir()
    shutil.copy(page, tmp_path / "plain" / "page.html")
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"daemon off; user root; pid {tmp_path}/pid; worker_processes 1; error_log stderr; events {{}}\n"
        f"http {{ access_log off; sendfile on;\n"
        f"server {{ listen 127.0.0.1:{ours}; root {tmp_path}/current; include {DEPLOY}/static-site.conf; }}\n"
        f"server {{ listen 127.0.0.1:{plain}; root {tmp_path}/plain; }} }}"
    )
    with running([str(NGINX), "-c", str(configuration)], ours):
        mine, floor = in_turns(f"http://127.0.0.1:{ours}{PAGE}", f"http://127.0.0.1:{plain}/page.html")
    assert min(mine, floor) > 0
    print(
        f"\ncopy by nginx {mine:.0f} a second, its plain file {floor:.0f}: ratio {mine / floor:.2f} (aim 1)"
    )


def queries_of(client: Client, path: str) -> int:
    pages.forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_pages_and_export_of_five_years(tmp_path: Path, client: Client) -> None:
    print(f"\n{VILLAGES} villages, {disclosed_county.fill():,} publications")
    seen: dict[str, set[int]] = {}
    slowest: dict[str, float] = {}
    for village in (0, VILLAGES - 1):
        for address in [*of_all(), *list(of_village(code_of(village)))[:40:3]]:
            begun = time.perf_counter()
            seen.setdefault(address.name, set()).add(queries_of(client, address.path))
            slowest[address.name] = max(slowest.get(address.name, 0), 1000 * (time.perf_counter() - begun))
    for name, counts in seen.items():
        assert max(counts) <= MOST_QUERIES, f"{name} makes {sorted(counts)} queries"
        print(f"  {name}: {sorted(counts)} queries, at most {slowest[name]:.0f} ms")
    for name in ("all of it", "again, nothing changed", "after one publication"):
        if name == "after one publication":
            publish_once()
        begun = time.perf_counter()
        call_command("export_public_site", tmp_path, jobs=1)
        print(f"  export {name}: {time.perf_counter() - begun:.1f} s")
    print(f"  {sum(len(files) for _, _, files in os.walk(tmp_path / 'current')):,} files")


def publish_once() -> None:
    """One more publication of the first village, as publishing would write it."""
    with connection.cursor() as cursor:
        last = len(disclosed_county.MONTHS) * 5
        cursor.execute(f"UPDATE disclosure_publication SET state = 'replaced' WHERE id = {last}")
