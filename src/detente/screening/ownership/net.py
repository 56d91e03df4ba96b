"""The holdings of a day as edges: one for each owner and what it owns, shares added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from detente.screening.ownership.current import Held
from detente.screening.ownership.model import Graph, Holding, LeftOut
from detente.screening.ownership.shares import HALF, UNKNOWN, WHOLE, Bounds, words_of

NO, PERHAPS, SURELY = range(3)
"""Whether an owner controls."""


class Edge(msgspec.Struct):
    """All that one party holds in another.

    Several statements of a share may be of one holding or of several: together they are at least
    the largest and at most all of them.

    Attributes:
        owner: who holds.
        owned: in what.
        low: the share held directly, at least.
        high: the share held directly, at most.
        far_low: the share said to be held through others that are not stated, at least.
        far_high: likewise, at most.
        maybe: what it may hold beyond these with others jointly, through an arrangement.
        votes_low: votes, at least.
        votes_high: votes, at most.
        control: whether the owner controls otherwise.
        words: the sources' words for what is held.
        statements: the statements that say so.
    """

    owner: str
    owned: str
    low: int = 0
    high: int = 0
    far_low: int = 0
    far_high: int = 0
    maybe: int = 0
    votes_low: int = 0
    votes_high: int = 0
    control: int = NO
    words: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """The share that the owner has for sure."""
        return max(self.low, self.far_low)

    @property
    def most(self) -> int:
        """The share that the owner has at most."""
        return min(WHOLE, self.high + self.far_high + self.maybe)

    @property
    def share(self) -> Bounds:
        """The share that the owner has."""
        return Bounds(self.least, self.most)


class Owned(msgspec.Struct):
    """What is held in one node, by everybody together.

    Attributes:
        low: shares held directly, at least.
        high: likewise, at most.
        votes_low: votes, at least.
        self_low: its own share in itself, at least.
        self_high: likewise, at most.
        edges: who holds.
    """

    low: int = 0
    high: int = 0
    votes_low: int = 0
    self_low: int = 0
    self_high: int = 0
    edges: list[Edge] = []

    @property
    def excess(self) -> int:
        """By how much the shares stated are more than the whole: something stated is wrong."""
        return max(0, self.low - WHOLE)

    @property
    def rest(self) -> Bounds:
        """The share of which no statement says who holds it."""
        return Bounds(max(0, WHOLE - self.high), max(0, WHOLE - self.low))


class Net(msgspec.Struct):
    """The edges by owner and by what is owned."""

    holds: dict[str, list[Edge]]
    owned: dict[str, Owned]


def net_of(graph: Graph, helds: Iterable[Held]) -> tuple[Net, list[LeftOut]]:
    """Join holdings to edges.

    Returns:
        The edges, and where the shares stated cannot all be right.
    """
    edges: dict[tuple[str, str], Edge] = {}
    for held in helds:
        ends = held.holding.owner, held.holding.owned
        edge = edges.get(ends)
        if edge is None:
            edge = edges[ends] = Edge(*ends)
        _add(edge, held, graph)
    net = Net({}, {})
    for edge in edges.values():
        net.holds.setdefault(edge.owner, []).append(edge)
        here = net.owned.setdefault(edge.owned, Owned())
        here.edges.append(edge)
        here.low += edge.low
        here.high = min(WHOLE, here.high + edge.high)
        here.votes_low += edge.votes_low
        if edge.owner == edge.owned:
            here.self_low, here.self_high = edge.low, edge.high
    return net, list(_contradictions(net, graph))


def _add(edge: Edge, held: Held, graph: Graph) -> None:
    """Add what one statement says to an edge."""
    holding = held.holding
    share = holding.share or UNKNOWN
    low = 0 if held.doubtful else share.low
    edge.words = tuple(dict.fromkeys((*edge.words, holding.word)))
    edge.statements = tuple(dict.fromkeys((*edge.statements, held.statement)))
    if holding.interest == "perhaps-ownership":
        low = 0
        edge.control = max(edge.control, PERHAPS)
    if holding.interest not in ("ownership", "perhaps-ownership"):
        _add_control(edge, holding, low, share.high)
    elif holding.indirect:
        # Through which entities is not said, so neither is whether each of them is blocked: only
        # nothing at all and the whole say something of the links between.
        edge.far_low = max(edge.far_low, WHOLE if low == WHOLE else 0)
        edge.far_high = max(edge.far_high, WHOLE if share.high else 0)
    else:
        edge.low = max(edge.low, low)
        edge.high = min(WHOLE, edge.high + share.high)
        party = graph.nodes.get(edge.owned)
        if party is not None and party.kind == "arrangement" and low:
            edge.maybe = WHOLE  # who holds jointly may be treated as holding it all


def _add_control(edge: Edge, holding: Holding, low: int, high: int) -> None:
    if holding.interest == "votes" and not holding.indirect:
        edge.votes_low = max(edge.votes_low, low)
        edge.votes_high = min(WHOLE, edge.votes_high + high)
        return
    sure = holding.interest == "control" and not holding.indirect
    sure = sure and (holding.share is None or low > HALF)
    if holding.interest in ("votes", "control") and holding.share is not None and high <= HALF:
        return  # less than most of the votes or of the board
    edge.control = max(edge.control, SURELY if sure else PERHAPS)


def _contradictions(net: Net, graph: Graph) -> Iterable[LeftOut]:
    for id_, here in net.owned.items():
        name = name_of(graph.nodes, id_)
        if here.excess:
            said = sorted(here.edges, key=lambda edge: -edge.low)[:4]
            whose = ", ".join(
                f"{name_of(graph.nodes, edge.owner)} {words_of(Bounds(edge.low, edge.high))}"
                f" ({' '.join(edge.statements[:2])})"
                for edge in said
            )
            total = words_of(Bounds(here.low, here.low))
            why = f"the owners of {name} hold {total} together: {whose}; one of them is wrong"
            yield LeftOut(statement=id_, why=why)
        if here.self_high:
            share = words_of(Bounds(here.self_low, here.self_high))
            why = f"{name} owns {share} of itself; whether that counts is not settled"
            yield LeftOut(statement=id_, why=why)


def name_of(nodes: Mapping[str, object], id_: str) -> str:
    """Return the name of a node, or its id."""
    return str(getattr(nodes.get(id_), "name", id_))
