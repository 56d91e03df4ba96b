"""The legal cases: law, evidence and the answer, in a lawyer's words.

Those of ``tests/cases/*.yaml`` are about the bundled regime of North Korea; a bundled regime may
ship more of them in its own folder.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import detente
from detente.cases.files import check, files_of
from detente.cases.judge import judge
from detente.cases.model import Case
from detente.errors import Problem
from detente.evidence.load import shipped
from detente.law.find import BUNDLED

HERE: Final = Path(__file__).parent / "cases"


def collected() -> tuple[list[tuple[str, Case]], list[Problem]]:
    """Return every case with the regime it is about, and what is wrong in their files."""
    cases: list[tuple[str, Case]] = []
    problems: list[Problem] = []
    for name in sorted(path.parent.name for path in BUNDLED.glob("*/regime.yaml")):
        regime = detente.load(name)
        own = sorted(HERE.glob("*.yaml")) if name == "dprk" else []
        found, wrong = check([*own, *files_of(regime)], regime)
        cases += [(name, case) for case in found]
        problems += wrong
    return cases, problems


CASES, PROBLEMS = collected()
OURS: Final = [case for _, case in CASES if Path(case.file).parent == HERE]
each_case = pytest.mark.parametrize(
    ("regime", "case"), CASES, ids=[f"{regime}: {case.name}" for regime, case in CASES]
)


@each_case
def test_the_law_answers_as_the_case_says(regime: str, case: Case) -> None:
    """Every answer that a case expects is the answer that the engine gives."""
    law = detente.load(regime)
    assert [str(fault) for fault in judge(case, law, shipped(law)).faults] == []


def test_a_case_is_about_one_thing_and_expects_something() -> None:
    """A case has only keys that are read, its ids exist, and nothing it expects is empty."""
    assert [str(problem) for problem in PROBLEMS] == []


def test_the_cases_are_many_and_cover_every_finding_of_the_law() -> None:
    """There are at least forty cases, each with its own name, on all fourteen findings."""
    names = [case.name for case in OURS]
    found = (re.match(r"Finding (\d+): ", name) for name in names)
    assert len(OURS) >= 40
    assert len(set(names)) == len(names)
    assert {int(match[1]) for match in found if match} == set(range(1, 15))
