"""A policy brief as data: what it says, sentence by sentence, and what can be computed of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec

from detente.errors import DataError, Problem, UnknownIdError, nearest
from detente.law.decode import decode
from detente.law.model import Range
from detente.law.read import read
from detente.law.regime import Regime
from detente.pressure.model import Family

Kind = Literal["fact", "law", "estimate", "model", "judgement"]
"""What a claim is: of the record, decidable from the regime, a range, following from a stated
model, or not checkable."""

FAMILIES: Final = frozenset(get_args(Family))
SHOWN: Final = frozenset({"credibility", "relief-owed"})
"""What may be shown with a judgement."""

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "gives-confined": ("place",),
    "area-not-addressed": ("areas",),
    "lever-families": ("families",),
}
"""What a claim must say for a check: everything lies in a place that has no name."""


class Claim(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One sentence of a brief.

    Attributes:
        id: unique in the brief.
        kind: what sort of claim it is.
        text: the sentence, in plain words.
        check: the name of the computation that answers it.
        areas: issue areas that it is about.
        groups: groups of components that it is about; all of the areas', where not given.
        kinds: kinds of components that it is about; all, where not given.
        place: the place to which it says something is confined.
        outside: the place that it leaves aside.
        at_least: the share from which a ruler bears it out.
        families: families of levers that it names.
        parameters: numbers of the model that answers it, as ranges.
        show: what to show with a judgement that nothing decides.
        note: doubts.
    """

    id: str
    kind: Kind
    text: str
    check: str
    areas: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    place: str | None = None
    outside: str | None = None
    at_least: float | None = None
    families: tuple[str, ...] = ()
    parameters: dict[str, Range] = {}
    show: str | None = None
    note: str | None = None


class Brief(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A brief.

    Attributes:
        id: short name.
        title: its title.
        publisher: who published it.
        date: when.
        regime: the regime that it is about.
        offer: the offer that it speaks of.
        claims: what it says.
    """

    id: str
    title: str
    publisher: str
    date: date
    regime: str
    offer: str
    claims: tuple[Claim, ...]


def names(regime: Regime) -> list[str]:
    """Return the names of the briefs that ship with a regime."""
    return sorted(path.stem for path in (Path(regime.folder) / "briefs").glob("*.yaml"))


def load(regime: Regime, ref: str, checks: frozenset[str]) -> Brief:
    """Return a brief by the name under which it ships with ``regime``, or by path.

    Args:
        regime: the regime.
        ref: a name, or the path of a file that ends in ``.yaml``.
        checks: the computations that a claim may name.

    Raises:
        UnknownIdError: the regime ships no brief of that name.
        DataError: the file has problems, all of them listed.
    """
    if ref.endswith((".yaml", ".yml")):
        path = Path(ref)
    elif ref in names(regime):
        path = Path(regime.folder) / "briefs" / f"{ref}.yaml"
    else:
        raise UnknownIdError("brief", ref, names(regime))
    brief, problems = check_file(path, regime, checks)
    if brief is None or problems:
        raise DataError(problems)
    return brief


def check_file(
    path: Path, regime: Regime, checks: frozenset[str]
) -> tuple[Brief | None, list[Problem]]:
    """Return a brief and everything that is wrong in its file."""
    problems: list[Problem] = []
    try:
        doc = read(path)
    except DataError as error:
        return None, list(error.problems)
    brief = decode(Brief, doc.data, doc, problems)
    if brief is None:
        return None, problems
    rows = doc.data["claims"]

    def report(number: int, field: str, text: str, advice: str) -> None:
        line = doc.line(rows[number], field)
        problems.append(Problem(doc.file, line, brief.claims[number].id, text, advice))

    if brief.regime != regime.id:
        line, text = doc.line(doc.data, "regime"), f"is about the regime {brief.regime!r}"
        problems.append(Problem(doc.file, line, brief.id, text, f"it is read for {regime.id!r}"))
        return brief, problems
    if not brief.claims:
        line = doc.line(doc.data, "claims")
        problems.append(Problem(doc.file, line, brief.id, "makes no claim", "write one"))
    seen: set[str] = set()
    for number, claim in enumerate(brief.claims):
        if claim.id in seen:
            report(number, "id", "is the id of an earlier claim", "give each its own")
        seen.add(claim.id)
        if claim.check not in checks:
            report(number, "check", f"names the unknown check {claim.check!r}",
                   nearest(claim.check, checks))  # fmt: skip
        for area in claim.areas:
            if area not in regime.areas:
                report(number, "areas", f"names the unknown area {area!r}",
                       nearest(area, regime.areas))  # fmt: skip
        for field, kind in (("groups", "group"), ("kinds", "kind")):
            there = {getattr(row, kind) for row in regime.components.values()}
            for name in getattr(claim, field):
                if name not in there:
                    report(number, field, f"names the unknown {kind} {name!r}",
                           nearest(name, there))  # fmt: skip
        for name in claim.families:
            if name not in FAMILIES:
                report(number, "families", f"names the unknown family {name!r}",
                       nearest(name, FAMILIES))  # fmt: skip
        if claim.show is not None and claim.show not in SHOWN:
            report(number, "show", f"shows {claim.show!r}", nearest(claim.show, SHOWN))
        for field in NEEDED.get(claim.check, ()):
            if not getattr(claim, field):
                report(number, "check", f"needs {field} for {claim.check}", f"write {field}:")
        if claim.at_least is not None and not 0 <= claim.at_least <= 1:
            report(number, "at_least", f"asks for the share {claim.at_least}", "keep from 0 to 1")
        for name, value in claim.parameters.items():
            if not value.low <= value.central <= value.high:
                report(number, "parameters", f"has {name} out of order",
                       "keep low <= central <= high")  # fmt: skip
    return brief, problems
