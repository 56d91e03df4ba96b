"""How a verdict came about: the links down to a node, and what would settle it."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping

from detente.screening.ownership.cascade import Run
from detente.screening.ownership.model import Interest, Link, Node, as_range
from detente.screening.ownership.net import NO, Edge, Net, Owned, name_of
from detente.screening.ownership.rule import Rule
from detente.screening.ownership.shares import HALF, Bounds, words_of

OWNERS = 8
"""Chains of a node at most."""
LENGTH = 12
"""Links of a chain at most, where all nodes are shown."""

Chain = tuple[Link, ...]


def counting(id_: str, net: Net, run: Run, rule: Rule) -> list[Edge]:
    """Return the edges into a node that count in a run, the largest first.

    Of a node that is blocked in the run these are held by owners that were blocked before it, so
    that a chain of such edges never goes in a circle.
    """
    here = net.owned.get(id_)
    if here is None or id_ in run.roots:
        return []
    last = run.order.get(id_, len(run.order))
    edges = [
        edge
        for edge in here.edges
        if edge.owner != id_ and run.order.get(edge.owner, last) < last and _counts(edge, rule)
    ]
    return heapq.nlargest(OWNERS + 1, edges, key=_weight)


def _counts(edge: Edge, rule: Rule) -> bool:
    return edge.most > 0 or (rule.control and (edge.control > NO or edge.votes_high > 0))


def _weight(edge: Edge) -> tuple[int, int, int, int]:
    return edge.least, edge.most, edge.control, edge.votes_low


class Chains:
    """Chains of one run; each node's strongest edge is looked for once."""

    def __init__(self, net: Net, run: Run, rule: Rule, longest: int | None) -> None:
        """Keep what the chains are made of; ``longest`` is None for chains that are whole."""
        self.net, self.run, self.rule, self.longest = net, run, rule, longest
        self.up: dict[str, Edge | None] = {}
        self.links: dict[int, Link] = {}

    def of(self, id_: str) -> tuple[tuple[Chain, ...], bool]:
        """Return the chains down to a node, and whether any is left out or shortened."""
        edges = counting(id_, self.net, self.run, self.rule)
        shortened = len(edges) > OWNERS
        chains = []
        for edge in edges[:OWNERS]:
            chain, cut = self._chain(edge)
            chains.append(chain)
            shortened = shortened or cut
        return tuple(chains), shortened

    def _chain(self, edge: Edge) -> tuple[Chain, bool]:
        chain = [self._link(edge)]
        above = self._above(edge.owner)
        while above is not None:
            if self.longest is not None and len(chain) >= self.longest:
                return tuple(reversed(chain)), True
            chain.append(self._link(above))
            above = self._above(above.owner)
        return tuple(reversed(chain)), False

    def _above(self, id_: str) -> Edge | None:
        if id_ not in self.up:
            self.up[id_] = next(iter(counting(id_, self.net, self.run, self.rule)), None)
        return self.up[id_]

    def _link(self, edge: Edge) -> Link:
        """The edge as it is shown, made once."""
        link = self.links.get(id(edge))
        if link is None:
            owns = edge.most > 0
            interest: Interest = "votes" if edge.votes_high else "control"
            if owns:
                interest = "ownership" if edge.least or not edge.control else "perhaps-ownership"
            votes = Bounds(edge.votes_low, edge.votes_high)
            share = edge.share if owns else votes if edge.votes_high else None
            link = self.links[id(edge)] = Link(
                owner=edge.owner,
                owned=edge.owned,
                share=None if share is None else as_range(share),
                statement=" ".join(edge.statements),
                interest=interest,
            )
        return link


def settling(
    id_: str, net: Net, run: Run, sure: Collection[str], rule: Rule, nodes: Mapping[str, Node]
) -> Iterator[str]:
    """Yield what would settle whether a node is blocked.

    Args:
        id_: the node.
        net: who holds what.
        run: the run with the most that is held.
        sure: whoever is blocked however the open shares turn out.
        rule: the rule.
        nodes: what is known of each.
    """
    here, own = net.owned.get(id_, Owned()), name_of(nodes, id_)
    if here.excess:
        total = words_of(Bounds(here.low, here.low))
        yield f"which of the shares stated in {own} is wrong: together they are {total}"
    certain = sum(edge.least for edge in here.edges if edge.owner in sure)
    for edge in counting(id_, net, run, rule):
        node = nodes.get(edge.owner)
        hidden = node is not None and node.kind == "unspecified"
        owner = "a party that is not specified" if hidden else name_of(nodes, edge.owner)
        if edge.owner in sure:
            yield from _open(edge, owner, own, rule, certain if rule.adds_up else None)
        elif hidden:
            yield f"who it is that holds {_share(edge)} of {own} and is not specified"
        else:
            may = f"holds {_share(edge)} of" if edge.most else "may control"
            yield f"whether {owner}, which {may} {own}, is blocked"
        if edge.owner not in sure:
            yield from _open(edge, owner, own, rule, None)


def _share(edge: Edge) -> str:
    words = words_of(edge.share)
    return "a share that is not known" if words == "not known" else words


def _open(edge: Edge, owner: str, own: str, rule: Rule, certain: int | None) -> Iterator[str]:
    """What is open of one edge; ``certain`` is what blocked owners hold, where this is one."""
    if edge.maybe:
        yield f"whether {own} is held jointly, so that {owner} may be said to own all of it"
    elif edge.far_high and not edge.far_low:
        yield f"through which entities {owner} holds a share of {own}, and how much of each"
    elif edge.low < edge.high:
        said = words_of(Bounds(edge.low, edge.high))
        stated = "not stated" if said == "not known" else f"stated: {said}"
        yield f"what share of {own} {owner} owns ({stated}){_enough(edge, rule, certain)}"
    if rule.control and (edge.control or edge.votes_high > HALF >= edge.votes_low):
        yield f"whether {owner} controls {own} ({', '.join(filter(None, edge.words))})"


def _enough(edge: Edge, rule: Rule, certain: int | None) -> str:
    """From what share on an edge alone blocks what is owned."""
    if certain is None:
        return ""
    need = HALF - (certain - edge.least)
    if not (edge.low < need <= edge.high if rule.half_is_enough else edge.low <= need < edge.high):
        return ""
    share = words_of(Bounds(need, need))
    return f": {share} or more blocks it" if rule.half_is_enough else f": over {share} blocks it"
