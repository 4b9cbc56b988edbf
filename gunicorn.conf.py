"""How gunicorn serves, in `make run` and in the image alike; gunicorn reads this file by itself."""

import os
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

wsgi_app = "partybuild.wsgi:application"
bind = os.environ.get("PARTYBUILD_BIND", "0.0.0.0:8000")
# Sync workers: threads with keep-alive can leave a worker idle.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# With DEBUG every change of the code is taken up; otherwise it is loaded once, before the workers fork.
reload = os.environ.get("DEBUG") in ("yes", "true", "on", "1")
preload_app = not reload
timeout = 120
graceful_timeout = 15
max_requests = 5000
max_requests_jitter = 500
accesslog = "-"
# Without the query: a search may hold an identity number.
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms %({x-request-id}o)s'
control_socket_disable = True


class Discreet(Logger):
    """Writes no line for answers to an evaluation: address and moment would tell who answered (ADR 0013)."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if not environ.get("PATH_INFO", "").startswith("/lessons/answer/"):
            super().access(resp, req, environ, request_time)


logger_class = Discreet
