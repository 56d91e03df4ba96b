"""A condition judged by itself: a regime of one path, with every row that its condition names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, get_args, get_origin

import msgspec

from detente.errors import Problem
from detente.law.clauses import tagged
from detente.law.conditions import Condition, Fact, Imposed, Named, Reimposed, walk
from detente.law.dates import check_term
from detente.law.decode import decode
from detente.law.model import Event, Instrument, Measure, Requirement
from detente.law.read import Document
from detente.law.regime import Regime
from detente.law.vocabulary import Level
from detente.law.ways import ReliefPath

_CITED: Final[dict[str, Any]] = {"sources": (), "confidence": "analyst", "citation": "s. 1"}
_PATH: Final[dict[str, Any]] = {
    "id": "rp-x", "kind": "suspension", "title": "Relief", "applies_to": ["m-1"], "sources": [],
    "decided_by": "council", "pin": "sure", "confidence": "analyst", "citation": "s. 1",
    "self_executing": True,
}  # fmt: skip


def path_of(
    condition: dict[str, Any],
    fields: dict[str, Any],
    doc: Document,
    line: int | None,
    problems: list[Problem],
) -> ReliefPath | None:
    """Return the path in which a condition stands.

    Args:
        condition: the condition as written.
        fields: fields of the path, as written; it executes itself unless they say otherwise.
        doc: the document it stands in, for lines.
        line: where the case stands.
        problems: every problem found is added here.

    Returns:
        The path, or None where a problem was added.
    """
    before = len(problems)

    def report(container: object, key: object, problem: str, suggestion: str) -> None:
        where = doc.line(container, key) or line
        problems.append(Problem(doc.file, where, None, problem, suggestion))

    def convert(item: Any) -> Any:
        if not isinstance(item, dict) or "condition" not in item:
            return item
        return item | {"condition": tagged(item["condition"], report)}

    whole = _PATH | fields | {"condition": tagged(condition, report)}
    whole["renewal"] = convert(fields.get("renewal"))
    if isinstance(fields.get("riders"), list):
        whole["riders"] = [convert(item) for item in fields["riders"]]
    if len(problems) > before:
        return None
    for key in (*whole, None):  # what the case leaves out stands nowhere but in the case
        doc.lines[id(whole), key] = doc.lines.get((id(fields), key)) or line or 1
    path = decode(ReliefPath, whole, doc, problems)
    for term in (
        filter(None, (path.term, path.renewal.term if path.renewal else None)) if path else ()
    ):
        try:
            check_term(term)
        except ValueError as error:
            report(fields, "term", str(error), "for example 180 days")
    for node in (node for root in _roots(path) for node in walk(root)) if path else ():
        if isinstance(node, (Imposed, Reimposed)):
            text = "names other measures or a re-imposition, which a condition by itself has not"
            report(condition, None, text, "ask about a measure of the regime instead")
    return path if len(problems) == before else None


def regime_of(path: ReliefPath) -> Regime:
    """Return a regime of one path and one measure, and of the rows that its conditions name."""
    requirements: dict[str, Requirement] = {}
    events: dict[str, Event] = {}
    nodes = [node for root in _roots(path) for node in walk(root)]
    named = [node.finding for node in nodes if isinstance(node, Named) and node.finding]
    facts = [node for node in nodes if isinstance(node, Fact)]
    for leaf in (*facts, *(Fact(kind="finding", id=id_) for id_ in named)):
        if leaf.kind == "event":
            events[leaf.id] = Event(id=leaf.id, text="It happens.", **_CITED)
        elif leaf.kind != "act":
            requirements.setdefault(leaf.id, _requirement(leaf))
    tables: dict[str, Any] = {
        field.name: {} for field in msgspec.structs.fields(Regime) if get_origin(field.type) is dict
    }
    rows: dict[str, Any] = {
        "instruments": {"i-1": _instrument()},
        "measures": {"m-1": _measure()},
        "requirements": requirements,
        "events": events,
        "paths": {path.id: path},
        "paths_of": {"m-1": (path.id,)},
    }
    return Regime(
        id="alone", name="A condition by itself", target="nobody", summary="", edition="alone",
        reference_date=date(2000, 1, 1), known_until=date(2199, 12, 31), **(tables | rows),
    )  # fmt: skip


def _roots(path: ReliefPath) -> Iterator[Condition]:
    """Yield every condition that a path carries."""
    yield path.condition
    if path.renewal is not None:
        yield path.renewal.condition
    for rider in path.riders:
        yield rider.condition


def _requirement(leaf: Fact) -> Requirement:
    return Requirement(
        id=leaf.id, text="It is done.", binding="binding", areas=(), determined_by="council",
        kind="conduct" if leaf.kind == "requirement" else "finding", levels=get_args(Level),
        pin="sure", **_CITED,
    )  # fmt: skip


def _instrument() -> Instrument:
    return Instrument(
        id="i-1", title="Law", issuer="council", kind="us-statute", adopted=date(1800, 1, 1),
        **_CITED,
    )  # fmt: skip


def _measure() -> Measure:
    return Measure(
        id="m-1", instrument="i-1", provision="s. 1", pin="sure", kind="ban", restricts="Trade.",
        binds="all", effective=date(1800, 1, 1), domain="trade", livelihood="civilian",
        binding="binding", sources=(), confidence="analyst",
    )  # fmt: skip
