"""Protected values: authenticated encryption at rest, keyed digests for finding them.

AES-256-GCM; the sealed form is version | key id | nonce | ciphertext and tag, and the purpose
(which column) is bound in, so that a value copied into another column does not open.
Keys come from the environment; the first seals, all open: that is how keys are rotated.
"""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = 1
NONCE_BYTES = 12
HEADER_BYTES = 2


class CannotOpen(Exception):
    """The sealed value was tampered with, or its key is no longer configured."""


@lru_cache(maxsize=4)
def _keys(configured: str) -> dict[int, AESGCM]:
    """ "2:base64,1:base64" to ciphers by key id, the current one first."""
    try:
        pairs = [entry.split(":", 1) for entry in configured.split(",")]
        return {int(number): AESGCM(base64.b64decode(key, validate=True)) for number, key in pairs}
    except ValueError as error:
        raise ImproperlyConfigured(
            "PARTYBUILD_FIELD_KEYS must be id:base64 of 32 bytes, comma-separated"
        ) from error


def current_key_id() -> int:
    return next(iter(_keys(settings.PARTYBUILD_FIELD_KEYS)))


def encrypt(text: str, *, purpose: str) -> bytes:
    """Seal the text with the current key."""
    return seal(text.encode(), purpose=purpose)


def decrypt(sealed: bytes, *, purpose: str) -> str:
    """Open a sealed text; raises CannotOpen when it was changed or its key is gone."""
    return unseal(sealed, purpose=purpose).decode()


def seal(content: bytes, *, purpose: str) -> bytes:
    """Seal the bytes with the current key."""
    return sealer(purpose=purpose)(content)


def sealer(*, purpose: str) -> Callable[[bytes], bytes]:
    """Seals many values for one purpose with the current key."""
    key_id, cipher = next(iter(_keys(settings.PARTYBUILD_FIELD_KEYS).items()))
    header, bound = bytes((VERSION, key_id)), purpose.encode()

    def sealing(content: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return header + nonce + cipher.encrypt(nonce, content, bound)

    return sealing


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Open what was sealed; raises CannotOpen when it was changed or its key is gone."""
    cipher = _keys(settings.PARTYBUILD_FIELD_KEYS).get(key_id_of(sealed))
    if cipher is None:
        raise CannotOpen(f"no key {key_id_of(sealed)}")
    nonce, body = sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES], sealed[HEADER_BYTES + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, body, purpose.encode())
    except InvalidTag as error:
        raise CannotOpen("the value was changed after it was sealed") from error


def key_id_of(sealed: bytes) -> int:
    if len(sealed) <= HEADER_BYTES + NONCE_BYTES or sealed[0] != VERSION:
        raise CannotOpen("not a sealed value")
    return sealed[1]


def digest(text: str) -> bytes:
    """The keyed digest under which a protected value is found again (32 bytes)."""
    return digester()(text)


def digester() -> Callable[[str], bytes]:
    """Makes the digests of many values."""
    key = settings.PARTYBUILD_DIGEST_KEY.encode()
    return lambda text: hmac.digest(key, text.encode(), "sha256")
