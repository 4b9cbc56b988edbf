import pytest

from partybuild.redis_urls import broker_url, cache_url


@pytest.mark.parametrize(
    ("url", "cache", "broker"),
    [
        ("redis://host:6379", "redis://host:6379/0", "redis://host:6379/1"),
        ("redis://:secret@host:6379/4", "redis://:secret@host:6379/4", "redis://:secret@host:6379/5"),
        ("unix:///run/r.sock", "unix:///run/r.sock?db=0", "redis+socket:///run/r.sock?virtual_host=1"),
        ("unix:///run/r.sock?db=6", "unix:///run/r.sock?db=6", "redis+socket:///run/r.sock?virtual_host=7"),
    ],
)
def test_cache_and_broker_are_neighbours(url: str, cache: str, broker: str) -> None:
    assert cache_url(url) == cache
    assert broker_url(url) == broker
