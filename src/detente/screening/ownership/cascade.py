"""Who is blocked, by the least fixed point: twice, for the least and for the most that is held.

A party that is surely blocked is so however the open shares turn out: the run with the least of
every share finds exactly these. One that may be blocked is so for some way in which they turn out:
each owned entity may turn out on its own, so the run with the most that the blocked owners of each
can hold together, given what the others hold at least, finds exactly these. What lies between is
unknown. Where a rule does not add up, each blocked party has runs of its own; a party that is
blocked whatever happens, but by one owner or by another as it turns out, is then called unknown.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator

import msgspec

from detente.screening.ownership.net import NO, SURELY, Edge, Net, Owned
from detente.screening.ownership.rule import Rule
from detente.screening.ownership.shares import HALF, WHOLE, Bounds


class Sums(msgspec.Struct):
    """What the blocked owners of one node hold together, added up as they become known."""

    low: int = 0
    high: int = 0
    far_low: int = 0
    far_high: int = 0
    maybe: int = 0
    votes_low: int = 0
    votes_high: int = 0
    control: int = NO

    def add(self, edge: Edge) -> None:
        """Add what one owner holds."""
        self.low += edge.low
        self.high += edge.high
        self.far_low = max(self.far_low, edge.far_low)
        self.far_high += edge.far_high
        self.maybe += edge.maybe
        self.votes_low += edge.votes_low
        self.votes_high += edge.votes_high
        self.control = max(self.control, edge.control)

    def least(self, here: Owned) -> int:
        """The share that they hold at least. What is stated too much may be theirs."""
        return max(0, self.low - here.excess, self.far_low)

    def most(self, here: Owned, rest: bool = False) -> int:
        """The share that they hold at most; with ``rest``, with what nobody is said to hold."""
        direct = self.high + here.self_high if self.high else 0
        if rest:
            direct = WHOLE
        if not here.excess:  # else it is not known either what the others hold
            direct = min(direct, WHOLE - (here.low - self.low - here.self_low))
        return min(WHOLE, direct + self.far_high + self.maybe)

    def share(self, here: Owned, rest: bool = False) -> Bounds:
        """The share that they hold."""
        return Bounds(self.least(here), self.most(here, rest))


class Run(msgspec.Struct):
    """One fixed point.

    Attributes:
        roots: the parties from which it starts.
        order: who is blocked in it, and as which in turn: nobody rests on one that came later.
        sums: what the blocked hold in every node in which they hold anything.
    """

    roots: Collection[str]
    order: dict[str, int]
    sums: dict[str, Sums]


def runs_of(
    net: Net,
    roots: Iterable[str],
    rule: Rule,
    *,
    surely: bool,
    open_rest: Collection[str] = (),
) -> Iterator[Run]:
    """Yield the fixed points of a rule: one, or where it does not add up one for each root.

    Args:
        net: who holds what.
        roots: the parties that are blocked, or may be, whoever owns them.
        rule: the rule.
        surely: whether the least of every share counts, or the most.
        open_rest: nodes in which blocked parties may hold what no statement speaks of.
    """
    every = list(roots)
    groups = [every] if rule.adds_up else [[root] for root in every]
    if open_rest and not surely:
        groups.append([])  # holders of whom nothing is known at all
    for group in groups:
        yield _run(net, group, rule, surely, open_rest)


def _run(net: Net, roots: list[str], rule: Rule, surely: bool, open_rest: Collection[str]) -> Run:
    order = {root: place for place, root in enumerate(dict.fromkeys(roots))}
    sums: dict[str, Sums] = {}
    rests = frozenset() if surely else frozenset(open_rest)
    waiting = deque(order)
    for id_ in rests if rule.adds_up or not roots else ():
        here = net.owned.get(id_) or Owned()
        if id_ not in order and _reached(Sums(), here, rule, surely, True):
            order[id_] = len(order)
            waiting.append(id_)
    while waiting:
        owner = waiting.popleft()
        for edge in net.holds.get(owner, ()):
            owned = edge.owned
            if owned == owner:
                continue
            known = sums.get(owned)
            if known is None:
                known = sums[owned] = Sums()
            known.add(edge)
            if owned not in order:
                rest = owned in rests
                if _reached(known, net.owned[owned], rule, surely, rest):
                    order[owned] = len(order)
                    waiting.append(owned)
    return Run(roots, order, sums)


def _reached(sums: Sums, here: Owned, rule: Rule, surely: bool, rest: bool) -> bool:
    """Whether what blocked owners hold in a node blocks it."""
    if rule.reached(sums.least(here) if surely else sums.most(here, rest)):
        return True
    if not rule.control:
        return False
    if surely:
        spare = max(0, here.votes_low - WHOLE)
        return sums.control == SURELY or sums.votes_low - spare > HALF
    others = here.votes_low - sums.votes_low
    votes = sums.votes_high if here.votes_low > WHOLE else min(sums.votes_high, WHOLE - others)
    return sums.control > NO or votes > HALF
