"""Answers and tables that are made up, for worker processes too."""

from __future__ import annotations

import csv
import os
import signal
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from detente.screening.bulk.run import Answer, Row
from detente.screening.model import Query


def hits_of(query: Query) -> list[Row]:
    """Return none to two hits, which follow from the query alone."""
    number = zlib.crc32(repr(query).encode())
    return [
        Row(
            score=0.5 + (number % 1000) / 2000,
            entry=f"made-up:{number % 97 + place}",
            name=query.name.upper(),
            source="made-up",
            programmes="ONE; TWO",
            authority="Act No. 1",
            measures="freeze",
            since="2001-02-03",
            why=f"name: {query.name}; births: {'; '.join(map(str, query.births))}",
        )
        for place in range(number % 3)
    ]


def plain() -> Answer:
    """Answer from the query alone."""
    return lambda queries: [hits_of(query) for query in queries]


def silent() -> Answer:
    """Find nothing."""
    return lambda queries: [[] for _ in queries]


def one_hit() -> Answer:
    """Find one hit for whoever it is."""
    return lambda queries: [[Row(score=0.7, entry="made-up:1", name="X")] for _ in queries]


def ruling_out() -> Answer:
    """Rule one party out for whoever it is."""
    out = Row(score=0.0, entry="made-up:1", name="X", ruled_out=True)
    return lambda queries: [[out] for _ in queries]


def failing() -> Answer:
    """Fail on whoever is called Poison."""

    def answer(queries: Sequence[Query]) -> list[list[Row]]:
        if any(query.name == "Poison" for query in queries):
            raise ArithmeticError("a bad name")
        return [hits_of(query) for query in queries]

    return answer


def _dying(marker: str | None, queries: Sequence[Query]) -> list[list[Row]]:
    if any(query.name == "Poison" for query in queries):
        if marker is None:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            os.close(os.open(marker or "", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return [hits_of(query) for query in queries]


def dying(marker: str | None = None) -> Answer:
    """Die of whoever is called Poison; where a marker is named, only until there is one."""
    return partial(_dying, marker)


def slow(folder: str) -> Answer:
    """Note the process in a folder, then take as long as there is a first process."""
    import time

    first = os.getppid()
    (Path(folder) / str(os.getpid())).touch()

    def answer(queries: Sequence[Query]) -> list[list[Row]]:
        while os.getppid() == first:
            time.sleep(0.02)
        return [[] for _ in queries]

    return answer


def write_table(path: Path, count: int, change: Callable[[int], str | None] | None = None) -> Path:
    """Write a table of people; ``change`` may give the line of a row."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("id,name,aliases,dob,country\n")
        writer = csv.writer(stream, lineterminator="\n")
        for row in range(1, count + 1):
            line = change(row) if change is not None else None
            if line is not None:
                stream.write(line + "\n")
            else:
                writer.writerow(
                    (row, f"Anna {row} Müller", f"A. {row}; Ann", f"19{row % 90 + 10}-01-02", "DE")
                )
    return path


def outputs(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder that begin with ``hits``."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("hits*"))}
