"""Everything that is wrong with a regime: its law, its evidence, its offers and its cases."""

from __future__ import annotations

from pathlib import Path

from detente.cases.files import check as check_cases
from detente.cases.files import files_of as cases_of
from detente.errors import DataError, Problem, nearest
from detente.evidence.files import check_file as check_evidence
from detente.evidence.load import Evidence, merge
from detente.law import find
from detente.law.cache import digest
from detente.law.draft import draft_of, regime_of
from detente.law.load import files
from detente.law.regime import Regime
from detente.law.validate import check
from detente.offers.files import check_file as check_offer
from detente.pressure.files import check_folder as check_pressure
from detente.talks.briefs import check_file as check_brief
from detente.talks.checks import CHECKS


def problems_of(ref: str) -> list[Problem]:
    """Return every problem of a regime at once, in the order of its files.

    Args:
        ref: a regime's name or folder.

    Raises:
        UnknownIdError, UsageError: there is no such regime.
    """
    import msgspec

    folder = find.locate(ref)
    draft = draft_of(folder)
    check(draft)
    if draft.problems:
        return sorted(draft.problems, key=_place)
    regime = msgspec.structs.replace(regime_of(draft, digest(files(folder))), folder=str(folder))
    problems: list[Problem] = []
    evidence: list[Evidence] = []
    for path in sorted((folder / "evidence").glob("*.yaml")):
        file, found = check_evidence(path, regime)
        problems += found
        if file is not None:
            evidence.append(Evidence(file.findings, file.acts_complete_through, (str(path),)))
    try:
        merge(evidence)
    except DataError as error:
        problems += error.problems
    for path in sorted((folder / "readings").glob("*.yaml")):
        problems += _reading(path, regime, {item.id for part in evidence for item in part.findings})
    for path in sorted((folder / "offers").glob("*.yaml")):
        problems += check_offer(path, regime)[1]
    if (folder / "pressure").is_dir():
        problems += check_pressure(folder / "pressure", regime)
    for path in sorted((folder / "briefs").glob("*.yaml")):
        problems += check_brief(path, regime, frozenset(CHECKS))[1]
    problems += check_cases(cases_of(regime), regime)[1]
    return sorted(dict.fromkeys(problems), key=_place)  # a case names its offer's problems again


def _reading(path: Path, regime: Regime, shipped: set[str]) -> list[Problem]:
    """Everything that is wrong with a reading of contested findings."""
    file, problems = check_evidence(path, regime)
    if file is None:
        return problems
    if file.whose is None:
        advice = "say in whose who reads the findings so"
        problems.append(Problem(str(path), 1, file.id, "is nobody's reading", advice))
    for finding in file.findings:
        if finding.corrects not in shipped:
            text = f"takes the place of the unknown finding {finding.corrects!r}"
            advice = nearest(finding.corrects or "", shipped)
            problems.append(Problem(str(path), None, finding.id, text, advice))
    return problems


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line or 0, problem.problem
