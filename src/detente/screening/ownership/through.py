"""Effective shares: what parties have in an entity when each link is multiplied by the next.

They decide nothing under any of the rules and are shown for information. Where holdings go in a
circle the shares solve a system of linear equations; it is closed in on from below and from above,
so that what is shown is a range in any case. A circle that is owned by itself alone fixes none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from detente.screening.ownership.net import Edge, Net
from detente.screening.ownership.shares import WHOLE

Share = tuple[float, float]

_CLOSE: Final = 1e-10
_WORK: Final = 2_000_000
"""Steps at most that are spent on closing in on the shares of one circle."""
_SOLVED: Final = 400
"""Nodes of a circle at most whose equations are solved at once."""


def look_through(
    net: Net, listed: Collection[str], perhaps: Collection[str]
) -> dict[str, Share | None]:
    """Return the effective share of listed parties in everything that they hold a share in.

    Args:
        net: who holds what.
        listed: the parties whose share is asked for; each is wholly its own.
        perhaps: parties of whom it is not known whether they belong to these.

    Returns:
        The least and the most, from 0 to 1, by node; None where a circle fixes no number.
        A node that is missing has none.
    """
    found: dict[str, Share | None] = dict.fromkeys(perhaps, (0.0, 1.0))
    found.update(dict.fromkeys(listed, (1.0, 1.0)))
    fixed = frozenset(found)
    reached = _below(net, fixed)
    for circle in _circles(net, reached):
        first = circle[0]
        if len(circle) == 1 and all(edge.owner != first for edge in net.owned[first].edges):
            found[first] = _share(first, net, found)
        else:
            found.update(_solved(circle, net, found))
    return found


def _below(net: Net, start: Collection[str]) -> set[str]:
    """Everything in which anybody of ``start`` holds anything, through others too."""
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        for edge in net.holds.get(waiting.pop(), ()):
            if edge.most and edge.owned not in reached and edge.owned not in start:
                reached.add(edge.owned)
                waiting.append(edge.owned)
    return reached


def _circles(net: Net, within: Collection[str]) -> Iterator[list[str]]:
    """Yield the strongly connected parts, owners first (Tarjan's way, without recursion)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    stacked: set[str] = set()
    for root in within:
        if root in number:
            continue
        work: list[tuple[str, Iterator[Edge]]] = []

        def enter(id_: str, work: list[tuple[str, Iterator[Edge]]] = work) -> None:
            number[id_] = lowest[id_] = len(number)
            stack.append(id_)
            stacked.add(id_)
            work.append((id_, iter(net.owned[id_].edges)))

        enter(root)
        while work:
            id_, edges = work[-1]
            for edge in edges:
                owner = edge.owner
                if owner not in within or not edge.most:
                    continue
                if owner not in number:
                    enter(owner)
                    break
                if owner in stacked:
                    lowest[id_] = min(lowest[id_], number[owner])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    lowest[above] = min(lowest[above], lowest[id_])
                if lowest[id_] == number[id_]:
                    part: list[str] = []
                    while not part or part[-1] != id_:
                        part.append(stack.pop())
                        stacked.discard(part[-1])
                    yield part


def _share(id_: str, net: Net, known: dict[str, Share | None]) -> Share:
    """The share in a node, from the shares in its owners."""
    here = net.owned[id_]
    low = far = 0.0
    for edge in here.edges:
        share = _of(known, edge.owner)[0]
        low += edge.low / WHOLE * share
        far = max(far, edge.far_low / WHOLE * share)
    return min(1.0, max(0.0, low - here.excess / WHOLE, far)), _most(id_, net, known)


def _most(id_: str, net: Net, known: dict[str, Share | None]) -> float:
    """The most that listed parties can have: what is open goes to the owner of whom they own most.

    What is said to be held through others comes on top, for it is no part of what is held directly.
    """
    here = net.owned[id_]
    left = WHOLE - here.low if not here.excess else here.excess
    total, beyond = 0.0, 0.0
    open_edges = []
    for edge in here.edges:
        share = _of(known, edge.owner)[1]
        total += edge.low / WHOLE * share
        beyond += (edge.far_high + edge.maybe) / WHOLE * share
        if share and edge.high > edge.low:
            open_edges.append((share, edge.high - edge.low))
    for share, size in sorted(open_edges, reverse=True):
        part = min(left, size)
        total += part / WHOLE * share
        left -= part
    return min(1.0, total + beyond)


def _of(known: dict[str, Share | None], owner: str) -> Share:
    share = known.get(owner, (0.0, 0.0))
    return (0.0, 1.0) if share is None else share


def _solved(circle: list[str], net: Net, known: dict[str, Share | None]) -> dict[str, Share | None]:
    """The shares in the nodes of a circle, which depend on each other."""
    if _closed(circle, net):
        return dict.fromkeys(circle)
    edges = [edge for id_ in circle for edge in net.owned[id_].edges]
    exact = len(circle) <= _SOLVED and all(edge.low == edge.most for edge in edges)
    exact = exact and not any(net.owned[id_].excess for id_ in circle)
    here: dict[str, Share | None] = {e.owner: known.get(e.owner, (0.0, 0.0)) for e in edges}
    here.update(dict.fromkeys(circle, (0.0, 1.0)))
    for _ in range(100 if exact else max(2, _WORK // len(edges))):
        step = 0.0
        for id_ in circle:
            low, high = _of(here, id_)
            new = _share(id_, net, here)
            step = max(step, new[0] - low, high - new[1])
            here[id_] = max(low, new[0]), min(high, new[1])  # closer, never past
        if step < _CLOSE:
            return {id_: here[id_] for id_ in circle}
    return _by_equations(circle, net, known) if exact else {id_: here[id_] for id_ in circle}


def _closed(circle: list[str], net: Net) -> bool:
    """Whether the circle is surely owned by itself alone, so that nothing says by whom in the end.

    What somebody outside owns a part of leaves, and then what those that left own a part of.
    """
    inside = set(circle)
    sums = {
        id_: sum(edge.low for edge in net.owned[id_].edges if edge.owner in inside)
        for id_ in circle
    }
    leaving = [id_ for id_ in circle if sums[id_] < WHOLE]
    inside.difference_update(leaving)
    while leaving:
        owner = leaving.pop()
        for edge in net.holds.get(owner, ()):
            if edge.owned in inside:
                sums[edge.owned] -= edge.low
                if sums[edge.owned] < WHOLE:
                    inside.discard(edge.owned)
                    leaving.append(edge.owned)
    return bool(inside)


def _by_equations(
    circle: list[str], net: Net, known: dict[str, Share | None]
) -> dict[str, Share | None]:
    """The shares where every number is exact, all at once; those of the owners may be ranges."""
    import numpy as np  # only circles need it

    place = {id_: number for number, id_ in enumerate(circle)}
    matrix = np.eye(len(circle))
    given = np.zeros((len(circle), 2))
    for id_, row in place.items():
        for edge in net.owned[id_].edges:
            if edge.owner in place:
                matrix[row, place[edge.owner]] -= edge.low / WHOLE
            else:
                given[row] += np.array(_of(known, edge.owner)) * (edge.low / WHOLE)
    try:
        solved = np.clip(np.linalg.solve(matrix, given), 0.0, 1.0)
    except np.linalg.LinAlgError:
        return dict.fromkeys(circle)
    return {id_: (float(solved[row, 0]), float(solved[row, 1])) for id_, row in place.items()}
