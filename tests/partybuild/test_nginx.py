"""What stands in front: nginx with the project's own configuration, before a stand-in for the application."""

from __future__ import annotations

import getpass
import http.client
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

from apps.publicsite.middleware import PICTURE, POLICY

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
DEPLOY = Path(settings.BASE_DIR) / "deploy"
MIME = Path("/etc/nginx/mime.types")

EXPIRED = 2.1  # seconds after which what is kept for one is old

pytestmark = pytest.mark.skipif(
    not NGINX or not MIME.exists(), reason="nginx is missing: sudo apt-get install nginx-light"
)


@dataclass
class StandIn:
    """An application that says what it was asked."""

    asked: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    slowness: float = 0

    def serve(self) -> ThreadingHTTPServer:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand_in.asked.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
                time.sleep(stand_in.slowness)
                self.send_response(stand_in.status)
                self.send_header("Content-Type", "text/html")
                self.send_header("Set-Cookie", "session=secret")
                self.send_header("Vary", "Cookie")
                self.end_headers()
                self.wfile.write(f"page {len(stand_in.asked)}".encode())

            do_POST = do_HEAD = do_GET  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def configured(folder: Path, *, web: int, port: int) -> Path:
    """The configuration as it stands, with this test's ports, folders and certificate."""
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("user nginx;", f"daemon off; user {getpass.getuser()};"),
        ("/run/nginx.pid", f"{folder}/pid"),
        ("/etc/nginx/certificates", str(folder)),
        ("/var/cache/nginx", str(folder)),
        ("web:8000", f"127.0.0.1:{web}"),
        ("listen 80 default_server", f"listen 127.0.0.1:{free_port()}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("        http2 on;\n", ""),  # unknown to the nginx of Debian 12
        ("/dev/stdout", f"{folder}/access.log"),
        ("/dev/stderr", f"{folder}/error.log"),
    ):
        assert old in text
        text = text.replace(old, new)
    shutil.copytree(DEPLOY, folder, dirs_exist_ok=True)
    pages = folder / "public-pages.conf"
    pages.write_text(
        pages.read_text().replace("60s;", "1s;").replace("read_timeout 10s;", "read_timeout 1s;")
    )
    (folder / "nginx.conf").write_text(text)
    certificate = [
        "-keyout",
        str(folder / "privkey.pem"),
        "-out",
        str(folder / "fullchain.pem"),
        "-subj",
        "/CN=localhost",
    ]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *certificate]
    subprocess.run(make, check=True, capture_output=True)
    return folder / "nginx.conf"


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def read(connection: http.client.HTTPConnection) -> Answer:
    answer = connection.getresponse()
    whole = Answer(answer.status, answer.headers, answer.read())
    connection.close()
    return whole


@dataclass
class Front:
    port: int
    certificate: Path
    behind: StandIn
    server: ThreadingHTTPServer

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        context = ssl.create_default_context(cafile=self.certificate)
        connection = http.client.HTTPSConnection("localhost", self.port, context=context, timeout=5)
        connection.request(method, path, headers=headers)
        return read(connection)


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    behind, port = StandIn(), free_port()
    server = behind.serve()
    configuration = configured(tmp_path, web=server.server_port, port=port)
    with subprocess.Popen([str(NGINX), "-c", str(configuration)], stderr=subprocess.PIPE) as process:
        try:
            wait_for(port, process)
            yield Front(port, tmp_path / "fullchain.pem", behind, server)
        finally:
            process.terminate()
            server.shutdown()
            server.server_close()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(process.stderr.read().decode() if process.stderr else "the server ended")
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server does not listen")


def test_a_public_page_is_kept_for_everybody(front: Front):
    first = front.ask("/public/8801001/", Cookie="session=mine")
    again = front.ask("/public/8801001/?made=up")

    assert (first.body, again.body) == (b"page 1", b"page 1")
    assert again.headers["X-Cache"] == "HIT"
    assert (first.headers["Set-Cookie"], front.behind.asked[0].get("cookie")) == (None, None)
    assert "accept-encoding" not in front.behind.asked[0]


def test_a_search_is_asked_for_each_word_and_kept_apart_from_the_pages(front: Front):
    assert front.ask("/public/search/?q=a").body != front.ask("/public/search/?q=b").body
    assert front.ask("/public/8801001/search/?q=a").headers["X-Cache"] == "MISS"

    kept = {name: list((front.certificate.parent / name).rglob("*")) for name in ("public", "searches")}
    assert {name: sum(path.is_file() for path in paths) for name, paths in kept.items()} == {
        "public": 0,
        "searches": 3,
    }


