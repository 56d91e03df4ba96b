"""The condition of a relief path as one frozen tree.

Facts stand at the leaves; ``All``, ``Any``, ``AtLeast`` and ``Not`` join them; the time nodes
say what a clock adds. The tree carries no answer and no method: every evaluator in
``detente.relief`` is a function over it, so that none of them owns the meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from detente.law.vocabulary import Level

FactKind = Literal["requirement", "finding", "act", "event"]


class Node(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="is", kw_only=True):
    """What every node may carry.

    Attributes:
        citation: the provision that makes this limb law, where it differs from the path's own.
        note: a doubt or reading, shown beside the node.
        since: first day on which this limb is law (None: as long as the path).
        until: first day on which it no longer is.
    """

    citation: str | None = None
    note: str | None = None
    since: date | None = None
    until: date | None = None


class Fact(Node, frozen=True, tag="fact"):
    """A leaf: conduct at a level, a decision-maker's finding, the decider's act, a public event.

    Attributes:
        kind: which of the four.
        id: id of the requirement, finding, relief path (for an act) or event.
        level: the level asked for; set on requirements only.
    """

    kind: FactKind
    id: str
    level: Level | None = None

    @property
    def key(self) -> str:
        """The fact as one word: ``r-x@progress``, ``f-x``, ``act:rp-x``, ``event:e-x``."""
        if self.kind == "requirement":
            return f"{self.id}@{self.level}"
        return self.id if self.kind == "finding" else f"{self.kind}:{self.id}"


class All(Node, frozen=True, tag="all"):
    """Met when every limb is met."""

    of: tuple[Condition, ...]


class Any(Node, frozen=True, tag="any"):
    """Met when some limb is met."""

    of: tuple[Condition, ...]


class AtLeast(Node, frozen=True, tag="at-least"):
    """Met when at least ``count`` of the limbs are met."""

    count: int
    of: tuple[Condition, ...]


class Not(Node, frozen=True, tag="not"):
    """Met when the condition is unmet. Unknown stays unknown: a blocker is no absent one."""

    of: Condition


class While(Node, frozen=True, tag="while"):
    """Met for as long as the condition is: relief that rests on it ends with it."""

    of: Condition


class Named(Node, frozen=True, kw_only=True):
    """A clock, an absence or a count that the law also speaks of as a finding.

    The calendar decides where it can. Where it leaves the node unknown, a decision on record on
    the named finding settles it.

    Attributes:
        finding: id of the row that states the same thing.
    """

    finding: str | None = None


class After(Named, frozen=True, kw_only=True, tag="after"):
    """Met from ``date`` on. Before, it is unmet, shows the date, and is nobody's discretion.

    Attributes:
        date: the first day on which the wait is over; None where the law fixes a period whose
            start is not known, which makes the node unknown.
    """

    date: date | None = None


class Elapsed(Named, frozen=True, kw_only=True, tag="elapsed"):
    """Met once ``term`` has run since ``from_`` came true."""

    from_: Fact = msgspec.field(name="from")
    term: str


class Silence(Named, frozen=True, kw_only=True, tag="silence"):
    """Met once ``term`` has run since ``from_`` and ``of`` did not happen within it.

    The negative with a deadline: no joint resolution in 45 days, no refusal in five working days.
    """

    of: Fact
    from_: Fact = msgspec.field(name="from")
    term: str


class Deferred(Named, frozen=True, kw_only=True, tag="deferred"):
    """Relief drafted first, effective later: ``by`` was done, ``term`` ran, ``condition`` holds."""

    by: Fact
    term: str
    condition: Condition


class Report(Named, frozen=True, kw_only=True, tag="report"):
    """Met by a third party's report alone, after ``term`` where one is set; no vote follows."""

    of: Fact
    by: str
    term: str | None = None


class Snapback(Named, frozen=True, kw_only=True, tag="snapback"):
    """Measures return: ``notice`` was given, ``term`` ran, ``unless`` did not happen within it."""

    notice: Fact
    term: str
    unless: Fact


