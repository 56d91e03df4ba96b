"""Packages: what opens several conditions together, by answer-set solving.

The solver is clingo. It is imported when a function runs, never with this module. It sees whole
numbers only, no text of the user's, and only the cone of the goals. Every answer says what was
proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from detente.law.vocabulary import Truth
from detente.relief.labels import Alphabet, alphabet, bits
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, value

if TYPE_CHECKING:
    from clingo import Control
    from clingo.backend import Backend

Proof = Literal["optimal", "complete", "capped", "not-proved"]
"""What a search proved.

``optimal``: nothing is cheaper. ``complete``: the list is all there is, and an empty list means
that nothing opens the goals. ``capped``: there may be more. ``not-proved``: the search was stopped.
"""

CONFLICTS: Final = 500_000
"""Conflicts after which a search stops; some seconds of work."""

_OPTIMISE: Final = ("--opt-strategy=usc,oll,stratify", "--opt-usc-shrink=lin")
_SUBSET: Final = ("--heuristic=Domain", "--enum-mode=domRec")
_MOST: Final = 2**31 - 1


class Package(msgspec.Struct, frozen=True):
    """Literals that open the goals together.

    Attributes:
        literals: keys, and ``not:`` keys, sorted; of each scale the strongest level only.
        cost: the sum of their costs.
    """

    literals: tuple[str, ...]
    cost: int


class Packages(msgspec.Struct, frozen=True):
    """The packages found and what was proved about them."""

    sets: tuple[Package, ...]
    proved: Proof


class Point(msgspec.Struct, frozen=True):
    """One point of a skyline: no other opens as many goals for less, or more for as much.

    Attributes:
        cost: the cost of the package.
        opened: the names of all goals that the package opens, sorted.
        package: the package.
        proved: what was proved about the cost for this number of goals.
    """

    cost: int
    opened: tuple[str, ...]
    package: Package
    proved: Proof


class _Program(msgspec.Struct):
    """A logic program under construction: numbers of atoms, shared by structure."""

    backend: Backend
    letters: Alphabet
    chosen: dict[int, int] = msgspec.field(default_factory=dict)
    holds: dict[int, int] = msgspec.field(default_factory=dict)
    nodes: dict[tuple[int, tuple[int, ...]], int] = msgspec.field(default_factory=dict)


def cheapest(
    goals: Sequence[Formula],
    free: Mapping[str, Truth],
    cost: Mapping[str, int] | None = None,
    *,
    default: int = 1,
    conflicts: int = CONFLICTS,
) -> Packages:
    """Return a cheapest package that opens all ``goals``.

    Among equally cheap packages one that asks for the fewest literals and levels is taken, so the
    package is also minimal.

    Args:
        goals: conditions to make true together.
        free: the value of atoms by key; what is met costs nothing.
        cost: whole cost by literal (``x`` or ``not:x``). The cost of a level is the total for
            reaching it: of each scale only the highest level chosen is paid.
        default: the cost of a literal that ``cost`` does not name.
        conflicts: the solver stops after this many conflicts.

    Returns:
        One package, or none: ``complete`` then says that no package exists.

    Raises:
        ValueError: if a cost is negative or too large, or ``free`` contradicts a scale.
    """
    letters = alphabet(goals, free)
    mask, finished = _optimum(letters, goals, len(goals), (cost or {}, default), conflicts)
    if mask is None:
        return Packages((), "complete" if finished else "not-proved")
    found = _package(letters, mask, cost or {}, default)
    return Packages((found,), "optimal" if finished else "not-proved")


def all_minimal(
    goals: Sequence[Formula],
    free: Mapping[str, Truth],
    limit: int = 1000,
    *,
    conflicts: int = CONFLICTS,
) -> Packages:
    """Return the packages that open all ``goals`` and of which nothing can be left out.

    Args:
        goals: conditions to make true together.
        free: the value of atoms by key; what is met costs nothing.
        limit: the most packages listed.
        conflicts: the solver stops after this many conflicts.

    Returns:
        Each package with one as the cost of each literal, smallest first. ``complete`` or
        ``capped``; also when capped, each package listed is minimal.

    Raises:
        ValueError: if ``limit`` is below 1, or ``free`` contradicts a scale.
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    letters = alphabet(goals, free)
    control = _control(*_SUBSET, f"--solve-limit={conflicts}", f"--models={limit + 1}")
    with control.backend() as backend:
        program = _program(backend, letters)
        _require(program, goals, len(goals))
        _prefer_absent(program)
    masks, finished = _solve(control, program)
    minimal = [m for m in masks if not any(m != other and m & other == other for other in masks)]
    found = [_package(letters, mask, {}, 1) for mask in minimal]
    found.sort(key=lambda item: (len(item.literals), item.literals))
    complete = finished and len(found) <= limit
    return Packages(tuple(found[:limit]), "complete" if complete else "capped")