@pytest.mark.parametrize("status", [500, 503])
def test_when_the_application_is_ill_the_page_is_still_there(front: Front, status: int):
    front.ask("/public/8801001/")
    front.behind.status = status
    time.sleep(EXPIRED)
    answers = [front.ask("/public/8801001/") for _ in range(3)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"page 1")] * 3
    assert [answer.headers["X-Cache"] for answer in answers] == ["STALE"] * 3


def test_when_the_application_is_gone_the_page_is_still_there(front: Front):
    front.ask("/public/8801001/")
    front.server.shutdown()
    front.server.server_close()
    time.sleep(EXPIRED)
    answers = [front.ask("/public/8801001/") for _ in range(3)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"page 1")] * 3
    assert [answer.headers["X-Cache"] for answer in answers] == ["STALE"] * 3


def test_when_the_application_hangs_the_page_is_still_there(front: Front):
    front.ask("/public/8801001/")
    front.behind.slowness = 2
    time.sleep(EXPIRED)

    answer = front.ask("/public/8801001/")
    assert (answer.body, answer.headers["X-Cache"]) == (b"page 1", "STALE")


def test_nobody_sees_the_old_page_once_more_after_it_has_changed(front: Front):
    """It may have been withdrawn since, because something private was in it."""
    front.ask("/public/8801001/3/")
    time.sleep(EXPIRED)

    assert front.ask("/public/8801001/3/").body == b"page 2"


def test_what_is_gone_stays_gone_when_the_application_is_down(front: Front):
    front.ask("/public/8801001/3/data.json")
    front.behind.status = 404
    time.sleep(EXPIRED)
    gone = front.ask("/public/8801001/3/data.json")
    front.server.shutdown()
    front.server.server_close()

    assert [gone.status, front.ask("/public/8801001/3/data.json").status] == [404, 404]


def test_a_page_that_was_never_kept_says_that_the_application_is_down(front: Front):
    front.server.shutdown()
    front.server.server_close()
    answers = [front.ask(path) for path in ("/public/8801001/", "/", "/members/")]

    assert [answer.status for answer in answers] == [503] * 3
    assert ["系统暂时停了，请过一会儿再看。" in answer.body.decode() for answer in answers] == [True] * 3
    assert [strict(answer) for answer in answers] == [(POLICY, "nosniff", "same-origin", "DENY")] * 3
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 3


def strict(answer: Answer) -> tuple[str | None, ...]:
    names = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
    return tuple(answer.headers[name] for name in names)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_writes(front: Front, method: str):
    answer = front.ask("/public/8801001/", method)

    assert (answer.status, answer.headers["Set-Cookie"], front.behind.asked) == (405, None, [])
    assert answer.headers["Allow"] == "GET, HEAD"
    assert strict(answer) == (POLICY, "nosniff", "same-origin", "DENY")


def test_the_inside_keeps_its_cookies(front: Front):
    answer = front.ask("/members/", Cookie="session=mine")

    assert (answer.headers["Set-Cookie"], front.behind.asked[0]["cookie"]) == (
        "session=secret",
        "session=mine",
    )


def test_a_copy_is_handed_out_with_strict_headers(tmp_path: Path):
    port = free_port()
    (tmp_path / "site" / "public").mkdir(parents=True)
    (tmp_path / "site" / "public" / "index.html").write_text("清源县村务公开")
    (tmp_path / "site" / "public" / "receipt.jpg").write_bytes(b"")
    (tmp_path / "site" / "public" / "lines.csv").write_text("摘要")
    (tmp_path / "site" / "404.html").write_text("没有这个地址")
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"daemon off; user {getpass.getuser()}; pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; server {{ listen 127.0.0.1:{port};\n"
        f"root {tmp_path}/site; include {DEPLOY}/static-site.conf; }} }}"
    )
    with subprocess.Popen([str(NGINX), "-c", str(configuration)], stderr=subprocess.PIPE) as process:
        try:
            wait_for(port, process)
            page, refused = (asked(port, method, "/public/") for method in ("GET", "POST"))
            picture, missing = (asked(port, "GET", f"/public/{name}") for name in ("receipt.jpg", "none"))
            moved, table = (asked(port, "GET", f"/public{name}") for name in ("", "/lines.csv"))
        finally:
            process.terminate()

    assert (page.status, page.body.decode()) == (200, "清源县村务公开")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (missing.status, missing.body.decode()) == (404, "没有这个地址")
    assert (moved.status, moved.headers["Location"]) == (301, "/public/")
    assert refused.status == 405
    for answer in (page, table, refused, missing, moved):
        assert strict(answer) == (POLICY, "nosniff", "same-origin", "DENY")
    assert strict(picture) == (PICTURE, "nosniff", "same-origin", "DENY")


def asked(port: int, method: str, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path)
    return read(connection)
