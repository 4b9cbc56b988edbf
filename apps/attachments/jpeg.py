"""A JPEG without what it tells of its making, its pixels untouched. Pure."""

from __future__ import annotations

from collections.abc import Iterator

_BEGIN, _SCAN = b"\xff\xd8", 0xDA
# Remarks, and the segments of applications; those of JFIF, colour profiles and Adobe say how to draw it.
_TELLING = {0xFE, *range(0xE1, 0xF0)} - {0xE2, 0xEE}


def bare(data: bytes) -> bytes:
    """The picture without place, device, time and remarks; what is no JPEG stays as it is."""
    return b"".join(_parts(data)) if data.startswith(_BEGIN) else data


def _parts(data: bytes) -> Iterator[bytes]:
    yield _BEGIN
    at = len(_BEGIN)
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _SCAN:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] not in _TELLING:
            yield data[at:end]
        at = end
    yield data[at:]
