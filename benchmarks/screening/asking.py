"""Asking an engine: a task is written, a process of its own runs it, the answer is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

import msgspec

from detente.entities.model import Party
from screening import inputs, koreans
from screening.inputs import Sought

ONE_CORE: Final = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NOMENKLATURA_DUCKDB_THREADS": "1",
}  # fmt: skip
PARTIES: Final[dict[str, Callable[[], Sequence[Party]]]] = {
    "listed": inputs.listed,
    "listed, and gone since": inputs.with_gone,
    "UN list, and gone since": inputs.un_alone,
    "listed, Latin script alone": inputs.in_latin,
    "listed persons, and Koreans": koreans.parties,
    "UN list of 2018": inputs.un_2018,
}
"""What an engine can hold, by name."""
_WRITING: Final = Lock()


class Spec(NamedTuple):
    """An engine that is measured.

    Attributes:
        title: what tables call it.
        name: what the worker calls it.
        python: the interpreter that has it.
        most: how many clean names of each set it gets; slow ones get a sample.
        batch: how many names each of three batches has where throughput is measured.
        singles: how many names it gets one by one where latency is measured.
        all_pairs: how many queries it holds against every entry.
    """

    title: str
    name: str
    python: str
    most: int
    batch: int
    singles: int
    all_pairs: int


def specs(peers: str | None, all_pairs: int, quick: bool) -> list[Spec]:
    """Return the engines: ours, and the peers where they are installed.

    Args:
        peers: the interpreter that has the peers.
        all_pairs: how many queries Detente holds against every entry.
        quick: whether a few names of each will do.
    """
    held = [Spec("Detente", "detente", sys.executable, 10_000, 1000, 1000, all_pairs)]
    if peers:
        held += [
            Spec("nomenklatura, index + logic-v2", "nomenklatura", peers, 1000, 200, 40, 10),
            Spec("rapidfuzz token_sort_ratio >= 85", "token_sort_ratio", peers,
                 10_000, 1000, 300, 0),
            Spec("rapidfuzz WRatio >= 90", "WRatio", peers, 500, 100, 100, 0),
        ]  # fmt: skip
    few = [
        spec._replace(most=40, batch=10, singles=5, all_pairs=min(spec.all_pairs, 3))
        for spec in held
    ]
    return few if quick else held


class Asked(NamedTuple):
    """What an engine answered, and what it said of itself."""

    report: dict[str, Any]

    @property
    def threshold(self) -> float:
        """The score from which it alerts by default."""
        return float(self.report["threshold"])

    @property
    def results(self) -> list[Any]:
        """What each job gave."""
        return list(self.report["results"])


def ask(
    spec: Spec, parties: str | None, jobs: Sequence[dict[str, Any]], *, kept: bool = False
) -> Asked:
    """Run jobs on an engine.

    Args:
        spec: the engine.
        parties: which of ``PARTIES`` it holds; None where it only compares.
        jobs: what the worker is to do.
        kept: whether it opens an index that it kept before, and builds none.

    Raises:
        subprocess.CalledProcessError: the engine failed; its words stand above.
    """
    held = str(folder(parties)) if parties else None
    with tempfile.TemporaryDirectory() as name:
        task, answer = Path(name) / "task", Path(name) / "answer"
        told = {"parties": held, "kept": kept, "jobs": list(jobs)}
        task.write_text(json.dumps(told), encoding="utf-8")
        env = os.environ | ONE_CORE | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        command = [spec.python, "-m", "screening.worker", spec.name, str(task), str(answer)]
        subprocess.run(command, env=env, check=True)
        return Asked(json.loads(answer.read_text(encoding="utf-8")))


def folder(parties: str) -> Path:
    """Return where some parties lie for every engine, written at the first call."""
    with _WRITING:
        return _written(parties)


@cache
def _written(parties: str) -> Path:
    return inputs.write_parties(PARTIES[parties](), Path(tempfile.mkdtemp(dir=_root().name)))


@cache
def _root() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="detente-screening-")


def queries(items: Sequence[Sought]) -> list[dict[str, Any]]:
    """Return queries as the worker reads them."""
    return [msgspec.to_builtins(item.query) for item in items]


def screening(items: Sequence[Sought], threshold: float | None = 0.0) -> dict[str, Any]:
    """Return the job that screens queries; from score 0 on unless told otherwise."""
    return {"op": "screen", "queries": queries(items), "threshold": threshold}
