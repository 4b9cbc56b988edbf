"""A Monday morning in November, when digests go out, and a robot's server that listens here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import time_machine

from apps.core.calendar import CHINA
from apps.reminders import services

MONDAY = datetime(2026, 11, 23, 10, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def on_monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@dataclass
class Listener:
    """What the robot's server was sent, and what it answers."""

    address: str
    status: int = 200
    answer: bytes = b'{"errcode": 0, "errmsg": "ok"}'
    location: str = ""
    received: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    """A server on this machine, allowed for the test."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.received.append((self.path, json.loads(body)))
            self.send_response(heard.status)
            if heard.location:
                self.send_header("Location", heard.location)
            self.end_headers()
            self.wfile.write(heard.answer)

        def log_message(self, *args: Any) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    origin = f"http://127.0.0.1:{server.server_address[1]}"
    heard = Listener(f"{origin}/robot/send?access_token=secret-of-the-robot")
    settings.PARTYBUILD_ROBOT_ORIGINS = [origin]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield heard
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def robot(county, township_officer, listener):
    return services.set_robot(
        county.township,
        kind="wecom",
        webhook=listener.address,
        secret="",
        rhythm="weekly",
        by=township_officer,
    )