def pareto(
    goals: Mapping[str, Formula],
    free: Mapping[str, Truth],
    cost: Mapping[str, int] | None = None,
    *,
    default: int = 1,
    conflicts: int = CONFLICTS,
) -> tuple[Point, ...]:
    """Return the skyline of cost against the number of goals opened.

    Args:
        goals: conditions by name.
        free: the value of atoms by key; what is met costs nothing.
        cost: whole cost by literal, as for ``cheapest``.
        default: the cost of a literal that ``cost`` does not name.
        conflicts: the solver stops after this many conflicts, for each point.

    Returns:
        The points, cheapest first. Where a search was stopped before it found a package, larger
        numbers of goals are tried all the same.

    Raises:
        ValueError: if a cost is negative or too large, or ``free`` contradicts a scale.
    """
    names, formulas = sorted(goals), [goals[name] for name in sorted(goals)]
    letters = alphabet(formulas, free)
    points: list[Point] = []
    least = 1
    while least <= len(names):
        mask, finished = _optimum(letters, formulas, least, (cost or {}, default), conflicts)
        if mask is None and finished:
            break
        if mask is None:
            least += 1
            continue
        settled = letters.settle(mask)
        opened = tuple(n for n in names if value(goals[n], settled) is Truth.MET)
        package = _package(letters, mask, cost or {}, default)
        proof: Proof = "optimal" if finished else "not-proved"
        points = [point for point in points if point.cost < package.cost]
        points.append(Point(package.cost, opened, package, proof))
        least = len(opened) + 1
    return tuple(points)


def _control(*options: str) -> Control:
    from clingo import Control

    return Control(list(options), logger=lambda _code, _text: None)


def _optimum(
    letters: Alphabet,
    goals: Sequence[Formula],
    least: int,
    costs: tuple[Mapping[str, int], int],
    conflicts: int,
) -> tuple[int | None, bool]:
    """Return the cheapest mask that opens ``least`` of ``goals``, and whether that is proved."""
    control = _control(*_OPTIMISE, f"--solve-limit={conflicts}", "--models=0")
    with control.backend() as backend:
        program = _program(backend, letters)
        _require(program, goals, least)
        _minimise(program, *costs)
    masks, finished = _solve(control, program)
    return (masks[-1] if masks else None), finished


def _program(backend: Backend, letters: Alphabet) -> _Program:
    """Start a program: a choice for each literal that is not free, scales and contradictions."""
    program = _Program(backend, letters)
    size = len(letters.keys)
    for bit in bits(letters.used & ~letters.free):
        program.chosen[bit] = program.holds[bit] = backend.add_atom()
        backend.add_rule([program.chosen[bit]], choice=True)
    for bit in bits(letters.used & letters.free):
        # What holds already goes on holding unless the package chooses the opposite.
        opposite = program.chosen.get((bit + size) % (2 * size))
        program.holds[bit] = backend.add_atom()
        backend.add_rule([program.holds[bit]], [] if opposite is None else [-opposite])
    for bit, atom in program.chosen.items():
        for lower in bits(letters.closure[bit] & ~letters.free & ~(1 << bit)):
            backend.add_rule([], [atom, -program.chosen[lower]])
        for implied in bits(letters.closure[bit]):
            # Also where what is implied holds already: nothing chosen may undo it.
            opposite = program.chosen.get((implied + size) % (2 * size))
            if opposite is not None:
                backend.add_rule([], [atom, opposite])
    return program


