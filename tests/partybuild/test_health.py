import pytest
from django.test import Client


@pytest.mark.django_db
def test_health_is_seen_without_signing_in(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert len(response["X-Request-Id"]) == 32
