"""One REDIS_URL, two uses: its database for the cache, the next one for the Celery broker."""

from urllib.parse import parse_qs, urlsplit


def cache_url(url: str, offset: int = 0) -> str:
    """The address as redis-py reads it."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={_database(url) + offset}"
    return f"{parts.scheme}://{parts.netloc}/{_database(url) + offset}"


def broker_url(url: str) -> str:
    """The address as Celery reads it."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host={_database(url) + 1}"
    return cache_url(url, offset=1)


def _database(url: str) -> int:
    """redis://host:6379/2 and unix:///path?db=2 are database 2; without a number it is 0."""
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("db", ["0"])[0] if parts.scheme == "unix" else parts.path.strip("/")
    return int(number or 0)
