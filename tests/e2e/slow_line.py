"""A bad mobile line: a proxy on this machine that counts what goes through, delays it and lets it trickle."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

CHUNK = 1400  # bytes, a packet


@contextmanager
def cut_off_at_last(writer: asyncio.StreamWriter) -> Iterator[None]:
    """Whatever happens, the socket is given back, without waiting for what nobody reads any more."""
    try:
        yield
    finally:
        writer.transport.abort()


@dataclass
class Line:
    """`down` in bytes a second, 0 for as fast as it goes; `delay` is one way, in seconds."""

    down: float = 0
    delay: float = 0
    received: int = 0
    requests: int = 0
    free_at: float = 0

    async def pass_down(self, size: int) -> None:
        """Wait for one's turn on the line: all connections share it."""
        self.received += size
        if not self.down:
            return
        now = asyncio.get_running_loop().time()
        self.free_at = max(self.free_at, now) + size / self.down
        await asyncio.sleep(self.free_at - now)


class SlowLine:
    """Serves at `port` what the upstream serves; runs in a thread of its own."""

    def __init__(self, host: str, upstream: int) -> None:
        self.host, self.upstream, self.line = host, upstream, Line()
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        self.ready.wait()

    def shape(self, *, kbit: float = 0, rtt: float = 0) -> None:
        """400 kbit/s and 0.4 s are "slow 3G" of the browsers' own tools."""
        self.line.down, self.line.delay = kbit * 1000 / 8, rtt / 2

    def counted(self) -> tuple[int, int]:
        """Bytes that came down and connections that were made since the last time."""
        found = (self.line.received, self.line.requests)
        self.line.received = self.line.requests = 0
        return found

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._connected, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()
        server.close()
        self.loop.run_until_complete(self._end())
        self.loop.close()

    async def _end(self) -> None:
        """Whoever is still connected is cut off."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.1)  # in which the closed sockets are given back

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.line.requests += 1
        with suppress(asyncio.CancelledError), cut_off_at_last(writer):  # cut off at the end: nobody is told
            await asyncio.sleep(2 * self.line.delay)  # the handshake
            upstream, request = await asyncio.open_connection(self.host, self.upstream)
            with cut_off_at_last(request):
                await asyncio.gather(self._up(reader, request), self._down(upstream, writer))

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            await asyncio.sleep(self.line.delay)
            writer.write(data)

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = True
        while data := await reader.read(CHUNK):
            if first:
                await asyncio.sleep(self.line.delay)
                first = False
            await self.line.pass_down(len(data))
            writer.write(data)
        writer.close()
