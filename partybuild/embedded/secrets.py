"""What a local installation needs besides servers: its own random secrets, made once."""

import base64
import fcntl
import os
import secrets
from pathlib import Path

FILE = "secrets.env"


def local_environment(data: Path) -> dict[str, str]:
    """The environment of a local installation; the secrets are in a file that only its owner can read."""
    return _secrets(data) | {
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "PARTYBUILD_HTTPS": "no",
        "PARTYBUILD_DEMO": "yes",
        "PARTYBUILD_DATA": str(data),
    }


def _secrets(data: Path) -> dict[str, str]:
    data.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(data / FILE, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (text := file.read()):
            text = "".join(f"{name}={value}\n" for name, value in _random().items())
            file.write(text)
    return dict(line.split("=", 1) for line in text.splitlines())


def _random() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "PARTYBUILD_FIELD_KEYS": f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "PARTYBUILD_DIGEST_KEY": secrets.token_urlsafe(48),
    }
