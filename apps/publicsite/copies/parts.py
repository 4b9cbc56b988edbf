"""A part of a copy: a village with all its pages and files, or what belongs to no village."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from apps.core.calendar import today
from apps.publicsite import addresses, errors, holdings, serving
from apps.publicsite.addresses import Address
from apps.publicsite.copies.drawing import Answer, drawn, piece
from apps.publicsite.copies.generations import Generation, Manifest
from apps.publicsite.copies.links import addresses_below, file_of, rewritten

NOT_FOUND = "404.html"  # for the web server, at whatever address: its links begin at the root


@dataclass
class Tally:
    """How many files were written, and how many are the same as before."""

    written: int = 0
    kept: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        self.written += other.written
        self.kept += other.kept
        return self


@dataclass
class Part:
    """What is made of a place in the new generation, with what the old one has of it."""

    place: str
    new: Generation
    old: Generation | None = None

    def __post_init__(self) -> None:
        self.before = self.old.manifest_of(self.place) if self.old else None
        self.now = Manifest(f"{today():%Y%m%d}", serving.state_of(self.place, is_dated=False))
        self.tally = Tally()

    def make(self, *, as_before: bool = False) -> Tally:
        """Draw what may have changed; `as_before` takes the old part as it is, if there is one."""
        begun = self.new.manifest_of(self.place)
        if begun and self._is_of_now(begun):
            return Tally()
        self.new.forget(self.place)
        if self.before and (as_before or self._is_unchanged()):
            self._take_everything(self.before)
        else:
            self._draw_everything()
        self.new.finish(self.place, self.now)
        return self.tally

    def _is_unchanged(self) -> bool:
        return self.before is not None and self._is_of_now(self.before)

    def _is_of_now(self, other: Manifest) -> bool:
        return (other.day, other.state) == (self.now.day, self.now.state)

    def _take_everything(self, before: Manifest) -> None:
        self.now = before
        for name in before.files:
            self._link(name, before)

    def _draw_everything(self) -> None:
        pieces: set[str] = set()
        is_same = self.before is not None and self.before.state == self.now.state
        if is_same and self.before:
            pieces.update(self.before.pieces)
        with holdings.at_hand(self.place):
            for address in self._addresses():
                if is_same and not address.is_dated:
                    self._take(file_of(address.path))
                elif answer := drawn(address.path):
                    pieces |= self._put(address, answer)
        if not self.place:
            self._write(NOT_FOUND, errors.drawn(*errors.NOT_FOUND).encode())
        self.now.pieces = sorted(pieces)

    def _addresses(self) -> Iterator[Address]:
        found = addresses.of_village(self.place) if self.place else addresses.of_all()
        return (address for address in found if address.name not in addresses.ASKING)

    def _take(self, name: str) -> None:
        """What depends on nothing that has changed; where there was nothing, there is nothing."""
        if self.before and name in self.before.files:
            self._link(name, self.before)

    def _put(self, address: Address, answer: Answer) -> set[str]:
        """Write an answer, unless the old generation has it; the static files that it shows."""
        if not answer.is_page:
            self._write(file_of(address.path), answer.content)
            return set()
        page = answer.content.decode()
        self._write(file_of(address.path), _relative(page, address.path))
        if address.path == reverse("public:index"):
            self._write(file_of("/"), _relative(page, "/"))
        return addresses_below(settings.STATIC_URL, page)

    def _write(self, name: str, content: bytes) -> None:
        checksum = hashlib.sha256(content).hexdigest()
        if self.before and self.before.files.get(name) == checksum:
            self._link(name, self.before)
            return
        self.new.write(name, content)
        self.now.files[name] = checksum
        self.tally.written += 1

    def _link(self, name: str, before: Manifest) -> None:
        if self.old:
            self.new.link(name, self.old)
            self.now.files[name] = before.files[name]
            self.tally.kept += 1


def _relative(page: str, at: str) -> bytes:
    return rewritten(page, at=at, places=reverse("public:villages")).encode()


def write_pieces(new: Generation) -> None:
    """Every static file that a page shows."""
    for path in sorted({path for manifest in new.manifests() for path in manifest.pieces}):
        new.write(file_of(path), piece(path))
