"""Judging cases: is every answer the one that is expected?

An expected word must equal the answer's. A text, or each item of a list, that is expected of a
name in ``PARTS`` must be contained in the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from detente.cases.answers import answers
from detente.cases.files import files_of, load
from detente.cases.model import Case, Fault, Result, Results
from detente.errors import DetenteError
from detente.evidence.load import Evidence, shipped
from detente.law.regime import Regime

PARTS: Final = frozenset({
    "reason", "state", "eases", "no_path", "waits_for", "floor", "beside", "says", "has", "lacks",
})  # fmt: skip


def run(regime: Regime) -> Results:
    """Judge every case that ships with a regime.

    Raises:
        DataError: a file of cases, or of evidence, has problems.
    """
    results = tuple(judged(load(files_of(regime), regime), regime))
    ok = sum(result.ok for result in results)
    return Results(regime=regime.id, ok=ok, fails=len(results) - ok, cases=results)


def judged(cases: Iterable[Case], regime: Regime) -> Iterator[Result]:
    """Yield what became of each case, judged on the regime for which it was read."""
    baseline = shipped(regime)
    for case in cases:
        yield judge(case, regime, baseline)


def judge(case: Case, regime: Regime, baseline: Evidence) -> Result:
    """Return what became of one case.

    Args:
        case: the case.
        regime: the regime for which it was read.
        baseline: the evidence that ships with the regime.
    """
    faults: list[Fault] = []
    try:
        for about, seen in answers(case, regime, baseline):
            several = f"{about}: " if len(case.about) > 1 else ""
            faults += (_of(several, fault) for fault in wrong(case.expect, seen))
    except (DetenteError, ValueError, OverflowError) as error:  # a term beyond the calendar
        faults.append(Fault("the case", "an answer", None, f"none ({error})"))
    file = Path(case.file)
    inside = regime.folder != "" and file.is_relative_to(regime.folder)
    shown = file.relative_to(regime.folder).as_posix() if inside else case.file
    return Result(name=case.name, ok=not faults, faults=tuple(faults), file=shown, line=case.line)


def _of(about: str, fault: Fault) -> Fault:
    return Fault(f"{about}{fault.of}", fault.expected, fault.got, fault.why)


def wrong(
    expected: Mapping[str, Any], seen: Mapping[str, Any], part: bool = False, of: str = ""
) -> Iterator[Fault]:
    """Yield where an answer is not the one expected.

    Args:
        expected: what the case expects, by name.
        seen: the answers, by name.
        part: whether a text or list need only be contained in the answer.
        of: what both are about.
    """
    for key, wanted in expected.items():
        about, partly = f"{of} {key}".strip(), part or key in PARTS
        if key not in seen:
            there = ", ".join(sorted(seen)) or "none"
            yield Fault(about, wanted, None, f"no such answer (there are: {there})")
            continue
        got = seen[key]
        if isinstance(wanted, dict) and isinstance(got, dict):
            yield from wrong(wanted, got, partly, about)
        elif not partly:
            if wanted != got:
                yield Fault(about, wanted, got)
        elif isinstance(wanted, str):
            if wanted not in got:
                yield Fault(about, wanted, got)
        elif not set(wanted) <= set(got):
            yield Fault(about, wanted, [item for item in wanted if item in got])
