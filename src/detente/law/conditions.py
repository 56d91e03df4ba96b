"""The condition of a relief path as one frozen tree.

Facts stand at the leaves; ``All``, ``Any``, ``AtLeast`` and ``Not`` join them; the time nodes
say what a clock adds. The tree carries no answer and no method: every evaluator in
``detente.relief`` is a function over it, so that none of them owns the meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    """Met when the fact is unmet. Unknown stays unknown: a blocker never defaults to absent."""

    of: Fact


class After(Node, frozen=True, tag="after"):
    """Met from ``date`` on. Before, it is unmet, shows the date, and is nobody's discretion.

    Attributes:
        date: the first day on which the wait is over; None where the law fixes a period whose
            start is not known, which makes the node unknown.
        finding: id of the row that describes the period, for its citation.
    """

    date: date | None = None
    finding: str | None = None


class Elapsed(Node, frozen=True, tag="elapsed"):
    """Met once ``term`` has run since ``from_`` came true."""

    from_: Fact = msgspec.field(name="from")
    term: str


class Silence(Node, frozen=True, tag="silence"):
    """Met once ``term`` has run since ``from_`` and ``of`` did not happen within it.

    The negative with a deadline: no joint resolution in 45 days, no refusal in five working days.
    """

    of: Fact
    from_: Fact = msgspec.field(name="from")
    term: str


class Deferred(Node, frozen=True, tag="deferred"):
    """Relief drafted first, effective later: ``by`` was done, ``term`` ran, ``condition`` holds."""

    by: Fact
    term: str
    condition: Condition


class Report(Node, frozen=True, tag="report"):
    """Met by a third party's report alone, after ``term`` where one is set; no vote follows."""

    of: Fact
    by: str
    term: str | None = None


class Snapback(Node, frozen=True, tag="snapback"):
    """Measures return: ``notice`` was given, ``term`` ran, ``unless`` did not happen within it."""

    notice: Fact
    term: str
    unless: Fact


Condition = (
    Fact | All | Any | AtLeast | Not | After | Elapsed | Silence | Deferred | Report | Snapback
)


def children(node: Condition) -> tuple[Condition, ...]:
    """Return the conditions directly below ``node``, in the order of the text."""
    match node:
        case All(of=of) | Any(of=of) | AtLeast(of=of):
            return of
        case Not(of=fact):
            return (fact,)
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
