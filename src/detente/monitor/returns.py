"""Re-impositions judged like paths: has what was eased come back, and by what right."""

from __future__ import annotations

from detente.evidence.facts import Facts
from detente.law.asof import AsOf
from detente.law.ways import Reimposition, ReliefPath
from detente.relief.paths import PathStatus, status_of


def as_path(row: Reimposition) -> ReliefPath:
    """Return a re-imposition as a path, so that its condition is judged by the same rules.

    It executes itself in this form: no act is asked for beside those that its condition names.
    """
    return ReliefPath(
        id=row.id,
        sources=row.sources,
        confidence=row.confidence,
        note=row.note,
        kind="termination",
        title=row.title,
        applies_to=row.applies_to,
        decided_by=row.decided_by,
        condition=row.condition,
        citation=row.citation,
        pin=row.pin,
        self_executing=True,
        procedure=row.procedure,
        riders=row.riders,
    )


def status_of_return(
    view: AsOf, row: Reimposition, facts: Facts, measure: str | None = None
) -> PathStatus:
    """Return whether a re-imposition has taken effect, on a day and on the evidence.

    Args:
        view: the law of the day.
        row: the re-imposition.
        facts: the state of every fact.
        measure: the measure it is asked for, where its riders differ between measures.
    """
    return status_of(view, as_path(row), facts, measure)
