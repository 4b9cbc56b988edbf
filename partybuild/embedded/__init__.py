"""Real servers for the first run: Postgres and a Redis-protocol server, private to this checkout.

`provide()` is what manage.py and `make run` call. A production process has DATABASE_URL and REDIS_URL in its
environment, and secrets beside them: nothing here fills anything in for it.
"""

import os
from pathlib import Path

from partybuild.embedded.home import CannotServe, Home
from partybuild.embedded.postgres import Postgres
from partybuild.embedded.redis import Redis
from partybuild.embedded.secrets import local_environment
from partybuild.embedded.use import use

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = CHECKOUT / ".data"

__all__ = ["CHECKOUT", "DATA", "CannotServe", "Home", "Postgres", "Redis", "provide", "use"]


def provide() -> None:
    """Fill in what the environment lacks: secrets, and servers that run at least as long as this process.

    PARTYBUILD_LOCAL=no never does; =yes gives local secrets though both servers are elsewhere.
    """
    missing = {"DATABASE_URL", "REDIS_URL"} - os.environ.keys()
    local = os.environ.get("PARTYBUILD_LOCAL", "yes" if missing else "no")
    if local == "no":
        return
    for name, value in local_environment(DATA).items():
        os.environ.setdefault(name, value)
    home = Home.at(DATA) if missing else None
    for server in (Postgres, Redis):
        if home and server.variable in missing:
            os.environ[server.variable] = use(server(home))
