"""Speed of the web server: a batch of a hundred names, and requests a second on this machine.

Run ``python benchmarks/web.py --seconds 60`` for a minute of load. The server is a process of its
own; the load comes from another, on the same processors, at a steady rate, and a request that has
to wait for the one before counts from the moment at which it was due.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Final, NamedTuple

import httpx2
from lists import _editions

from detente import Query, Screener
from detente.store.read import parties_at
from detente.store.schema import opened
from detente.store.take import take_files

RATE: Final = 200
"""Requests a second."""
WORKERS: Final = 16
NAMES: Final = 100


class Figure(NamedTuple):
    """One figure: what was timed, milliseconds, how many times a peer's, and the aim."""

    job: str
    spent: float
    peer: str
    aim: str


class Load(NamedTuple):
    """What a stretch of load gave: milliseconds of each request, seconds, failures, KiB before."""

    spent: list[float]
    seconds: float
    failed: int
    before: int
    after: int


def figures(repeats: int, seconds: float | None = None) -> Iterator[Figure]:
    """Yield every figure on the server."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "web.store"
        sdn, un, what = _editions()
        with opened(store, write=True) as connection:
            take_files(connection, sdn, date="2023-12-28")
            take_files(connection, un, date="2023-12-28")
            held = [party.name for source in ("ofac-sdn", "un-sc")
                    for party in parties_at(connection, source)]  # fmt: skip
        step = max(1, len(held) // NAMES)
        names = held[::step][:NAMES]
        with serving(store) as (port, pid):
            yield from _batches(store, port, names, f"{what}, {len(held):,} entries", repeats)
            yield from _load(port, pid, names, seconds or (10 if repeats == 1 else 20))


def _batches(store: Path, port: int, names: list[str], what: str, repeats: int) -> Iterator[Figure]:
    body = {"queries": {str(n): {"schema": "Thing", "properties": {"name": [name]}}
                        for n, name in enumerate(names)}}  # fmt: skip
    screener = Screener.from_store(store)

    def bare() -> None:
        for name in names:
            screener.screen(Query(name=name), limit=5)

    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:

        def ask() -> None:
            client.post("/match/default", json=body).raise_for_status()

        begun = perf_counter()
        ask()
        first = (perf_counter() - begun) * 1000
        spent, plain = _timed(repeats, ask), _timed(repeats, bare)
    yield Figure(
        f"`POST /match` of {len(names)} names against lists {what}, warm", spent,
        f"{spent / plain:.1f} x the screener in this process; {first:.0f} ms the first time",
        "100",
    )  # fmt: skip


def _load(port: int, pid: int, names: list[str], seconds: float) -> Iterator[Figure]:
    paths = [
        "/api/v1/assess/hanoi-2019", "/api/v1/regime/list", "/healthz",
        "/api/v1/why/us-nkspea-104a", "/api/v1/measures?hs=27", "/api/v1/lists/stats",
    ]  # fmt: skip
    example = {"schema": "Thing", "properties": {}}
    posts = [json.dumps({"queries": {"q": example | {"properties": {"name": [name]}}}}).encode()
             for name in names]  # fmt: skip
    requests = [_get(path) for path in paths] + [
        _post("/match/default", body) for body in posts[:6]
    ]
    asyncio.run(load(port, pid, requests, 2))  # warm
    found = asyncio.run(load(port, pid, requests, seconds))
    worst = quantiles(found.spent, n=100)[98]
    reached = len(found.spent) / found.seconds
    grown = found.after - found.before
    yield Figure(
        f"p99 of {reached:.0f} requests/s for {seconds:.0f} s (half answers, half names screened)",
        worst, f"median {median(found.spent):.1f} ms; {found.failed} failed; memory "
        f"{found.before // 1024} MiB, {grown / 1024:+.1f} MiB", "100",
    )  # fmt: skip


async def load(port: int, pid: int, requests: list[bytes], seconds: float) -> Load:
    """Send requests at a steady rate over connections that stay open.

    Args:
        port: of the server.
        pid: of the server, whose memory is looked at.
        requests: whole requests, taken in turn.
        seconds: how long.
    """
    spent: list[float] = []
    failed = 0
    before, begun = _memory(pid), perf_counter()

    async def worker(number: int) -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = number
        while (due := begun + turn / RATE) < begun + seconds:
            await asyncio.sleep(max(0.0, due - perf_counter()))
            writer.write(requests[turn % len(requests)])
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(size)
            spent.append((perf_counter() - due) * 1000)
            failed += b" 200 " not in head[:15]
            turn += WORKERS
        writer.close()

    await asyncio.gather(*(worker(number) for number in range(WORKERS)))
    return Load(spent, perf_counter() - begun, failed, before, _memory(pid))


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def _post(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _memory(pid: int) -> int:
    """The memory of a process in KiB; 0 where the system does not tell."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return int(text.partition("VmRSS:")[2].split()[0])


@contextmanager
def serving(store: Path) -> Iterator[tuple[int, int]]:
    """Run a server on a free port, and give the port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "detente", "serve", "--port", str(port), "--store", str(store)],
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(1200):
            try:
                if httpx2.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                    break
            except httpx2.TransportError:
                sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _timed(repeats: int, job: object) -> float:
    """The median of milliseconds."""
    assert callable(job)
    times = []
    for _ in range(max(2, repeats)):
        begun = perf_counter()
        job()
        times.append((perf_counter() - begun) * 1000)
    return median(times)


def main() -> None:
    """Measure, and print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of load")
    for figure in figures(9, parser.parse_args().seconds):
        print(f"{figure.job}: {figure.spent:.3g} ms; {figure.peer} (aim {figure.aim} ms)")


if __name__ == "__main__":
    main()
