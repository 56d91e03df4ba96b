"""The legal cases of ``tests/cases/*.yaml``: law, evidence and the answer, in a lawyer's words.

A case asks about a measure, an offer, a condition or a row of data, and says what it expects.
An expected word must equal the answer's; a text, list or mapping named in ``PARTS`` must be
contained in it. A key that no answer has is an error, so that a slip cannot make a case empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

import builders
import msgspec
import pytest

import detente
from detente.api import assess
from detente.days import day_of
from detente.evidence.facts import facts_of
from detente.evidence.files import problems_of
from detente.evidence.load import Evidence, merge, shipped
from detente.evidence.model import Finding
from detente.law.read import read
from detente.law.regime import Regime
from detente.relief.assess import grounds_line
from detente.relief.explain import missing_of
from detente.relief.letter import Letters, asks_for_conduct, way_out
from detente.relief.paths import PathStatus, status_of

Case = dict[str, Any]
EVIDENCE: Final = {"known_on", "baseline", "acts_complete_through", "findings"}
KINDS: Final = {
    "measure": {"as_of", "revival", *EVIDENCE},
    "offer": {"as_of", "reading", "revival", *EVIDENCE},
    "condition": {"as_of", "path", *EVIDENCE},
    "row": set[str](),
}
"""What a case may say beside its name and what it expects, by what it asks about."""

PARTS: Final = {
    "reason", "state", "eases", "no_path", "waits_for", "floor", "beside", "says", "has", "lacks",
}  # fmt: skip


def collected() -> list[Case]:
    """Return every case of every file, in the order of the files."""
    files = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    return [case for path in files for case in read(path).data]


CASES: Final = collected()
each_case = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


@each_case
def test_the_law_answers_as_the_case_says(case: Case) -> None:
    """Every answer that a case expects is the answer that the engine gives."""
    assert [fault for seen in answers(case) for fault in wrong(case["expect"], seen)] == []


@each_case
def test_a_case_is_about_one_thing_and_expects_something(case: Case) -> None:
    """A case has only keys that are read, and nothing that it expects is empty."""
    kinds = [kind for kind in KINDS if kind in case]
    assert len(kinds) == 1, f"name exactly one of {', '.join(KINDS)}"
    assert set(case) - {"name", "expect", kinds[0]} <= KINDS[kinds[0]]
    assert case["expect"]
    assert list(empty(case["expect"])) == []


def test_the_cases_are_many_and_cover_every_finding_of_the_law() -> None:
    """There are at least forty cases, each with its own name, on all fourteen findings."""
    names = [case["name"] for case in CASES]
    found = (re.match(r"Finding (\d+): ", name) for name in names)
    assert len(CASES) >= 40
    assert len(set(names)) == len(names)
    assert {int(match[1]) for match in found if match} == set(range(1, 15))


def empty(block: Mapping[str, Any], part: bool = False) -> Iterator[str]:
    """Yield the keys of a block that any answer would satisfy."""
    for key, item in block.items():
        partly = part or key in PARTS
        if item in (None, "", {}) or (item == [] and partly):
            yield key
        yield from empty(item, partly) if isinstance(item, dict) else ()


def wrong(expected: Mapping[str, Any], seen: Mapping[str, Any], part: bool = False) -> list[str]:
    """Return where an answer is not the one expected."""
    faults = []
    for key, wanted in expected.items():
        if key not in seen:
            faults.append(f"{key} is no answer; known are {', '.join(sorted(seen))}")
            continue
        got, partly = seen[key], part or key in PARTS
        if isinstance(wanted, dict) and isinstance(got, dict):
            faults += [f"{key}: {fault}" for fault in wrong(wanted, got, partly)]
        elif partly and not isinstance(wanted, (str, list)):
            faults.append(f"{key} wants a text or a list")
        elif not (_within(wanted, got) if partly else wanted == got):
            faults.append(f"{key} is {got!r}, not {wanted!r}")
    return faults


def _within(wanted: str | list[str], got: Any) -> bool:
    return wanted in got if isinstance(wanted, str) else set(wanted) <= set(got)


def evidence_of(case: Case, regime: Regime) -> Evidence:
    """Return what a case says, verified and on its day unless said otherwise, and what ships.

    ``requirement: r-us-401-*`` speaks of every such requirement, save the one named as ``but``.
    """
    rows: list[Finding] = []
    for number, said in enumerate(case.get("findings", ()), 1):
        fields = {"verification": "verified", "happened": case["as_of"], **said}
        pattern, but = fields.get("requirement", ""), fields.pop("but", None)
        own = [id_ for id_ in regime.requirements if fnmatchcase(id_, pattern) and id_ != but]
        assert own or "*" not in pattern, f"no requirement is named like {pattern}"
        assert but in (None, *regime.requirements), f"no requirement is named {but}"
        for id_ in own if "*" in pattern else [pattern]:
            row = {"id": f"case-{number}-{id_}", "sources": ["case"], "confidence": "analyst"}
            row |= {"recorded": fields["happened"], **fields} | (
                {"requirement": id_} if id_ else {}
            )
            row |= {key: str(row[key]) for key in ("happened", "recorded")}
            rows.append(msgspec.convert(row, Finding))
    assert [fault for row in rows for fault in problems_of(row, regime)] == []
    said_by_case = Evidence(tuple(rows), day_of(case.get("acts_complete_through")))
    return merge([shipped(regime), said_by_case]) if case.get("baseline", True) else said_by_case


def answers(case: Case) -> Iterator[dict[str, Any]]:
    """Yield everything that may be expected of what a case asks about."""
    regime = detente.load("dprk")
    if "row" in case:
        table, _, id_ = case["row"].partition("/")
        row = getattr(regime, table)[id_]
        fields = msgspec.to_builtins(row)
        says = {key: str(item) for key, item in fields.items()}
        yield {"says": says, "has": says, "lacks": set(row.__struct_fields__) - set(fields)}
    elif "condition" in case:
        path = builders.path(
            builders.condition_of(case["condition"]),
            **{"self_executing": True, **case.get("path", {})},
        )
        tiny = builders.regime(path)
        evidence = evidence_of({**case, "baseline": False}, tiny)
        facts = facts_of(
            tiny, evidence, tiny.as_of(case["as_of"]).day, day_of(case.get("known_on"))
        )
        yield of_path(status_of(tiny.as_of(case["as_of"]), path, facts))
    elif "offer" in case:
        yield of_offer(case, regime)
    else:
        named = case["measure"]
        yield from (
            of_measure(case, regime, id_) for id_ in ([named] if isinstance(named, str) else named)
        )


def of_path(status: PathStatus) -> dict[str, Any]:
    """Return what can be expected of a path; ``waits_for`` are the dates in its condition."""
    return {
        "value": status.value.word,
        "granted": status.granted.word,
        "discretionary": status.discretionary,
        "asks_for_conduct": asks_for_conduct(status),
        "decided_by": status.path.decided_by,
        "missing": [list(keys) for keys in status.missing().sets],
        "lapses": str(status.lapses),
        "waits_for": [str(atom.due) for atom in status.atoms.values() if atom.due],
    }


def of_measure(case: Case, regime: Regime, id_: str) -> dict[str, Any]:
    """Return what can be expected of a measure; ``path`` are the ending paths that can be used."""
    view = regime.as_of(case["as_of"], case.get("revival", "lapse"))
    facts = facts_of(regime, evidence_of(case, regime), view.day, day_of(case.get("known_on")))
    status = Letters(view, facts).measure(id_)
    eases = [path.id for path in view.easing_paths(id_)]
    ends = {path.path.id: of_path(path) for path in status.paths}
    grounds = {ground for path in status.paths for ground in path.path.grounds}
    return {
        "letter": status.letter,
        "reason": status.why,
        "in_force": id_ in view.in_force,
        "status": status.state.status,
        "state": status.state.why,
        "way_out": way_out(status.paths),
        "path": ends,
        "no_path": set(regime.paths) - {*ends, *eases},
        "eases": eases,
        "grounds": {ground: grounds_line(facts, facts, ground).value for ground in grounds},
        "missing": missing_of(status)[0],
    }


def of_offer(case: Case, regime: Regime) -> dict[str, Any]:
    """Return what can be expected of an assessment."""
    options: dict[str, Any] = {
        key: case.get(key) for key in ("known_on", "as_of", "reading", "revival")
    }
    seen = assess(
        regime, case["offer"], evidence_of({"as_of": "2019-02-28", **case}, regime), **options
    )
    return {
        "counts": {"asked": seen.counts.asked, **msgspec.to_builtins(seen.regime_counts)},
        "letter": seen.counts.letter,
        "letter_if_kept": seen.counts.letter_if_kept,
        "letters": {line.measure: line.letter for line in seen.in_force},
        "rules": {rule.rule: rule.answer for rule in seen.rules},
        "earned": {rule.rule: len(rule.earned) for rule in seen.rules},
        "beside": {rule.rule: str(rule.beside) for rule in seen.rules},
        "reached": seen.requirements_reached,
        "touched": {area.area: area.touched for area in seen.areas},
        "shares": {
            area.area: [
                round(end, 3) for end in (area.if_kept.low, area.if_kept.central, area.if_kept.high)
            ]
            for area in seen.areas
        },
        "floor": {item.measure: item.floor for item in seen.asked},
        "revives": {item.measure: item.revives for item in seen.asked},
    }
