"""Who holds what in whom, as sources state it, and what a rule makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from detente.entities.spans import Span
from detente.screening.ownership.shares import Bounds, rounded

NodeKind = Literal["person", "entity", "arrangement", "state", "unspecified"]
"""What stands in the graph; an ``unspecified`` party exists, but the source does not say who it is.
An ``arrangement`` (trust, nomination, joint holding) is no entity that has shares."""

Interest = Literal["ownership", "perhaps-ownership", "votes", "control", "influence"]
"""What is held: shares or what stands for them; something that may be that; votes; control as such;
a position that may amount to control."""

Status = Literal["blocked", "not-blocked", "unknown"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every part of a graph is: immutable and compared by content."""


class Node(Row, frozen=True):
    """A person, entity or arrangement.

    Attributes:
        id: what the source calls it by.
        name: its name, or the id where it has none.
        kind: what it is.
        aliases: other names and ids by which it can be asked for.
        remark: what the source says of it, where that matters (why it is not specified).
    """

    id: str
    name: str
    kind: NodeKind = "entity"
    aliases: tuple[str, ...] = ()
    remark: str = ""


class Holding(Row, frozen=True):
    """One interest of an owner in something owned.

    Attributes:
        owner: id of the holder.
        owned: id of what it is held in.
        interest: what is held.
        share: how much, in units of ``shares``; None where the source gives no number.
        since: when it began.
        until: when it ended.
        indirect: held through others. The links between come first: where they are given, they
            count and this does not.
        word: the source's own word for the interest.
    """

    owner: str
    owned: str
    interest: Interest
    share: Bounds | None = None
    since: Span | None = None
    until: Span | None = None
    indirect: bool = False
    word: str = ""


class Statement(Row, frozen=True):
    """One version of a source's record of a relationship.

    Attributes:
        id: the statement's own id, or where it stands.
        record: what all versions of the record have in common.
        told: the day of the statement.
        closed: the source says with it that the relationship is over.
        holdings: what it states.
        components: records that give the links of which it is a summary.
    """

    id: str
    record: str
    told: Span | None = None
    closed: bool = False
    holdings: tuple[Holding, ...] = ()
    components: tuple[str, ...] = ()


class LeftOut(Row, frozen=True):
    """Something that a source says and that does not count, or not as it says.

    Attributes:
        statement: the statement, or where it stands.
        why: why, in one line.
    """

    statement: str
    why: str


class Graph(Row, frozen=True):
    """All that a source says about who holds what in whom.

    Attributes:
        nodes: everybody, by id.
        statements: every version of every record, in the order of the source.
        problems: what in the source is wrong, and where.
    """

    nodes: Mapping[str, Node]
    statements: tuple[Statement, ...]
    problems: tuple[LeftOut, ...] = ()


class Range(Row, frozen=True):
    """A share from 0 to 1, as a range.

    Attributes:
        low: it is no less.
        central: the middle; a stated share where both ends are the same. It says nothing of which
            value is likely.
        high: it is no more.
        kind: ``bounds``: nothing lies outside if the statements hold.
    """

    low: float
    central: float
    high: float
    kind: Literal["bounds"] = "bounds"


def as_range(share: Bounds) -> Range:
    """Return a range in units as one that is shown."""
    return range_of(*rounded(share))


def range_of(low: float, high: float) -> Range:
    """Return the range between two shares from 0 to 1."""
    return Range(low=low, central=round((low + high) / 2, 6), high=high)


class Link(Row, frozen=True):
    """One step of a chain.

    Attributes:
        owner: who holds.
        owned: in what.
        share: how much of it; None where no share is stated or control is what counts.
        statement: the statements that say so.
        interest: what is held.
    """

    owner: str
    owned: str
    share: Range | None
    statement: str
    interest: Interest = "ownership"


class Verdict(Row, frozen=True):
    """What a rule makes of one node.

    Attributes:
        id: the node.
        name: its name.
        kind: what it is.
        status: ``blocked``; ``not-blocked``; ``unknown``: it depends on what is not known.
        why: in one line.
        direct: the share that parties blocked by name hold in it themselves.
        aggregate: the share that counts under the rule: of all blocked owners, by name or through
            others, together; of the largest, where the rule does not add up.
        look_through: the share that parties blocked by name have in it, each link multiplied by
            the next. It decides nothing; None where the links go in a circle that fixes no number.
        undisclosed: the share of which no statement says who holds it.
        chain: links from a party that is blocked, or may be, down to the node; one chain for each
            owner that counts.
        shortened: chains that are left out or begin further up than is shown.
        settles: what, if it were known, would settle or may change the answer.
        controlled_by: blocked parties with votes or control, where the rule asks only who owns.
    """

    id: str
    name: str
    kind: NodeKind
    status: Status
    why: str
    direct: Range
    aggregate: Range
    look_through: Range | None
    undisclosed: Range
    chain: tuple[tuple[Link, ...], ...] = ()
    shortened: bool = False
    settles: tuple[str, ...] = ()
    controlled_by: tuple[str, ...] = ()


class Ownership(Row, frozen=True):
    """What a rule makes of a graph (``detente.ownership/1``).

    Attributes:
        rule: the rule's name.
        definition: what it says.
        source: where it says so.
        as_of: the day; None for the newest that is stated.
        counts: how many nodes have each status.
        nodes: the verdicts: blocked, then unknown, then the others.
        left_out: statements that do not count, or not as they are made, and why.
        problems: what in the source is wrong, and where.
    """

    rule: str
    definition: str
    source: str
    as_of: date | None
    counts: dict[Status, int]
    nodes: tuple[Verdict, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[LeftOut, ...]
    schema: str = "detente.ownership/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each node."""
        return [
            {
                "id": node.id, "name": node.name, "kind": node.kind, "status": node.status,
                "why": node.why,
                "direct_low": node.direct.low, "direct_high": node.direct.high,
                "aggregate_low": node.aggregate.low, "aggregate_high": node.aggregate.high,
                "look_through_low": node.look_through.low if node.look_through else None,
                "look_through_high": node.look_through.high if node.look_through else None,
                "undisclosed_high": node.undisclosed.high,
                "settles": "; ".join(node.settles),
                "controlled_by": " ".join(node.controlled_by),
            }
            for node in self.nodes
        ]  # fmt: skip