class Race(Named, frozen=True, kw_only=True, tag="race"):
    """Met once ``term`` has run since ``from_``, unless ``before`` came true first."""

    from_: Fact = msgspec.field(name="from")
    term: str
    before: Fact


class Imposed(Named, frozen=True, kw_only=True, tag="imposed"):
    """Met while at least ``count`` of the measures, other than the one asked about, bind.

    The rule of a menu: an item may go while two others stay.

    Attributes:
        count: how many.
        of: ids of the measures.
    """

    count: int
    of: tuple[str, ...]


class Reimposed(Node, frozen=True, tag="reimposed"):
    """Met when a re-imposition has taken effect.

    Attributes:
        id: the re-imposition.
        of: its condition, filled in when the regime is read, so that every evaluator sees it.
    """

    id: str
    of: Condition | None = None


class Gated(Node, frozen=True, tag="gate"):
    """A gate in a path's way; made by the program from the rows of ``gates.yaml``.

    Attributes:
        id: the gate.
        of: when it is open.
    """

    id: str
    of: Condition


Condition = (
    Fact
    | All
    | Any
    | AtLeast
    | Not
    | While
    | After
    | Elapsed
    | Silence
    | Deferred
    | Report
    | Snapback
    | Race
    | Imposed
    | Reimposed
    | Gated
)


def children(node: Condition) -> tuple[Condition, ...]:
    """Return the conditions directly below ``node``, in the order of the text."""
    match node:
        case All(of=of) | Any(of=of) | AtLeast(of=of):
            return of
        case Not(of=condition) | While(of=condition) | Gated(of=condition):
            return (condition,)
        case Reimposed(of=condition):
            return (condition,) if condition is not None else ()
        case Race(from_=start, before=fact):
            return (start, fact)
        case Elapsed(from_=fact):
            return (fact,)
        case Silence(of=fact, from_=start):
            return (start, fact)
        case Deferred(by=fact, condition=condition):
            return (fact, condition)
        case Report(of=fact):
            return (fact,)
        case Snapback(notice=notice, unless=unless):
            return (notice, unless)
        case _:
            return ()


def walk(node: Condition) -> Iterator[Condition]:
    """Yield ``node`` and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def leaves(node: Condition) -> Iterator[Fact]:
    """Yield every fact at the leaves of ``node``, with repetitions."""
    return (item for item in walk(node) if isinstance(item, Fact))


def decisions(node: Condition) -> Iterator[Fact]:
    """Yield the findings and acts by which relief under ``node`` is given.

    What must stay away (under ``not``, in a ``silence``, before a race is run) gives none.
    """
    match node:
        case Fact(kind="finding" | "act"):
            yield node
        case Not() | Reimposed() | Gated():
            return
        case Silence(from_=fact) | Snapback(notice=fact) | Race(from_=fact):
            yield from decisions(fact)
        case _:
            for child in children(node):
                yield from decisions(child)


def in_law(node: Condition, day: date) -> Condition | None:
    """Return ``node`` as the law stands on ``day``: limbs not in force are left out.

    Returns:
        The condition of that day, or None where nothing of it is law.
    """
    if (node.since and day < node.since) or (node.until and day >= node.until):
        return None
    if isinstance(node, (All, Any, AtLeast)):
        kept = tuple(limb for limb in (in_law(child, day) for child in node.of) if limb is not None)
        if not kept:
            return None
        return node if kept == node.of else msgspec.structs.replace(node, of=kept)
    return node


def filled(node: Condition, found: Mapping[str, Condition]) -> Condition:
    """Return ``node`` with the condition of each re-imposition that it names written in.

    Args:
        node: the condition.
        found: the conditions of the re-impositions, by id; one that is not there stays open.
    """
    match node:
        case Reimposed(id=id_):
            return msgspec.structs.replace(node, of=found.get(id_))
        case All(of=of) | Any(of=of) | AtLeast(of=of):
            return msgspec.structs.replace(node, of=tuple(filled(limb, found) for limb in of))
        case Not(of=below) | While(of=below) | Gated(of=below):
            return msgspec.structs.replace(node, of=filled(below, found))
        case Deferred(condition=below):
            return msgspec.structs.replace(node, condition=filled(below, found))
        case _:
            return node
