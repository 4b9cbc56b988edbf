"""Real servers for the first run: Postgres and a Redis-protocol server, private to this checkout.

`provide()` is what manage.py and `make run` call; a production process sets the environment and never comes here.
"""

import os
from pathlib import Path

from partybuild.embedded.home import Home
from partybuild.embedded.postgres import Postgres
from partybuild.embedded.redis import Redis
from partybuild.embedded.secrets import local_environment
from partybuild.embedded.use import use

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = CHECKOUT / ".data"

__all__ = ["CHECKOUT", "DATA", "Home", "Postgres", "Redis", "provide", "use"]


def provide() -> None:
    """Fill in what the environment does not say: servers that run for this process at least, and local secrets."""
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    for name, value in local_environment(DATA).items():
        os.environ.setdefault(name, value)
    home = Home.at(DATA)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = use(Postgres(home))
    if "REDIS_URL" not in os.environ:
        os.environ["REDIS_URL"] = use(Redis(home))
