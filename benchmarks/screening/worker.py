"""One engine in a process of its own: it reads a task, runs it and writes what it measured.

Run as ``python -m screening.worker ENGINE TASK ANSWER`` by any interpreter that has the engine;
nothing here needs Detente, so that peers run where they are installed and memory is each one's own.
Times are of the processor and not of the clock, since others use the machine too.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path
from time import process_time
from typing import Any, Final, Protocol

Wire = dict[str, Any]
"""A query or a party as JSON has it."""
Hits = list[tuple[str, float]]
"""Ids of entries and their scores, best first."""


class Engine(Protocol):
    """What every engine must be able to do.

    Attributes:
        version: its version.
        threshold: the score from which it alerts by default.
    """

    version: str
    threshold: float

    def build(self, folder: Path) -> None:
        """Index the parties that lie in a folder, as Detente's own and as FollowTheMoney's."""

    def keep(self, folder: Path) -> bool:
        """Write the index beside the parties; False where the engine cannot."""

    def open(self, folder: Path) -> None:
        """Open the index that was kept there."""

    def screen(self, queries: list[Wire], threshold: float | None) -> list[Hits]:
        """Return the ten best entries for each query, from a threshold on (None: the default)."""

    def exhaustive(self, queries: list[Wire]) -> list[Hits]:
        """Return the best entries for each query, every entry scored."""

    def compare(self, name: str, other: str, kind: str | None) -> float:
        """Return how well two bare names fit."""

    def check(self, query: Wire, candidate: Wire) -> float:
        """Return how well two whole parties fit."""


def engine(name: str) -> Engine:
    """Return an engine by its name."""
    if name == "detente":
        from screening.ours import Detente  # nothing but this needs it

        return Detente()
    from screening.peers import ENGINES

    return ENGINES[name]()


def run(held: Engine, job: Wire, folder: Path | None) -> Any:
    """Run one job of a task and return what it gave, times in seconds of the processor."""
    match job["op"]:
        case "screen":
            begun = process_time()
            hits = held.screen(job["queries"], job.get("threshold"))
            return {"hits": hits, "cpu": process_time() - begun}
        case "one":
            held.screen(job["warm"], None)
            return [_timed(held, query) for query in job["queries"]]
        case "exhaustive":
            return held.exhaustive(job["queries"])
        case "pairs":
            return varied([held.compare(*pair) for pair in job["pairs"]])
        case "checks":
            return varied([held.check(*pair) for pair in job["pairs"]])
        case "keep":
            return folder is not None and held.keep(folder)
    raise ValueError(job["op"])


def _timed(held: Engine, query: Wire) -> float:
    begun = process_time()
    held.screen([query], None)
    return process_time() - begun


def varied(scores: list[float]) -> list[float]:
    """Return scores as they are.

    Raises:
        RuntimeError: many pairs have one score, so that it is not theirs.
    """
    if len(scores) > 9 and len(set(scores)) == 1:
        raise RuntimeError(f"the engine is asked wrongly: {len(scores)} pairs score {scores[0]}")
    return scores


PROBES: Final = (
    ("Anna Smith", "Anna Smith", True),
    ("Pedro Alvarez", "Kwame Boateng", False),
    ("Anna Smith", "Otto Braun", False),
    ("Otto Braun", "Otto Braun", True),
)
"""Two names, and whether any engine calls them one."""


def probe(held: Engine, folder: Path | None) -> None:
    """See that an engine is asked rightly: an answer must not come from what was asked before.

    The same pairs are compared twice, in both orders and as names and as whole parties; the same
    two listed names are screened twice, in both orders.

    Raises:
        RuntimeError: an answer differs the second time, or does not differ where it must.
    """
    told = [held.compare(one, other, "person") for one, other, _ in PROBES]
    again = [held.compare(one, other, "person") for one, other, _ in reversed(PROBES)][::-1]
    sides = [({"name": a, "kind": "person"}, {"name": b, "kind": "person"}) for a, b, _ in PROBES]
    whole = [held.check(*pair) for pair in sides]
    for scores in (told, again, whole):
        if [score >= held.threshold for score in scores] != [same for _, _, same in PROBES]:
            raise RuntimeError(f"the engine is asked wrongly: {scores} for {PROBES}")
    if told != again:
        raise RuntimeError(f"the engine is asked wrongly: {told}, then {again} for {PROBES}")
    if folder is not None:
        _probe_index(held, folder)


def _probe_index(held: Engine, folder: Path) -> None:
    """See that two listed persons are each found, whichever is asked for first."""
    with (folder / "ftm.jsonl").open(encoding="utf-8") as lines:
        persons = (each for each in map(json.loads, lines) if each["schema"] == "Person")
        one = next(persons)
        other = next(each for each in persons if _name(each)[:3] != _name(one)[:3])
    asked = [{"name": _name(each), "kind": "person"} for each in (one, other)]
    first = held.screen(asked, 0.0)
    second = held.screen(asked[::-1], 0.0)[::-1]
    found = [each["id"] in dict(hits) for each, hits in zip((one, other), first, strict=True)]
    if not all(found) or first != second or first[0] == first[1]:
        raise RuntimeError("the engine is asked wrongly: two listed persons are not told apart")


def _name(data: Wire) -> str:
    return str(data["properties"]["name"][0])


def peak() -> float:
    """Return the most memory that this process had at once, in MB.

    The system's count for a process (``ru_maxrss``) starts with what its parent had.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    if found:
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run a task and write the answer."""
    name, task, answer = sys.argv[1:]
    told = json.loads(Path(task).read_text(encoding="utf-8"))
    folder = Path(told["parties"]) if told["parties"] else None
    held = engine(name)
    begun = process_time()
    if folder:
        (held.open if told["kept"] else held.build)(folder)
    report: Wire = {"version": held.version, "threshold": held.threshold}
    report["built"] = process_time() - begun
    report["built_peak"] = peak()
    report["results"] = [run(held, job, folder) for job in told["jobs"]]
    report["spent"] = process_time()
    report["peak"] = peak()
    probe(held, folder)
    Path(answer).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()
