"""What of all that was ever stated holds on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from detente.screening.ownership.model import Graph, Holding, LeftOut, Statement

_OWNING: Final = ("ownership", "perhaps-ownership")


class Held(NamedTuple):
    """A holding on a day.

    Attributes:
        statement: id of the statement.
        holding: what is held.
        doubtful: whether it is held on the day at all is not known.
    """

    statement: str
    holding: Holding
    doubtful: bool = False


def current(graph: Graph, day: date | None) -> tuple[list[Held], list[LeftOut]]:
    """Return what is held on a day, and what is left out and why.

    Of each record the version of that day counts: the newest made by then, or a later one that
    tells of a change by then. A holding lasts from its first day up to, not including, its last:
    where one holder follows another on a day, only the second holds on it.

    Args:
        graph: what is stated.
        day: the day; with None the newest version of everything counts, whatever has an end is
            over and whatever has a beginning has begun.
    """
    left: list[LeftOut] = []
    records: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in graph.statements:
        records[statement.record].append(statement)
    kept: dict[str, tuple[Statement, list[Held]]] = {}
    for record, several in records.items():
        versions = sorted(several, key=_told) if len(several) > 1 else several
        chosen = _version(versions, day)
        left.extend(_passed_over(chosen, versions))
        kept[record] = chosen, list(_held(chosen, day, left))
    found: list[Held] = []
    for statement, helds in kept.values():
        found.extend(_unsummed(statement, helds, kept, left))
    return found, left


def _told(statement: Statement) -> date:
    return statement.told.last if statement.told is not None else date.min


def _passed_over(chosen: Statement, versions: Sequence[Statement]) -> Iterator[LeftOut]:
    """The versions of a record that do not count on the day, and why."""
    why = f"superseded by {chosen.id}"
    for version in versions:
        if version is chosen:
            why = f"made after that day: {chosen.id} counts"
        else:
            yield LeftOut(statement=version.id, why=why)


def _version(versions: Sequence[Statement], day: date | None) -> Statement:
    """The version of a record that counts on a day."""
    if day is None:
        return versions[-1]
    chosen = versions[0]
    for version in versions[1:]:
        by_then = _told(version) <= day
        changes = (
            span.first
            for holding in version.holdings
            for span in (holding.since, holding.until)
            if span is not None
        )
        if by_then or any(_told(chosen) < change <= day for change in changes):
            chosen = version
    return chosen


def _held(statement: Statement, day: date | None, left: list[LeftOut]) -> Iterator[Held]:
    """The holdings of a version that hold on a day, or may."""
    over = statement.closed and (day is None or _told(statement) <= day)
    for holding in statement.holdings:
        when = _when(holding, statement, day)
        if over and when != "no":
            left.append(LeftOut(statement=statement.id, why="the source says that it is over"))
        elif when == "no":
            left.append(LeftOut(statement=statement.id, why=_dates(holding, day)))
        else:
            if when == "perhaps":
                why = f"whether it is held on {day} is not known: {_dates(holding, day)}"
                left.append(LeftOut(statement=statement.id, why=why))
            yield Held(statement.id, holding, when == "perhaps")


def _when(holding: Holding, statement: Statement, day: date | None) -> str:
    """Whether a holding is held on a day: ``yes``, ``no`` or ``perhaps``."""
    since, until = holding.since, holding.until
    if day is None:
        return "no" if until is not None else "yes"
    if (until is not None and until.last <= day) or (since is not None and since.first > day):
        return "no"
    if (until is not None and until.first <= day) or (since is not None and since.last > day):
        return "perhaps"
    told = statement.told
    return "perhaps" if since is None and told is not None and told.first > day else "yes"


def _dates(holding: Holding, day: date | None) -> str:
    since, until = holding.since, holding.until
    if until is not None and (day is None or until.first <= day):
        return f"{holding.word}: ended {until}"
    if since is not None:
        return f"{holding.word}: began {since}"
    return f"{holding.word}: stated only later, with no beginning"


def _unsummed(
    statement: Statement,
    helds: list[Held],
    kept: Mapping[str, tuple[Statement, list[Held]]],
    left: list[LeftOut],
) -> Iterator[Held]:
    """What a statement says beyond the links that it sums up, where these are stated."""
    links: list[Held] | None = None
    for held in helds:
        holding = held.holding
        if holding.indirect and holding.interest in _OWNING and statement.components:
            if links is None:
                links = [
                    link
                    for record in statement.components
                    if record in kept and record != statement.record
                    for link in kept[record][1]
                ]
            if _leads(links, holding.owner, holding.owned):
                why = f"{holding.word}: a sum of links that are stated; they count instead"
                left.append(LeftOut(statement=statement.id, why=why))
                continue
        yield held


def _leads(links: Iterable[Held], start: str, end: str) -> bool:
    """Whether links of ownership lead from a holder to what it holds."""
    onward: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.holding.interest in _OWNING:
            onward[link.holding.owner].append(link.holding.owned)
    reached, waiting = {start}, [start]
    while waiting:
        for place in onward[waiting.pop()]:
            if place not in reached:
                reached.add(place)
                waiting.append(place)
    return end in reached
