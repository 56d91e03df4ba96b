"""Exact answers by a reduced ordered decision diagram.

A diagram has one node for each different rest of the question, so it counts what a tree would
repeat: it gives exact probabilities, and the exact value where Kleene's logic says unknown (``x
or not x``). The levels of one requirement are one variable, whose worlds are the levels reached;
for a fact without a scale this is the binary decision diagram.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Final, Literal

import msgspec

from detente.law.vocabulary import Truth
from detente.relief.labels import alphabet, implies
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, atoms, value
from detente.relief.sweeps import Scenarios, biased_bits, sweep

_ENDPOINTS: Final = 4096
"""Combinations of endpoints tried, two to the twelfth, before bounds are no longer the tightest."""
_TIE: Final = 1e-12

Interval = tuple[float, float]
_Lottery = tuple[float, ...]


class Chance(msgspec.Struct, frozen=True):
    """Bounds on the probability that a formula is true.

    Attributes:
        low: lower bound.
        high: upper bound.
        exact: whether some choice inside the intervals reaches each bound. When false and the
            method is ``bdd``, the bounds hold but may be wide.
        error: for ``sampling``, the half-width of the 95 % interval around each bound.
        method: how it was computed.
    """

    low: float
    high: float
    exact: bool
    error: float | None
    method: Literal["bdd", "sampling"]


class _TooLargeError(Exception):
    """The diagram would pass its limit."""


class _Diagram(msgspec.Struct):
    """Nodes of a diagram: 0 is false, 1 true, the others a variable and a child for each world."""

    limit: int
    nodes: list[tuple[int, tuple[int, ...]]]
    unique: dict[tuple[int, tuple[int, ...]], int] = msgspec.field(default_factory=dict)
    joined: dict[tuple[bool, int, int], int] = msgspec.field(default_factory=dict)

    def make(self, variable: int, below: tuple[int, ...]) -> int:
        """Return the node of ``variable`` with these children, shared where it exists."""
        if all(child == below[0] for child in below):
            return below[0]
        key = (variable, below)
        if key not in self.unique:
            if len(self.nodes) >= self.limit:
                raise _TooLargeError
            self.unique[key] = len(self.nodes)
            self.nodes.append(key)
        return self.unique[key]

    def join(self, both: bool, left: int, right: int) -> int:
        """Return ``left and right`` or ``left or right``."""
        neutral, absorbing = (1, 0) if both else (0, 1)
        left, right = min(left, right), max(left, right)
        if absorbing in (left, right):
            return absorbing
        if left in (neutral, right):
            return right
        if right == neutral:
            return left
        key = (both, left, right)
        if key not in self.joined:
            (first, ours), (second, theirs) = self.nodes[left], self.nodes[right]
            top = min(first, second)
            ours = ours if first == top else (left,) * len(theirs)
            theirs = theirs if second == top else (right,) * len(ours)
            pairs = zip(ours, theirs, strict=True)
            self.joined[key] = self.make(top, tuple(self.join(both, a, b) for a, b in pairs))
        return self.joined[key]


def probability(
    formula: Formula,
    chances: Mapping[str, Interval],
    known: Mapping[str, Truth],
    node_limit: int = 200_000,
    *,
    seed: int = 0,
    draws: int = 20_000,
) -> Chance:
    """Return bounds on the probability that ``formula`` is true.

    Facts are independent of each other, but for the levels of one scale, which are nested.

    Args:
        formula: the condition.
        chances: by key, the lowest and highest probability of a fact; for a level, of reaching at
            least this level. A fact that is neither here nor known may have any probability.
        known: facts that are met or unmet are constants, whatever ``chances`` says of them; so
            are the levels that they imply. Chances are not conditioned on what is known.
        node_limit: the most nodes of the diagram before sampling takes over.
        seed: of the sampling.
        draws: number of samples.

    Raises:
        ValueError: if an interval is not one of probabilities, the chances of a scale contradict
            each other, or two levels of a scale have the same rank.
    """
    settled = alphabet([formula], known).settle(0)
    variables = _variables(formula, settled)
    boxes = [_box(levels, chances) for levels in variables]
    try:
        nodes, root = _build(formula, settled, variables, node_limit)
    except _TooLargeError:
        rng = random.Random(seed)  # noqa: S311 - samples, not secrets
        return _sample(formula, settled, variables, boxes, rng, draws)
    lotteries = [_lotteries(box) for box in boxes]
    low, tight = _lowest(nodes, root, lotteries, 1)
    high, also = _lowest(nodes, root, lotteries, -1)
    return Chance(max(0.0, low), min(1.0, -high), tight and also, None, "bdd")


def is_tautology_aware_value(
    formula: Formula, known: Mapping[str, Truth], node_limit: int = 200_000
) -> Truth:
    """Return the exact value: what ``formula`` is in every world that agrees with ``known``.

    Kleene's value differs only where it is unknown and a fact stands in both polarities. Should
    the diagram pass ``node_limit``, Kleene's value is returned, which is never wrong.

    Raises:
        ValueError: if ``known`` contradicts a scale.
    """
    settled = alphabet([formula], known).settle(0)
    try:
        _, root = _build(formula, settled, _variables(formula, settled), node_limit)
    except _TooLargeError:
        return value(formula, settled)
    return {0: Truth.UNMET, 1: Truth.MET}.get(root, Truth.UNKNOWN)


def _variables(formula: Formula, known: Mapping[str, Truth]) -> list[list[Atom]]:
    """Group the unknown atoms into variables, in the order of the formula; levels lowest first."""
    groups: dict[tuple[bool, str], dict[str, Atom]] = {}
    for atom in atoms(formula):
        if known[atom.key] is Truth.UNKNOWN:
            name = (False, atom.key) if atom.scale is None else (True, atom.scale)
            groups.setdefault(name, {})[atom.key] = atom
    return [sorted(g.values(), key=lambda atom: (atom.rank, atom.key)) for g in groups.values()]


def _worlds(levels: Sequence[Atom]) -> list[frozenset[str]]:
    """Return the sets of levels that can hold together; the lower one of two always does."""
    return [
        frozenset(atom.key for atom in held)
        for size in range(len(levels) + 1)
        for held in combinations(levels, size)
        if all(low in held for atom in held for low in levels if implies(atom, low))
    ]


def _build(
    formula: Formula,
    known: Mapping[str, Truth],
    variables: Sequence[Sequence[Atom]],
    limit: int,
) -> tuple[list[tuple[int, tuple[int, ...]]], int]:
    """Return the nodes of the diagram of ``formula`` and its root."""
    diagram = _Diagram(limit, [(len(variables), ()), (len(variables), ())])
    constant = {Truth.MET: 1, Truth.UNMET: 0}
    leaves = {key: constant[truth] for key, truth in known.items() if truth in constant}
    inverse = {key: 1 - leaf for key, leaf in leaves.items()}
    for place, levels in enumerate(variables):
        worlds = _worlds(levels)
        for atom in levels:
            holds = tuple(int(atom.key in world) for world in worlds)
            leaves[atom.key] = diagram.make(place, holds)
            inverse[atom.key] = diagram.make(place, tuple(1 - bit for bit in holds))

    def node(part: Formula) -> int:
        match part:
            case Atom(key=key):
                return leaves[key]
            case Neg(of=atom):
                return inverse[atom.key]
            case Conj(of=of):
                return _at_least(diagram, len(of), [node(child) for child in of])
            case Disj(of=of):
                return _at_least(diagram, 1, [node(child) for child in of])
            case Count(least=least, of=of):
                return _at_least(diagram, least, [node(child) for child in of])

    return diagram.nodes, node(formula)


def _at_least(diagram: _Diagram, least: int, parts: Sequence[int]) -> int:
    """Return the node of "at least ``least`` of ``parts``"."""
    rows = [1] + [0] * max(least, 0)
    for seen, part in enumerate(parts):
        left = len(parts) - seen - 1
        for row in range(min(least, seen + 1), max(0, least - left - 1), -1):
            rows[row] = diagram.join(False, rows[row], diagram.join(True, rows[row - 1], part))
    return rows[max(least, 0)]


def _box(levels: Sequence[Atom], chances: Mapping[str, Interval]) -> list[Interval]:
    """Return the interval of each level, tightened so that no level passes a lower one."""
    for low, high in pairwise(levels):
        if low.rank == high.rank:
            raise ValueError(f"{low.key} and {high.key} have one rank: their chances don't nest")
    box = [chances.get(atom.key, (0.0, 1.0)) for atom in levels]
    for atom, (low_chance, high_chance) in zip(levels, box, strict=True):
        if not 0 <= low_chance <= high_chance <= 1:
            raise ValueError(f"the chance of {atom.key} is no interval: {low_chance, high_chance}")
    lows = [max(low for low, _ in box[i:]) for i in range(len(box))]
    highs = [min(high for _, high in box[: i + 1]) for i in range(len(box))]
    for atom, least, most in zip(levels, lows, highs, strict=True):
        if least > most:
            raise ValueError(f"the chances of {atom.scale} leave none for {atom.key}")
    return list(zip(lows, highs, strict=True))


def _lotteries(box: Sequence[Interval]) -> list[_Lottery]:
    """Return the extreme distributions over the worlds of one variable.

    A probability is linear in the chances of one variable, so its bounds lie at the corners of
    what they may be: each level at an end of its own interval or of one it shares a bound with.
    """
    ends = sorted({end for interval in box for end in interval}, reverse=True)
    rows: list[tuple[float, ...]] = [(1.0,)]
    for low, high in box:
        rows = [(*row, end) for row in rows for end in ends if low <= end <= min(high, row[-1])]
    return [tuple(a - b for a, b in pairwise((*row, 0.0))) for row in rows]


def _lowest(
    nodes: Sequence[tuple[int, tuple[int, ...]]],
    root: int,
    lotteries: Sequence[list[_Lottery]],
    sign: int,
) -> tuple[float, bool]:
    """Return the least of ``sign`` times the probability, and whether it is reached.

    Each node first takes the corner that suits it. Where the nodes of a variable disagree that
    is only a bound, and each corner of that variable is tried in turn.
    """
    order = sorted(_reachable(nodes, root))
    waiting, tried = [list(lotteries)], 0
    best, tight = math.inf, True
    while waiting:
        current, tried = waiting.pop(), tried + 1
        bound, torn = _relaxed(nodes, order, root, current, sign)
        if bound >= best:
            continue
        if torn is None:
            best = bound
        elif tried + len(waiting) + len(current[torn]) > _ENDPOINTS:
            best, tight = bound, False
        else:
            before, corners, behind = current[:torn], current[torn], current[torn + 1 :]
            waiting.extend([*before, [corner], *behind] for corner in corners)
    return best, tight


def _relaxed(
    nodes: Sequence[tuple[int, tuple[int, ...]]],
    order: Sequence[int],
    root: int,
    lotteries: Sequence[list[_Lottery]],
    sign: int,
) -> tuple[float, int | None]:
    """Return the bound when each node chooses for itself, and a variable whose nodes disagree."""
    values = {0: 0.0, 1: float(sign)}
    agreed: dict[int, set[int]] = {}
    for place in order:
        variable, below = nodes[place]
        sums = [
            math.fsum(chance * values[child] for chance, child in zip(lottery, below, strict=True))
            for lottery in lotteries[variable]
        ]
        values[place] = least = min(sums)
        best = {i for i, total in enumerate(sums) if total <= least + _TIE}
        agreed[variable] = agreed.get(variable, best) & best
    torn = [variable for variable, best in agreed.items() if not best]
    return values[root], min(torn, default=None)


def _reachable(nodes: Sequence[tuple[int, tuple[int, ...]]], root: int) -> set[int]:
    """Return the inner nodes below ``root``, itself included."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        place = waiting.pop()
        if place > 1 and place not in found:
            found.add(place)
            waiting.extend(nodes[place][1])
    return found


