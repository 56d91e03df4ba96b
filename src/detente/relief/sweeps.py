"""Many scenarios at once: one bit of a whole number for each scenario.

In strong Kleene logic a formula is met where its met literals make it so, and may be met where
its literals that are not unmet do. Both are the same chain of ``and`` and ``or`` over two sets of
bits, so a sweep runs one short program over both, laid end to end in one number.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from typing import Final

import msgspec

from detente.law.vocabulary import Truth
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg

_Op = tuple[bool, int, int]
_Step = tuple[bool, int, int, int]
_FALSE, _TRUE = 0, 1
_PLACES: Final = 32


class Scenarios(msgspec.Struct, frozen=True):
    """Values of facts in many scenarios.

    Attributes:
        count: the number of scenarios.
        met: by key, the scenarios in which the fact is met: bit ``i`` stands for scenario ``i``.
        unmet: the same for unmet. In a scenario of neither the fact is unknown.

    Raises:
        ValueError: if a fact is both met and unmet in a scenario, or a bit lies beyond ``count``.
    """

    count: int
    met: Mapping[str, int]
    unmet: Mapping[str, int]

    def __post_init__(self) -> None:
        """Check that the bits make sense."""
        for side in (self.met, self.unmet):
            for key, bits in side.items():
                if bits >> self.count:
                    raise ValueError(f"{key} has a scenario beyond the last, {self.count - 1}")
        for key, bits in self.met.items():
            if bits & self.unmet.get(key, 0):
                raise ValueError(f"{key} is both met and unmet in a scenario")


class Tally(msgspec.Struct, frozen=True):
    """In how many scenarios a formula is met, unmet and unknown.

    Attributes:
        met: number of scenarios.
        unmet: number of scenarios.
        unknown: number of scenarios.
        met_in: the scenarios in which it is met, as bits, where asked for.
        unmet_in: the same for unmet.
    """

    met: int
    unmet: int
    unknown: int
    met_in: int | None = None
    unmet_in: int | None = None


class Program(msgspec.Struct, frozen=True):
    """Formulas compiled to flat lists of operations on numbered slots.

    Slot 0 is false, slot 1 true, then come the literals; the others are used again once what
    stood there is no longer needed, which keeps the bits in the processor's cache.

    Attributes:
        literals: key and whether it is asked for (True) or excluded (False).
        slots: the number of slots.
        steps: for each different formula its operations (is it ``and`` rather than ``or``, left
            slot, right slot, slot of the result) and then the slot where its answer stands.
        answers: by name of formula, the place of its answer among the steps.
    """

    literals: tuple[tuple[str, bool], ...]
    slots: int
    steps: tuple[tuple[tuple[_Step, ...], int], ...]
    answers: Mapping[str, int]


class _Compiler(msgspec.Struct):
    slots: dict[tuple[str, bool], int]
    ops: dict[_Op, int] = msgspec.field(default_factory=dict)

    def join(self, both: bool, left: int, right: int) -> int:
        """Return the slot of ``left and right`` or ``left or right``, shared where it exists."""
        neutral, absorbing = (_TRUE, _FALSE) if both else (_FALSE, _TRUE)
        if left > right:
            left, right = right, left
        if absorbing in (left, right):
            return absorbing
        if left in (neutral, right):
            return right
        if right == neutral:
            return left
        first_op = len(self.slots) + 2
        return self.ops.setdefault((both, left, right), first_op + len(self.ops))

    def chain(self, both: bool, slots: Iterable[int]) -> int:
        """Return the slot of all or any of ``slots``; sorted, so that common heads are shared."""
        result = _TRUE if both else _FALSE
        for slot in sorted(set(slots)):
            result = self.join(both, result, slot)
        return result

    def at_least(self, least: int, slots: Sequence[int]) -> int:
        """Return the slot of "at least ``least`` of ``slots``"."""
        rows = [_TRUE] + [_FALSE] * max(least, 0)
        for seen, slot in enumerate(slots):
            left = len(slots) - seen - 1
            for row in range(min(least, seen + 1), max(0, least - left - 1), -1):
                rows[row] = self.join(False, rows[row], self.join(True, rows[row - 1], slot))
        return rows[max(least, 0)]

    def slot(self, formula: Formula) -> int:
        """Return the slot of ``formula``."""
        match formula:
            case Atom(key=key):
                return self.slots[key, True]
            case Neg(of=atom):
                return self.slots[atom.key, False]
            case Conj(of=of):
                return self.chain(True, map(self.slot, of))
            case Disj(of=of):
                return self.chain(False, map(self.slot, of))
            case Count(least=least, of=of):
                return self.at_least(least, sorted(map(self.slot, of)))


def compile_sweep(formulas: Mapping[str, Formula]) -> Program:
    """Compile ``formulas`` so that repeated sweeps need not; equal parts are computed once."""
    literals: dict[tuple[str, bool], int] = {}
    for formula in formulas.values():
        _number(formula, literals)
    compiler = _Compiler(literals)
    ends: dict[int, int] = {}
    roots: dict[str, int] = {}
    for name, formula in formulas.items():
        roots[name] = compiler.slot(formula)
        ends.setdefault(roots[name], len(compiler.ops))
    slots, steps = _allocate(list(compiler.ops), ends, len(literals) + 2)
    place = {root: i for i, root in enumerate(ends)}
    return Program(tuple(literals), slots, steps, {name: place[r] for name, r in roots.items()})


def _allocate(
    ops: Sequence[_Op], ends: Mapping[int, int], fixed: int
) -> tuple[int, tuple[tuple[tuple[_Step, ...], int], ...]]:
    """Give each operation a slot that is free when it runs.

    Args:
        ops: the operations; the result of number ``i`` is value ``fixed + i``.
        ends: for each value that is an answer, the number of operations before it is read.
        fixed: the number of values that keep their slot.

    Returns:
        The number of slots, and the operations and answer of each formula.
    """
    last = {root: end for root, end in ends.items() if root >= fixed}
    for i, (_, left, right) in enumerate(ops):
        for used in (left, right):
            last[used] = max(last.get(used, 0), i)
    dying: dict[int, list[int]] = {}
    for used, when in last.items():
        if used >= fixed:
            dying.setdefault(when, []).append(used)
    where, spare, slots = list(range(fixed)), list[int](), fixed
    steps: list[tuple[tuple[_Step, ...], int]] = []
    start = 0
    for root, end in ends.items():
        run: list[_Step] = []
        for i in range(start, end):
            both, left, right = ops[i]
            spare.extend(where[value] for value in dying.get(i - 1, ()))
            if not spare:
                spare.append(slots)
                slots += 1
            where.append(spare.pop())
            run.append((both, where[left], where[right], where[-1]))
        steps.append((tuple(run), where[root]))
        start = end
    return slots, tuple(steps)


def sweep(
    formulas: Mapping[str, Formula] | Program, scenarios: Scenarios, arrays: bool = False
) -> dict[str, Tally]:
    """Evaluate formulas in many scenarios.

    Args:
        formulas: formulas by name, or what ``compile_sweep`` made of them.
        scenarios: the values of facts; a fact that is not there is unknown in all. They are taken
            as they stand: a level met does not make the lower levels met.
        arrays: whether to return also which scenarios, as bits.

    Returns:
        The tally of each formula, by name.
    """
    program = formulas if isinstance(formulas, Program) else compile_sweep(formulas)
    count, full = scenarios.count, (1 << scenarios.count) - 1
    tallies = []
    for bits in _run(program, scenarios):
        met_in, may_in = bits & full, bits >> count
        met, may = met_in.bit_count(), may_in.bit_count()
        if arrays:
            tallies.append(Tally(met, count - may, may - met, met_in, full ^ may_in))
        else:
            tallies.append(Tally(met, count - may, may - met))
    return {name: tallies[place] for name, place in program.answers.items()}


def filled(scenarios: Scenarios, known: Mapping[str, Truth]) -> Scenarios:
    """Return ``scenarios`` in which facts that none speaks of have the value they are known by."""
    spoken = scenarios.met.keys() | scenarios.unmet.keys()
    full = (1 << scenarios.count) - 1
    met, unmet = dict(scenarios.met), dict(scenarios.unmet)
    for key, truth in known.items():
        if key not in spoken and truth is not Truth.UNKNOWN:
            (met if truth is Truth.MET else unmet)[key] = full
    return Scenarios(scenarios.count, met, unmet)


def scenarios_from(rows: Sequence[Mapping[str, Truth]]) -> Scenarios:
    """Return ``rows``, one scenario each, as bits; a fact missing from a row is unknown in it."""
    met: dict[str, int] = {}
    unmet: dict[str, int] = {}
    for i, row in enumerate(rows):
        for key, truth in row.items():
            if truth is not Truth.UNKNOWN:
                side = met if truth is Truth.MET else unmet
                side[key] = side.get(key, 0) | 1 << i
    return Scenarios(len(rows), met, unmet)


def random_scenarios(
    keys: Iterable[str],
    count: int,
    seed: int,
    met: float = 0.3,
    unmet: float = 0.4,
    scales: Iterable[Sequence[str]] = (),
) -> Scenarios:
    """Draw scenarios at random, the same for the same seed.

    Args:
        keys: the facts, drawn independently of each other.
        count: the number of scenarios.
        seed: of the generator.
        met: the chance that a fact is met.
        unmet: the chance that it is unmet; the rest is unknown.
        scales: the keys of nested levels, lowest first. Their values are drawn like the others
            and then sorted, so that no level is better known to be met than a lower one.

    Raises:
        ValueError: if the two chances are not chances or exceed 1 together.
    """
    if not (0 <= met <= 1 and 0 <= unmet <= 1 and met + unmet <= 1 + 1e-9):
        raise ValueError(f"met {met} and unmet {unmet} are not the chances of one fact")
    rng = random.Random(seed)  # noqa: S311 - scenarios, not secrets
    held: dict[str, int] = {}
    lost: dict[str, int] = {}
    for key in keys:
        held[key] = biased_bits(rng, met, count)
        rest = min(1.0, unmet / (1 - met)) if met < 1 else 0.0
        lost[key] = biased_bits(rng, rest, count) & ~held[key]
    for scale in scales:
        for last in range(len(scale) - 1, 0, -1):
            for low, high in pairwise(scale[: last + 1]):
                held[low], held[high] = held[low] | held[high], held[low] & held[high]
                lost[low], lost[high] = lost[low] & lost[high], lost[low] | lost[high]
    return Scenarios(count, held, lost)


def biased_bits(rng: random.Random, chance: float, count: int) -> int:
    """Return ``count`` bits, each set with probability ``chance`` (to 32 binary digits)."""
    digits = round(chance * 2**_PLACES)
    if digits >> _PLACES:
        return (1 << count) - 1
    # From the last binary digit to the first: "or" a fair coin for a 1, "and" it for a 0. Zeros
    # at the end need no coin.
    result = 0
    for place in range((digits & -digits).bit_length() - 1 if digits else _PLACES, _PLACES):
        coin = rng.getrandbits(count)
        result = result | coin if digits >> place & 1 else result & coin
    return result


def _number(formula: Formula, literals: dict[tuple[str, bool], int]) -> None:
    """Give a slot to every literal of ``formula`` that has none yet."""
    match formula:
        case Atom(key=key):
            literals.setdefault((key, True), len(literals) + 2)
        case Neg(of=atom):
            literals.setdefault((atom.key, False), len(literals) + 2)
        case Conj(of=of) | Disj(of=of) | Count(of=of):
            for child in of:
                _number(child, literals)


def _run(program: Program, scenarios: Scenarios) -> Iterator[int]:
    """Yield for every answer the scenarios that meet it and, above them, those that may."""
    full = (1 << scenarios.count) - 1
    values = [0, full | full << scenarios.count]
    for key, asked in program.literals:
        holds = (scenarios.met if asked else scenarios.unmet).get(key, 0)
        fails = (scenarios.unmet if asked else scenarios.met).get(key, 0)
        values.append(holds | (full ^ fails) << scenarios.count)
    values.extend(repeat(0, program.slots - len(values)))
    for ops, answer in program.steps:
        for both, left, right, result in ops:
            values[result] = values[left] & values[right] if both else values[left] | values[right]
        yield values[answer]
