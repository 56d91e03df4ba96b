"""What would open measures: the smallest sets of conduct, findings and acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from detente.errors import DataError, Problem, UnknownIdError, UsageError, nearest
from detente.evidence.facts import Facts
from detente.law.asof import AsOf
from detente.law.conditions import leaves
from detente.law.decode import decode
from detente.law.model import Range
from detente.law.read import read
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.relief.acts import with_act
from detente.relief.assess import grounds_line
from detente.relief.frames import Framed
from detente.relief.labels import minimal_sets
from detente.relief.letter import Letters, MeasureStatus, without_conduct
from detente.relief.logic import Atom, Disj, Formula, atoms, value
from detente.relief.lower import AtomState
from detente.relief.paths import further
from detente.relief.receipt import Receipt
from detente.relief.results import Ground

Search = Literal["cheapest", "all", "pareto"]
Proof = Literal["optimal", "complete", "capped", "not-proved"]

LABEL_LIMIT: Final = 4096


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Conduct that a package needs: a requirement at a level."""

    requirement: str
    level: str


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """The sum of cost ranges, in the unit of the file of costs."""

    low: float
    central: float
    high: float
    kind: Literal["bounds"] = "bounds"


class OpeningSet(msgspec.Struct, frozen=True, kw_only=True):
    """One set of facts that opens measures.

    Attributes:
        conduct: requirements at levels.
        findings: decision-makers' findings.
        acts: relief paths whose decider must act.
        waits: dates and events to wait for.
        without: facts that must not hold.
        cost: the sum of the costs given; None where none were given.
        opens: the measures of the question that it opens.
        also_opens: other measures in force that the same conduct opens too, with these acts; a
            decision that needs no conduct covers what it names, so none are listed for it.
    """

    conduct: tuple[Step, ...]
    findings: tuple[str, ...]
    acts: tuple[str, ...]
    waits: tuple[str, ...]
    without: tuple[str, ...]
    cost: Cost | None
    opens: tuple[str, ...]
    also_opens: tuple[str, ...]


class WithoutConduct(msgspec.Struct, frozen=True, kw_only=True):
    """A way out that asks the target for nothing."""

    path: str
    decided_by: str
    measures: tuple[str, ...]


