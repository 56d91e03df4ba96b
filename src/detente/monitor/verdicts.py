"""The verdict on one use of a relief path or re-imposition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from detente.law.asof import available
from detente.law.conditions import Fact
from detente.law.vocabulary import Truth
from detente.law.ways import Reimposition, ReliefPath
from detente.monitor.results import Basis, Verdict
from detente.monitor.returns import as_path, status_of_return
from detente.relief.explain import Explanation, explain_path
from detente.relief.letter import Letters, asks_for_conduct
from detente.relief.paths import PathStatus


class Judged(NamedTuple):
    """A verdict, or why there is none.

    Attributes:
        verdict: the verdict.
        why: in a sentence.
        citation: the provision on which it rests; empty where there is no verdict.
        basis: the facts on which it turns.
    """

    verdict: Verdict | None
    why: str
    citation: str = ""
    basis: tuple[Basis, ...] = ()


class Found(NamedTuple):
    """One use of a way, with all there is to judge it by.

    Attributes:
        way: the relief path or re-imposition.
        measure: the measure for which it was used.
        day: the first day on which it worked.
        known: the letters of a day on the evidence recorded by then.
        after: the letters of a day on all evidence.
        days: the days on which something happened, oldest first.
    """

    way: ReliefPath | Reimposition
    measure: str
    day: date
    known: Callable[[date], Letters]
    after: Callable[[date], Letters]
    days: Sequence[date]


def judge(found: Found) -> Judged:
    """Return the verdict on one use of a relief path or re-imposition."""
    way = found.way
    path = as_path(way) if isinstance(way, Reimposition) else way
    if isinstance(way, ReliefPath) and not available(way, found.day):
        return _unavailable(way, found.day)
    letters = found.known(found.day)
    status = _status(way, letters, found.measure)
    basis = tuple(_basis(status, letters))
    if status.value is Truth.MET or _only_the_act_is_missing(status):
        return _met(found, path, status, basis)
    return _not_met(found, path, status, basis)


def _status(way: ReliefPath | Reimposition, letters: Letters, measure: str) -> PathStatus:
    if isinstance(way, Reimposition):
        return status_of_return(letters.view, way, letters.facts, measure)
    return letters.path(way, measure)


def _only_the_act_is_missing(status: PathStatus) -> bool:
    """Whether decisions alone are missing: the event is itself the record that one was taken."""
    return status.granted is Truth.MET and not status.path.self_executing


def _unavailable(path: ReliefPath, day: date) -> Judged:
    window = path.available
    if window is not None and window.since is not None and day < window.since:
        return Judged("early", f"{path.id} can be used only from {window.since}", path.citation)
    return Judged("unearned", f"{path.id} could no longer be used on {day}", path.citation)


def _met(found: Found, path: ReliefPath, status: PathStatus, basis: tuple[Basis, ...]) -> Judged:
    relief = isinstance(found.way, ReliefPath)
    if relief and _time_alone(status):
        return Judged("lapsed", "time alone ends it: the day had come", path.citation, basis)
    if relief and path.self_executing:
        first = _first_met(found, before=found.day)
        if first is not None:
            text = f"it takes effect by itself, and its condition had been met since {first}"
            return Judged("late", text, path.citation, basis)
    taken = "" if status.value is Truth.MET else "; the event is taken as the record of the act"
    if asks_for_conduct(status):
        text = "its condition asks for conduct, or a report on it, met on the evidence then known"
        return Judged("earned", text + taken, path.citation, basis)
    by_law = path.decided_by == "operation of law"
    deciders = found.known(found.day).view.regime.deciders
    who = (
        "it works by itself"
        if by_law
        else f"{deciders.get(path.decided_by, path.decided_by)} may decide"
    )
    asks = "the law asks for no conduct" if relief else "it asks for no finding of conduct"
    return Judged("discretionary", f"{asks}: {who}{taken}", path.citation, basis)


def _not_met(
    found: Found, path: ReliefPath, status: PathStatus, basis: tuple[Basis, ...]
) -> Judged:
    first = _first_met(found, after=found.day)
    gate = f", blocked by {', '.join(status.blocked_by)}" if status.blocked_by else ""
    if first is not None:
        text = f"its condition was not met on {found.day}{gate}, but from {first} on"
        return Judged("early", text, path.citation, basis)
    since = _status(found.way, found.after(found.day), found.measure)
    if since.value is Truth.MET:
        gate += "; what became known later shows that it was met"
    if status.value is Truth.UNKNOWN or status.unrefused is Truth.UNKNOWN:
        text = f"not known: the evidence then known does not settle its condition{gate}"
        return Judged(None, text, path.citation, basis)
    text = f"its condition was not met on the evidence then known{gate}"
    return Judged("unearned", text, path.citation, basis)


def _time_alone(status: PathStatus) -> bool:
    """Whether a path that executes itself was met by clocks and events, no act, report or conduct.

    Of a way with a report or a decision in it, only what in fact met it counts.
    """
    if not status.path.self_executing or isinstance(status.condition, Fact):
        return False
    needed = [atom for atom in status.atoms.values() if atom.truth is Truth.MET]
    clocks = [atom for atom in needed if atom.kind == "time" and atom.due is not None]
    others = [atom for atom in needed if atom.kind in ("requirement", "finding", "act")]
    return bool(clocks) and not others


def _first_met(
    found: Found, *, before: date | None = None, after: date | None = None
) -> date | None:
    """The first day before or after another on which the condition was met, on all evidence."""
    days = [day for day in found.days if (before is None or day < before)]
    days = [day for day in days if after is None or day > after]
    if after is not None:
        days = sorted({*days, *_due(found, after)})
    for day in days:
        way = found.way
        if isinstance(way, ReliefPath) and not available(way, day):
            continue
        if _status(way, found.after(day), found.measure).value is Truth.MET:
            return day
    return None


def _due(found: Found, after: date) -> Iterator[date]:
    """The days on which clocks that run would come true."""
    status = _status(found.way, found.after(after), found.measure)
    for atom in status.atoms.values():
        if atom.kind == "time" and atom.due is not None and atom.due > after:
            yield atom.due


def _basis(status: PathStatus, letters: Letters) -> Iterator[Basis]:
    """The facts at the leaves on which the value of a path turns."""
    seen: set[str] = set()
    tree = explain_path(status, letters.view, letters.facts, deciding=True)
    for node in _deciding(tree):
        assert node.fact is not None
        if node.fact not in seen:
            seen.add(node.fact)
            yield Basis(
                fact=node.fact, value=node.value, citation=node.citation, evidence=node.evidence
            )


def _deciding(node: Explanation) -> Iterator[Explanation]:
    if node.deciding and node.fact and not node.children:
        yield node
    for child in node.children:
        if child.deciding:
            yield from _deciding(child)
