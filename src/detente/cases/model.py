"""Cases, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

import msgspec

from detente.evidence.model import Finding
from detente.law.vocabulary import Revival
from detente.law.ways import ReliefPath

Kind = Literal["measure", "offer", "condition", "row"]
"""What a case asks about."""

_EVIDENCE: Final = frozenset({"as_of", "known_on", "acts_complete_through", "findings"})
FIELDS: Final[dict[Kind, frozenset[str]]] = {
    "measure": _EVIDENCE | {"revival", "reading", "act_date", "baseline"},
    "offer": _EVIDENCE | {"revival", "reading", "baseline"},
    "condition": _EVIDENCE | {"path"},
    "row": frozenset(),
}
"""What a case may say beside its name and what it expects, by what it asks about."""


class Written(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A case as it stands in a file. Exactly one of the first four optional fields is set.

    Attributes:
        name: what the case shows, in a sentence; unique in the regime.
        expect: the answers expected, by what they are about.
        measure: the measure that it asks about, or several of which the same is expected.
        offer: the offer that it asks about, by the name under which it ships with the regime.
        condition: a condition that is judged by itself, with facts of its own.
        row: a row of the data, as its table and its id: ``measures/act-1-coal``.
        as_of: the day of the law and of the facts; the offer's own, or the reference date.
        known_on: only evidence recorded by then counts.
        revival: whether an older measure binds again once its successor has ended.
        reading: how the ask is read; for a measure, a named reading of contested findings.
        act_date: the day on which a dealing was done, of which the case asks on its own day.
        baseline: whether the evidence that ships with the regime counts too; true if not given.
        acts_complete_through: the day up to which every public act is among the findings.
        path: fields of the path in which a condition stands, where they matter.
        findings: what is found, beside the baseline; verified, and on the day, if not said.
    """

    name: str
    expect: dict[str, Any]
    measure: str | tuple[str, ...] | None = None
    offer: str | None = None
    condition: dict[str, Any] | None = None
    row: str | None = None
    as_of: str | None = None
    known_on: str | None = None
    revival: Revival | None = None
    reading: str | None = None
    act_date: str | None = None
    baseline: bool = True
    acts_complete_through: str | None = None
    path: dict[str, Any] | None = None
    findings: tuple[Any, ...] = ()


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case that was read and fits its regime.

    Attributes:
        name: what it shows.
        kind: what it asks about.
        about: ids of the measures, of the offer, or the row; empty for a condition.
        expect: the answers expected, as written.
        as_of: the day of the law and of the facts.
        known_on: evidence recorded by then; None for all.
        revival: whether older measures revive.
        reading: how an offer's ask is read, None for the asker's own words; for a measure, the
            reading of contested findings, None for the findings as they ship.
        act_date: the day on which a dealing was done, where the case asks about one.
        baseline: whether the evidence that ships with the regime counts too.
        complete_through: up to this day every public act is among the findings.
        findings: what the case itself finds.
        path: the path in which a condition stands.
        file: the file that it stands in.
        line: the line on which it begins.
    """

    name: str
    kind: Kind
    about: tuple[str, ...]
    expect: dict[str, Any]
    as_of: date
    known_on: date | None = None
    revival: Revival | None = None
    reading: str | None = None
    act_date: date | None = None
    baseline: bool = True
    complete_through: date | None = None
    findings: tuple[Finding, ...] = ()
    path: ReliefPath | None = None
    file: str = ""
    line: int | None = None


class Fault(msgspec.Struct, frozen=True):
    """One answer that is not the one expected.

    Attributes:
        of: what the answer is about, for example ``letter`` or ``path rp-lift value``.
        expected: what the case expects.
        got: what the law and the evidence give; of a list, those expected that are there.
        why: why there is no answer at all; empty where there is one.
    """

    of: str
    expected: Any
    got: Any
    why: str = ""

    def __str__(self) -> str:
        """The fault in one line."""
        return f"{self.of}: expected {said(self.expected)}, got {self.why or said(self.got)}"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one case.

    Attributes:
        name: the case.
        ok: whether every answer is the one expected.
        faults: the answers that are not.
        file: the file that it stands in, relative to the regime's folder where it is inside.
        line: the line on which it begins.
    """

    name: str
    ok: bool
    faults: tuple[Fault, ...]
    file: str
    line: int | None


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What became of all cases of a regime (``detente.cases/1``).

    Attributes:
        schema: the name of this form.
        regime: id of the regime.
        ok: how many cases are answered as expected.
        fails: how many are not.
        cases: one by one, in the order of the files.
    """

    regime: str
    ok: int
    fails: int
    cases: tuple[Result, ...]
    schema: str = "detente.cases/1"


def said(item: object) -> str:
    """Return an answer as a case would write it, in one line."""
    if isinstance(item, bool):
        return "true" if item else "false"
    if item is None:
        return "nothing"
    if isinstance(item, (list, tuple)):
        return f"[{', '.join(map(said, item))}]"
    if isinstance(item, dict):
        return f"{{{', '.join(f'{key}: {said(value)}' for key, value in item.items())}}}"
    return str(item)
