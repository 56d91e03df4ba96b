"""Reading the cases of a regime, with every problem and its line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from detente.cases import alone
from detente.cases.expected import EXPECTED, Checker
from detente.cases.findings import findings_of
from detente.cases.model import FIELDS, Case, Kind, Written
from detente.days import day_of
from detente.errors import DataError, Problem, UsageError, nearest
from detente.evidence.load import Evidence, merge, readings, shipped
from detente.law.decode import decode
from detente.law.read import Document, read
from detente.law.regime import Regime
from detente.offers.load import load as load_offer
from detente.offers.load import names as offer_names
from detente.offers.model import Offer

FOLDER = "cases"
"""The folder of a regime that holds its cases. They are no law: its edition leaves them out."""


def files_of(regime: Regime) -> list[Path]:
    """Return the files of cases that ship with a regime, sorted."""
    folder = Path(regime.folder) / FOLDER
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def load(paths: Iterable[Path], regime: Regime) -> list[Case]:
    """Return the cases of files, in their order.

    Raises:
        DataError: a file has problems, all of them listed.
    """
    cases, problems = check(paths, regime)
    if problems:
        raise DataError(problems)
    return cases


def check(paths: Iterable[Path], regime: Regime) -> tuple[list[Case], list[Problem]]:
    """Return the cases of files and everything that is wrong in them."""
    cases: list[Case] = []
    problems: list[Problem] = []
    names: dict[str, str] = {}
    for path in paths:
        for case in _file(path, regime, problems):
            place = f"{Path(case.file).name}:{case.line}"
            if case.name in names:
                text, advice = f"has the name of {names[case.name]}", "give each case its own"
                problems.append(Problem(case.file, case.line, None, text, advice))
            names.setdefault(case.name, place)
            cases.append(case)
    return cases, problems


def _file(path: Path, regime: Regime, problems: list[Problem]) -> list[Case]:
    try:
        doc = read(path)
    except DataError as error:
        problems += error.problems
        return []
    if not isinstance(doc.data, list) or not doc.data:
        text, advice = "holds no list of cases", "write - name: ..., one item for each case"
        problems.append(Problem(doc.file, 1, None, text, advice))
        return []
    reader = _Reader(doc, regime, problems)
    read_cases = (reader.case(raw, doc.line(doc.data, n)) for n, raw in enumerate(doc.data))
    return [case for case in read_cases if case is not None]


class _Reader:
    """Reads the cases of one file."""

    def __init__(self, doc: Document, regime: Regime, problems: list[Problem]) -> None:
        self.doc = doc
        self.regime = regime
        self.problems = problems

    def case(self, raw: object, line: int | None) -> Case | None:
        """Return a case; None where a problem was added."""
        before = len(self.problems)
        written = decode(Written, raw, self.doc, self.problems, line)
        if written is None or not isinstance(raw, dict):
            return None
        kinds: list[Kind] = [kind for kind in FIELDS if kind in raw]
        if len(kinds) != 1:
            about = " and ".join(kinds) or "nothing"
            self._report(raw, None, f"asks about {about}", f"name one of {', '.join(FIELDS)}")
            return None
        kind = kinds[0]
        self._fields(raw, kind)
        Checker(self.doc, self.regime, self.problems).block(raw["expect"], EXPECTED[kind])
        made = self._made(raw, written, kind, line)
        return made if len(self.problems) == before else None

    def _fields(self, raw: dict[str, Any], kind: Kind) -> None:
        """Check the name, and that each field belongs to what the case asks about."""
        if not raw["name"].strip():
            self._report(raw, "name", "has no name", "say in a sentence what it shows")
        for key in raw:
            if key not in FIELDS[kind] | {"name", "expect", kind}:
                what = f"{key!r} does not belong to a case on a {kind}"
                self._report(raw, key, what, nearest(key, FIELDS[kind]))
        known = readings(self.regime) if kind == "measure" else {}
        if kind == "measure" and "reading" in raw and raw["reading"] not in known:
            text = f"names the unknown reading of contested findings {raw['reading']!r}"
            self._report(raw, "reading", text, nearest(str(raw["reading"]), known))

    def _made(
        self, raw: dict[str, Any], written: Written, kind: Kind, line: int | None
    ) -> Case | None:
        regime, path, offer = self.regime, None, None
        if kind == "condition":
            assert written.condition is not None
            condition, fields = raw["condition"], raw.get("path") or {}
            path = alone.path_of(condition, fields, self.doc, line, self.problems)
            if path is None:
                return None
            regime = alone.regime_of(path)
        elif kind == "offer":
            offer = self._offer(raw, written)
        about = self._about(raw, written, kind)
        own = offer.as_of if offer else regime.reference_date
        day = self._day(raw, "as_of") or own
        rows = raw.get("findings") or []
        findings = findings_of(rows, written.as_of or str(own), self.doc, regime, self.problems)
        self._apart(raw, findings, written.baseline and kind != "condition")
        return Case(
            name=" ".join(written.name.split()), kind=kind, about=about, expect=raw["expect"],
            as_of=day, known_on=self._day(raw, "known_on"), revival=written.revival,
            reading=written.reading, act_date=self._day(raw, "act_date"),
            baseline=written.baseline,
            complete_through=self._day(raw, "acts_complete_through"), findings=findings,
            path=path, file=self.doc.file, line=line,
        )  # fmt: skip

    def _offer(self, raw: dict[str, Any], written: Written) -> Offer | None:
        name = str(written.offer)
        known = offer_names(self.regime)
        if name not in known:
            self._report(
                raw, "offer", f"asks about the unknown offer {name!r}", nearest(name, known)
            )
            return None
        try:
            offer = load_offer(self.regime, name)
        except DataError as error:
            self.problems += error.problems
            return None
        if written.reading is not None and written.reading not in offer.readings:
            text = f"names the unknown reading {written.reading!r} of {name}"
            self._report(raw, "reading", text, nearest(written.reading, offer.readings))
        return offer

    def _about(self, raw: dict[str, Any], written: Written, kind: Kind) -> tuple[str, ...]:
        if kind == "measure":
            named = written.measure
            ids = (named,) if isinstance(named, str) else named or ()
            if not ids:
                self._report(raw, "measure", "asks about no measure", "name one")
            for id_ in ids:
                if id_ not in self.regime.measures:
                    text = f"asks about the unknown measure {id_!r}"
                    self._report(raw, "measure", text, nearest(id_, self.regime.measures))
            return ids
        if kind == "row":
            self._row(raw, str(written.row))
        return (str(raw[kind]),) if kind in ("offer", "row") else ()

    def _row(self, raw: dict[str, Any], named: str) -> None:
        table, _, id_ = named.partition("/")
        if table not in ROWS:
            text = f"asks about a row of the unknown table {table!r}"
            self._report(raw, "row", text, nearest(table, ROWS))
        elif id_ not in getattr(self.regime, table):
            text = f"asks about the unknown row {id_!r} of {table}"
            self._report(raw, "row", text, nearest(id_, getattr(self.regime, table)))

    def _day(self, raw: dict[str, Any], key: str) -> date | None:
        try:
            return day_of(raw.get(key))
        except UsageError as error:
            text, _, advice = str(error).partition("; ")
            self._report(raw, key, f"{key}: {text}", advice)
            return None

    def _apart(self, raw: dict[str, Any], findings: tuple[Any, ...], baseline: bool) -> None:
        """Check that no finding has the id of another one that says something else."""
        try:
            merge([shipped(self.regime) if baseline else Evidence(), Evidence(findings)])
        except DataError as error:
            if findings and error.problems[0].id in {finding.id for finding in findings}:
                text, advice = error.problems[0].problem, "give it its own id, and corrects"
                self._report(raw, "findings", text, advice)

    def _report(self, raw: object, key: object, problem: str, suggestion: str) -> None:
        line = self.doc.line(raw, key)
        self.problems.append(Problem(self.doc.file, line, None, problem, suggestion))


ROWS = (
    "instruments", "measures", "requirements", "events", "paths", "reimpositions", "gates",
    "history", "emergencies", "components", "developments", "precedents", "programmes",
    "designations", "areas", "sources",
)  # fmt: skip
"""The tables whose rows a case may ask about."""
