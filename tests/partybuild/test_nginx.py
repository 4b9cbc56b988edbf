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

pytestmark = pytest.mark.skipif(not NGINX or not MIME.exists(), reason="nginx is not installed")


@dataclass
class StandIn:
    """An application that says what it was asked."""

    asked: list[dict[str, str]] = field(default_factory=list)
    status: int = 200

    def serve(self) -> ThreadingHTTPServer:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand_in.asked.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
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
        ("/var/cache/nginx/public", f"{folder}/pages"),
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
    pages.write_text(pages.read_text().replace("60s;", "1s;"))
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


def test_a_search_is_asked_for_each_word(front: Front):
    assert front.ask("/public/search/?q=a").body != front.ask("/public/search/?q=b").body


@pytest.mark.parametrize("status", [500, 503])
def test_when_the_application_is_ill_the_page_is_still_there(front: Front, status: int):
    front.ask("/public/8801001/")
    front.behind.status = status
    time.sleep(1.2)
    answers = [front.ask("/public/8801001/") for _ in range(3)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"page 1")] * 3


def test_when_the_application_is_gone_the_page_is_still_there(front: Front):
    front.ask("/public/8801001/")
    front.server.shutdown()
    front.server.server_close()
    time.sleep(1.2)
    answers = [front.ask("/public/8801001/") for _ in range(3)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"page 1")] * 3


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_writes(front: Front, method: str):
    answer = front.ask("/public/8801001/", method)

    assert (answer.status, answer.headers["Set-Cookie"], front.behind.asked) == (405, None, [])


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
            picture = asked(port, "GET", "/public/receipt.jpg")
        finally:
            process.terminate()

    assert (page.status, page.body.decode()) == (200, "清源县村务公开")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Security-Policy"] == POLICY
    assert picture.headers["Content-Security-Policy"] == PICTURE
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert refused.status == 405


def asked(port: int, method: str, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path)
    return read(connection)
