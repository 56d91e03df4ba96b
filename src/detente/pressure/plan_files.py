"""What does not fit in the rows that plans are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from detente.errors import nearest
from detente.pressure.model import CoalitionLimit, Planning, Pressure, Stream, TradeRow

Fault = tuple[str, str, str]
"""The field at fault, what is wrong, and what would be right."""


def planning_faults(row: Planning, pressure: Pressure) -> Iterable[Fault]:
    """Yield what does not fit in what a plan knows of a lever."""
    for field, ids in (
        ("lever", (row.lever,)), ("requires", row.requires), ("conflicts", row.conflicts),
    ):  # fmt: skip
        yield from _unknown(field, "lever", ids, pressure.levers)
        if field != "lever" and row.lever in ids:
            yield field, f"names {row.lever} itself", "name other levers"
    if any(o.lever == row.lever and o.id < row.id for o in pressure.planning.values()):
        yield "lever", f"speaks again of {row.lever}", "keep one row for each lever"
    if row.stream is not None:
        yield from _unknown("stream", "stream", [row.stream], pressure.streams)
    scores = {"escalation": row.escalation, "eases_harm": row.eases_harm, **row.serves}
    for name, score in scores.items():
        if not 0 <= score <= 4:
            field = "serves" if name in row.serves else name
            yield field, f"has the score {score} for {name}", "keep from 0 to 4"
    if row.lever in _needed(row.lever, pressure):
        yield "requires", f"makes {row.lever} wait for itself", "break the circle"


def _needed(lever: str, pressure: Pressure) -> set[str]:
    """All levers that must come before one, through those that they wait for themselves."""
    by_lever = {row.lever: row for row in pressure.planning.values()}
    found: set[str] = set()
    waiting = [lever]
    while waiting:
        row = by_lever.get(waiting.pop())
        new = set(row.requires if row else ()) - found
        found |= new
        waiting += new
    return found


def stream_faults(row: Stream, pressure: Pressure) -> Iterable[Fault]:
    """Yield what does not fit in an income that levers draw on."""
    known = pressure.trade.keys() | pressure.estimates.keys()
    yield from _unknown("at_stake", "row", row.at_stake, known)
    for id_ in row.at_stake:
        item = pressure.trade.get(id_) or pressure.estimates.get(id_)
        if item is not None and (item.value is None or not str(item.unit).startswith("USD m")):
            kind = "trade" if isinstance(item, TradeRow) else "estimate"
            yield "at_stake", f"counts the {kind} {id_}, not in USD m", "name amounts of money"
    worths = [step.worth for step in row.returns]
    if not row.returns or sum(step.share for step in row.returns) > 1 + 1e-9:
        yield "returns", "has no steps, or steps over more than all of it", "make shares sum to 1"
    if worths != sorted(worths, reverse=True) or not all(0 <= worth <= 1 for worth in worths):
        yield "returns", "has returns that do not diminish", "keep each worth within 0 and the last"
    if any(step.share <= 0 for step in row.returns):
        yield "returns", "has a step without width", "give each step a share above 0"


def coalition_faults(row: CoalitionLimit, pressure: Pressure) -> Iterable[Fault]:
    """Yield what does not fit in a limit on what a party is asked."""
    parties = {party for lever in pressure.levers.values() for party in lever.needs}
    yield from _unknown("party", "party", [row.party], parties)
    if row.at_once < 0:
        yield "at_once", f"allows {row.at_once} at once", "give 0 or more"
    if any(o.party == row.party and o.id < row.id for o in pressure.coalition.values()):
        yield "party", f"speaks again of {row.party}", "keep one row for each party"


def _unknown(field: str, what: str, ids: Iterable[str], known: Collection[str]) -> Iterable[Fault]:
    for id_ in ids:
        if id_ not in known:
            yield field, f"names the unknown {what} {id_!r}", nearest(id_, known)
