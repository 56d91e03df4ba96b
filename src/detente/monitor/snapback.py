"""Re-imposition as a mechanism: notice, clock, the vote that could stop it, what comes back.

A snapback turns the veto round: a decision is needed to go on with relief, not to end it. What
comes back may be more, or less, than what was eased, and what had taken the place of the old
measures falls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from detente.errors import UnknownIdError
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence
from detente.law.conditions import Condition, Not, Reimposed, children
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.law.ways import Reimposition, ReliefPath
from detente.monitor.returns import status_of_return
from detente.relief.explain import Explanation, explain_path
from detente.relief.frames import Framed
from detente.relief.letter import Letters
from detente.relief.logic import polarities
from detente.relief.lower import AtomState
from detente.relief.paths import PathStatus


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on which a re-imposition turns.

    Attributes:
        fact: the fact, clock or absence as one word.
        kind: ``finding``, ``event``, ``time`` and so on.
        value: met, unmet or unknown; for what must stay away, whether it happened.
        must: whether it must be so, or must stay away.
        on: the day on which it came or would come true, where known.
    """

    fact: str
    kind: str
    value: str
    must: bool
    on: date | None


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """Relief that a re-imposition undoes: its path, and what that comes to on the day."""

    path: str
    value: str


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """One re-imposition on a day.

    Attributes:
        id: its id.
        title: a short name.
        decided_by: who decides.
        citation: the provision.
        value: whether it has taken effect, for some of its measures at least.
        steps: what it turns on, in the order of the text.
        comes_back: measures that it re-imposes and that bind on the day.
        not_back: measures that it could re-impose and that do not bind, and why.
        falls: measures that end because the others come back.
        stays_ended: measures that its relief had ended too and that it does not reach.
        undone: the relief that it undoes.
        beside: its value on other readings of contested findings, where it differs.
        tree: the condition, explained down to the provision.
        note: doubts.
    """

    id: str
    title: str
    decided_by: str
    citation: str
    value: str
    steps: tuple[Step, ...]
    comes_back: tuple[str, ...]
    not_back: dict[str, str]
    falls: tuple[str, ...]
    stays_ended: tuple[str, ...]
    undone: tuple[Undone, ...]
    beside: dict[str, str]
    tree: Explanation
    note: str | None


class Snapback(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The re-impositions of a regime on a day (``detente.snapback/1``)."""

    regime: str
    as_of: date
    returns: tuple[Return, ...]
    schema: str = "detente.snapback/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each measure that a re-imposition reaches."""
        return [
            {"reimposition": item.id, "value": item.value, "measure": id_, "state": state}
            for item in self.returns
            for state, ids in (
                ("binds", item.comes_back),
                ("does not bind", item.not_back),
                ("falls", item.falls),
            )
            for id_ in ids
        ]


def snapback(
    regime: Regime,
    evidence: Evidence,
    as_of: date,
    *,
    only: str | None = None,
    readings: Mapping[str, Evidence] | None = None,
) -> Snapback:
    """Return where the re-impositions of a regime stand on a day.

    Args:
        regime: the regime.
        evidence: the findings.
        as_of: the day.
        only: id of one re-imposition; all by default.
        readings: the evidence as others read it, by the name of the reading.

    Raises:
        UnknownIdError: the regime has no such re-imposition.
    """
    if only is not None and only not in regime.reimpositions:
        raise UnknownIdError("re-imposition", only, regime.reimpositions)
    rows = [row for row in regime.reimpositions.values() if only in (None, row.id)]
    letters = _letters(regime, evidence, as_of)
    sides = {name: _letters(regime, side, as_of) for name, side in (readings or {}).items()}
    return Snapback(
        regime=regime.id,
        as_of=as_of,
        returns=tuple(_return(regime, row, letters, sides) for row in rows),
    )


def _letters(regime: Regime, evidence: Evidence, day: date) -> Letters:
    return Letters(regime.as_of(day), facts_of(regime, evidence, day))


def _return(
    regime: Regime, row: Reimposition, letters: Letters, sides: Mapping[str, Letters]
) -> Return:
    status = _strongest(row, letters)
    states = {id_: letters.measure(id_).state for id_ in row.applies_to}
    back = tuple(id_ for id_, state in states.items() if state.status == "in-force")
    others = {name: _strongest(row, side).value for name, side in sides.items()}
    relief = [regime.paths[id_] for id_ in row.ends_paths]
    falls = tuple(_falls(regime, row, letters))
    out_of_reach = {id_ for path in relief for id_ in path.applies_to} - {*row.applies_to, *falls}
    return Return(
        id=row.id,
        title=row.title,
        decided_by=regime.deciders.get(row.decided_by, row.decided_by),
        citation=row.citation,
        value=status.value.word,
        steps=tuple(_steps(status)),
        comes_back=back if status.value is Truth.MET else (),
        not_back={
            id_: f"{state.status}: {state.why}" for id_, state in states.items() if id_ not in back
        },
        falls=falls,
        stays_ended=tuple(id_ for id_ in regime.measures if id_ in out_of_reach),
        undone=tuple(Undone(path=path.id, value=_value(path, letters)) for path in relief),
        beside={name: side.word for name, side in others.items() if side is not status.value},
        tree=_tree(row, status, letters),
        note=row.note,
    )


def _strongest(row: Reimposition, letters: Letters) -> PathStatus:
    """The status for whichever measure comes back first, where riders make measures differ."""
    measures = row.applies_to if row.riders else row.applies_to[:1]
    found = [status_of_return(letters.view, row, letters.facts, id_) for id_ in measures]
    return max(found, key=lambda status: status.value)


def _steps(status: PathStatus) -> Iterator[Step]:
    against = {atom.key for atom, negated in polarities(status.formula) if negated}
    for atom in status.atoms.values():
        yield Step(
            fact=atom.key,
            kind=atom.kind,
            value=atom.truth.word,
            must=atom.key not in against,
            on=_on(atom),
        )


def _on(atom: AtomState) -> date | None:
    if atom.due is not None:
        return atom.due
    return atom.state.when if atom.state is not None and atom.truth is Truth.MET else None


def _falls(regime: Regime, row: Reimposition, letters: Letters) -> Iterator[str]:
    """The measures that end because a re-imposition has taken effect."""
    rests = [
        path
        for path in regime.paths.values()
        if path.ends and path.id in letters.view.conditions and _rests_on(path.condition, row.id)
    ]
    for id_ in dict.fromkeys(id_ for path in rests for id_ in path.applies_to):
        met = [path.path for path in letters.measure(id_).paths if path.value is Truth.MET]
        if met and all(path in rests for path in met):  # what had run out before does not fall
            yield id_


def _tree(row: Reimposition, status: PathStatus, letters: Letters) -> Explanation:
    tree = explain_path(status, letters.view, letters.facts, deciding=True)
    return msgspec.structs.replace(
        tree, text=f"{row.title} (re-imposition, decided by {row.decided_by})"
    )


def _rests_on(node: Condition, id_: str) -> bool:
    """Whether a condition asks that a re-imposition has taken effect."""
    if isinstance(node, Not):
        return False
    if isinstance(node, Reimposed):
        return node.id == id_
    return any(_rests_on(child, id_) for child in children(node))


def _value(path: ReliefPath, letters: Letters) -> str:
    if path.id not in letters.view.conditions:
        return "not available"
    return letters.path(path, path.applies_to[0]).value.word