def _sample(
    formula: Formula,
    known: Mapping[str, Truth],
    variables: Sequence[Sequence[Atom]],
    boxes: Sequence[Sequence[Interval]],
    rng: random.Random,
    draws: int,
) -> Chance:
    """Estimate the bounds by random scenarios.

    A fact is met with its lowest probability, unmet with what its highest leaves, else unknown:
    then met scenarios estimate a lower bound and those not unmet an upper one.
    """
    full = (1 << draws) - 1
    met = {key: full for key, truth in known.items() if truth is Truth.MET}
    unmet = {key: full for key, truth in known.items() if truth is Truth.UNMET}
    for levels, box in zip(variables, boxes, strict=True):
        nested, chance, drawn = {1.0: full}, 1.0, full
        for end in sorted({end for interval in box for end in interval}, reverse=True):
            drawn &= biased_bits(rng, end / chance if chance else 0.0, draws)
            nested[end], chance = drawn, end
        for atom, (low, high) in zip(levels, box, strict=True):
            met[atom.key], unmet[atom.key] = nested[low], full ^ nested[high]
    tally = sweep({"": formula}, Scenarios(draws, met, unmet))[""]
    # Hoeffding, for both bounds at once.
    error = math.sqrt(math.log(2 * 2 / 0.05) / (2 * draws))
    return Chance(tally.met / draws, 1 - tally.unmet / draws, False, error, "sampling")