class Unlocked(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The answer of ``unlock`` (``detente.unlock/1``).

    Attributes:
        regime: id of the regime.
        measures: the measures of the question.
        as_of: the day.
        search: what was asked: the cheapest, all minimal sets, or the Pareto set.
        sets: the sets found, cheapest or smallest first.
        without_conduct: ways out that rest on judgement alone.
        grounds: the conduct that the texts name as reasons for such a judgement.
        already_open: measures of the question that need nothing.
        no_way_out: measures of the question that have no ending path on the day.
        receipt: what is needed to replay the answer.
        proved: what the search proved: ``optimal``, ``complete`` (these are all), ``capped``
            (there are more), ``not-proved``.
    """

    regime: str
    measures: tuple[str, ...]
    as_of: date
    search: Search
    sets: tuple[OpeningSet, ...]
    without_conduct: tuple[WithoutConduct, ...]
    grounds: tuple[Ground, ...]
    already_open: tuple[str, ...]
    no_way_out: tuple[str, ...]
    proved: Proof
    receipt: Receipt | None = None
    schema: str = "detente.unlock/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each set."""
        return [
            {
                "conduct": " + ".join(f"{s.requirement}@{s.level}" for s in item.conduct),
                "findings": " + ".join(item.findings),
                "acts": " + ".join(item.acts),
                "waits": " + ".join(item.waits),
                "without": " + ".join(item.without),
                "cost_low": item.cost.low if item.cost else None,
                "cost_high": item.cost.high if item.cost else None,
                "opens": " ".join(item.opens),
            }
            for item in self.sets
        ]


class _Costs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form of a file of costs."""

    unit: str
    costs: dict[str, Range]


def read_costs(path: Path, regime: Regime) -> dict[str, Range]:
    """Read costs by fact from YAML: ``unit: ...``, ``costs: {r-x@progress: {low, central, high}}``.

    Raises:
        DataError: the file has problems; costs are whole numbers from 0, and the facts exist.
    """
    problems: list[Problem] = []
    doc = read(path)
    costs = decode(_Costs, doc.data, doc, problems)
    known = {fact.key for item in regime.paths.values() for fact in leaves(with_act(item))}
    known |= {
        fact.key
        for item in regime.paths.values()
        for node in further(item)
        for fact in leaves(node)
    }
    table = doc.data.get("costs") if isinstance(doc.data, dict) else None
    for key, range_ in (costs.costs if costs else {}).items():
        line = doc.line(table, key)
        values = (range_.low, range_.central, range_.high)
        if key not in known:
            text = f"prices the unknown fact {key!r}"
            problems.append(Problem(doc.file, line, None, text, nearest(key, known)))
        if not 0 <= values[0] <= values[1] <= values[2] or any(v != int(v) for v in values):
            text = f"prices {key} at {values}"
            advice = "give whole numbers, 0 <= low <= central <= high"
            problems.append(Problem(doc.file, line, None, text, advice))
    if problems:
        raise DataError(problems)
    assert costs is not None
    return costs.costs


def unlock_measures(
    view: AsOf,
    facts: Facts,
    measures: Sequence[str],
    *,
    search: Search = "all",
    limit: int = 20,
    costs: Mapping[str, Range] | None = None,
) -> Unlocked:
    """Return what would open ``measures`` together.

    Args:
        view: the law of the day.
        facts: what holds already.
        measures: ids; all must open (for ``pareto``, as many as possible).
        search: which sets are wanted.
        limit: how many sets at most.
        costs: cost ranges by fact, in whole numbers.

    Raises:
        UnknownIdError: there is no such measure.
        UsageError: no measure was named, or a conduct step has no cost.
    """
    if not measures:
        raise UsageError("no measure named; name at least one")
    for id_ in measures:
        if id_ not in view.regime.measures:
            raise UnknownIdError("measure", id_, view.regime.measures)
    letters = Letters(view, facts)
    everything = {id_: letters.measure(id_) for id_ in {*measures, *view.in_force}}
    asked = {id_: everything[id_] for id_ in dict.fromkeys(measures)}
    goals = {id_: goal(item) for id_, item in asked.items() if item.paths and not _open(item)}
    states = {k: s for item in everything.values() for p in item.paths for k, s in p.atoms.items()}
    stuck = tuple(id_ for id_, item in asked.items() if not item.paths and not _open(item))
    packages, proved = _search(goals, states, search, limit, costs, stuck=bool(stuck))
    return Unlocked(
        regime=view.regime.id,
        measures=tuple(asked),
        as_of=view.day,
        search=search,
        sets=tuple(_set(item, states, asked, everything, costs) for item in packages),
        without_conduct=tuple(_without_conduct(asked)),
        grounds=tuple(
            grounds_line(facts, facts, id_)
            for id_ in dict.fromkeys(
                g for item in asked.values() for p in item.paths for g in p.path.grounds
            )
        ),
        already_open=tuple(id_ for id_, item in asked.items() if _open(item)),
        no_way_out=stuck,
        proved=proved,
    )


def goal(status: MeasureStatus) -> Formula:
    """Return the formula that opens a measure: any of its ending paths."""
    return Disj(tuple(path.reachable for path in status.paths))


def _open(status: MeasureStatus) -> bool:
    return status.letter in ("open", "ended")


def _search(
    goals: dict[str, Formula],
    states: Mapping[str, AtomState],
    search: Search,
    limit: int,
    costs: Mapping[str, Range] | None,
    *,
    stuck: bool,
) -> tuple[list[tuple[str, ...]], Proof]:
    """Return the sets of literals wanted, and what the search proved."""
    known = {key: state.truth for key, state in states.items()}
    if not goals or (stuck and search != "pareto"):
        return [], "complete"
    price = None if costs is None else _prices(goals.values(), states, costs)
    distinct = list(dict.fromkeys(goals.values()))
    if search == "pareto":
        from detente.relief.packages import pareto

        points = pareto(goals, known, price)
        worst = all(point.proved == "optimal" for point in points)
        literals = [point.package.literals for point in points]
        return literals[:limit], "optimal" if worst and len(points) <= limit else "not-proved"
    if len(distinct) == 1:
        found = minimal_sets(distinct[0], known, LABEL_LIMIT)
        sets = list(found.sets)
        if search == "all":
            cut = found.capped or len(sets) > limit
            return sets[:limit], "capped" if cut else "complete"
        sets.sort(key=lambda item: (cost_of(item, price), item))
        return sets[:1], "not-proved" if found.capped else "optimal"
    from detente.relief.packages import all_minimal, cheapest

    packages = cheapest(distinct, known, price) if search == "cheapest" else all_minimal(
        distinct, known, limit
    )  # fmt: skip
    return [item.literals for item in packages.sets], packages.proved


def cost_of(literals: Iterable[str], price: Mapping[str, int] | None) -> int:
    """Return the sum of whole costs; without prices, the number of literals."""
    return sum(1 if price is None else price[literal] for literal in literals)


def _prices(
    goals: Iterable[Formula], states: Mapping[str, AtomState], costs: Mapping[str, Range]
) -> dict[str, int]:
    """Return the central cost of every literal; decisions and waiting are free unless priced."""
    price: dict[str, int] = {}
    for atom in {atom for formula in goals for atom in atoms(formula)}:
        if atom.key in costs:
            price[atom.key] = int(costs[atom.key].central)
        elif states[atom.key].kind == "requirement" and states[atom.key].truth is not Truth.MET:
            raise UsageError(f"the costs say nothing of {atom.key}; add it to the file")
        else:
            price[atom.key] = 0
        price[f"not:{atom.key}"] = 0
    return price


def _set(
    literals: tuple[str, ...],
    states: Mapping[str, AtomState],
    asked: Mapping[str, MeasureStatus],
    everything: Mapping[str, MeasureStatus],
    costs: Mapping[str, Range] | None,
) -> OpeningSet:
    kinds: dict[str, list[str]] = {"requirement": [], "finding": [], "act": [], "wait": []}
    without = [literal for literal in literals if literal not in states]
    for literal in literals:
        if literal in states:
            kind = states[literal].kind
            kinds[kind if kind in kinds else "wait"].append(literal)
    opened = [id_ for id_, item in everything.items() if not _open(item) and opens(item, literals)]
    priced = [costs[literal] for literal in literals if literal in costs] if costs else []
    return OpeningSet(
        conduct=tuple(
            Step(requirement=key.partition("@")[0], level=key.partition("@")[2])
            for key in kinds["requirement"]
        ),
        findings=tuple(kinds["finding"]),
        acts=tuple(key.removeprefix("act:") for key in kinds["act"]),
        waits=tuple(kinds["wait"]),
        without=tuple(literal.removeprefix("not:") for literal in without),
        cost=None
        if costs is None
        else Cost(
            low=sum(r.low for r in priced),
            central=sum(r.central for r in priced),
            high=sum(r.high for r in priced),
        ),
        opens=tuple(id_ for id_ in asked if id_ in opened),
        also_opens=tuple(sorted(id_ for id_ in opened if id_ not in asked))
        if kinds["requirement"]
        else (),
    )


def opens(status: MeasureStatus, literals: Iterable[str]) -> bool:
    """Return whether a set of literals, on top of what holds already, opens a measure."""
    chosen = set(literals)
    for path in status.paths:
        known = {key: state.truth for key, state in path.atoms.items()}
        reached = {a.scale: a.rank for a in atoms(path.formula) if a.key in chosen and a.scale}
        for atom in atoms(path.formula):
            if atom.key in chosen or _included(atom, reached):
                known[atom.key] = Truth.MET
            elif f"not:{atom.key}" in chosen:
                known[atom.key] = Truth.UNMET
        if value(path.formula, known) is Truth.MET:
            return True
    return False


def _included(atom: Atom, reached: Mapping[str, int]) -> bool:
    return atom.scale is not None and atom.rank <= reached.get(atom.scale, -1)


def _without_conduct(asked: Mapping[str, MeasureStatus]) -> Iterable[WithoutConduct]:
    covered: dict[str, tuple[str, list[str]]] = {}
    for id_, item in asked.items():
        for path in item.paths:
            if without_conduct(path):
                covered.setdefault(path.path.id, (path.path.decided_by, []))[1].append(id_)
    for path_id, (decided_by, ids) in covered.items():
        yield WithoutConduct(path=path_id, decided_by=decided_by, measures=tuple(ids))