def _node(program: _Program, formula: Formula) -> int:
    """Return the number of the atom that says that ``formula`` is true."""
    match formula:
        case Atom(key=key):
            return program.holds[program.letters.index[key]]
        case Neg(of=atom):
            letters = program.letters
            return program.holds[letters.index[atom.key] + len(letters.keys)]
        case Conj(of=of):
            least = len(of)
        case Disj(of=of):
            least = 1
        case Count(least=least, of=of):
            pass
    return _threshold(program, least, [_node(program, child) for child in of])


def _threshold(program: _Program, least: int, parts: Sequence[int]) -> int:
    """Return the atom that says that at least ``least`` of ``parts`` are true."""
    key = (least, tuple(sorted(parts)))
    if key in program.nodes:
        return program.nodes[key]
    head = program.nodes[key] = program.backend.add_atom()
    weights: dict[int, int] = {}
    for part in parts:
        weights[part] = weights.get(part, 0) + 1
    if least <= 0:
        program.backend.add_rule([head])
    elif least == len(parts):
        program.backend.add_rule([head], list(weights))
    elif least == 1:
        for part in weights:
            program.backend.add_rule([head], [part])
    elif least < len(parts):
        program.backend.add_weight_rule([head], least, list(weights.items()))
    return head


def _require(program: _Program, goals: Sequence[Formula], least: int) -> None:
    """Demand that at least ``least`` of ``goals`` are true."""
    head = _threshold(program, least, [_node(program, goal) for goal in goals])
    program.backend.add_rule([], [-head])


def _minimise(program: _Program, cost: Mapping[str, int], default: int) -> None:
    """Minimise the cost first and the number of literals and levels second."""
    letters, backend = program.letters, program.backend
    weights: list[tuple[int, int]] = []
    for bit, atom in program.chosen.items():
        above = [a for b, a in program.chosen.items() if b != bit and letters.closure[b] >> bit & 1]
        paid = atom
        if above:
            paid = backend.add_atom()
            backend.add_rule([paid], [atom, *(-other for other in above)])
        weights.append((paid, _price(letters.literal(bit), cost, default)))
    backend.add_minimize(2, weights)
    backend.add_minimize(1, [(atom, 1) for atom in program.chosen.values()])


def _prefer_absent(program: _Program) -> None:
    """Let the solver try every literal as absent first: its models are then minimal."""
    from clingo.backend import HeuristicType

    for atom in program.chosen.values():
        program.backend.add_heuristic(atom, HeuristicType.False_, 1, 1, [])


def _solve(control: Control, program: _Program) -> tuple[list[int], bool]:
    """Return the masks of the models in the order found, and whether the search finished."""
    chosen = program.chosen.items()
    with control.solve(yield_=True) as handle:
        masks = [sum(1 << bit for bit, atom in chosen if m.is_true(atom)) for m in handle]
        return masks, bool(handle.get().exhausted)


def _price(literal: str, cost: Mapping[str, int], default: int) -> int:
    price = cost.get(literal, default)
    if not 0 <= price <= _MOST:
        raise ValueError(f"the cost of {literal} must be between 0 and {_MOST}, not {price}")
    return price


def _package(letters: Alphabet, mask: int, cost: Mapping[str, int], default: int) -> Package:
    literals = letters.decode(mask)
    return Package(literals, sum(_price(literal, cost, default) for literal in literals))
