"""``detente unlock`` and ``detente probability``."""

from __future__ import annotations

from datetime import date

import click

from detente.cli.options import (
    answer,
    cited_report,
    evidence_of,
    output_options,
    question_options,
    typed,
    warn_beyond,
)


@click.command()
@click.argument("measures", nargs=-1, required=True)
@click.option("--cheapest", is_flag=True, help="Only the cheapest set, proved so.")
@click.option("--all", "limit", type=click.IntRange(1, 10_000), default=20, show_default=True,
              metavar="N", help="All minimal sets, at most N.")  # fmt: skip
@click.option("--pareto", is_flag=True, help="The skyline over cost and measures opened.")
@click.option("--costs", type=click.Path(exists=True, dir_okay=False), metavar="FILE",
              help="YAML of cost ranges by fact (see the data format).")  # fmt: skip
@question_options
@output_options("table", "json", "md", "html", "pdf", "csv")
def unlock(
    measures: tuple[str, ...],
    cheapest: bool,
    limit: int,
    pareto: bool,
    costs: str | None,
    regime_ref: str,
    as_of: date | None,
    known_on: date | None,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Find the smallest sets of conduct, findings and acts that open MEASURES together.

    For measures that rest on judgement alone, the act is named and, apart from it, the grounds.
    """
    from detente import api
    from detente.errors import UsageError

    if cheapest and pareto:
        raise UsageError("--cheapest and --pareto are two questions; ask one of them")
    regime = api.load(regime_ref)
    warn_beyond(regime, as_of)
    result = api.unlock(
        regime,
        measures,
        evidence_of(regime, evidence_files, store, reading),
        as_of=as_of,
        known_on=known_on,
        search="cheapest" if cheapest else "pareto" if pareto else "all",
        limit=limit,
        costs=costs,
        command=typed(),
    )
    from detente.report.unlocked import page_of

    answer(
        result,
        form,
        output,
        lambda: page_of(result, regime),
        cited_report([regime], result.receipt),
    )


@click.command()
@click.argument("measures", nargs=-1, required=True)
@question_options
@output_options("table", "json", "md", "html", "pdf", "csv")
def probability(
    measures: tuple[str, ...],
    regime_ref: str,
    as_of: date | None,
    known_on: date | None,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Give the chance that MEASURES can be lifted, from findings with probabilities.

    Facts that are unknown and have no probability widen the answer to a range. Facts are taken
    as independent, apart from levels of one requirement.
    """
    from detente import api
    from detente.relief.chance import chances_of

    regime = api.load(regime_ref)
    warn_beyond(regime, as_of)
    found = evidence_of(regime, evidence_files, store, reading)
    rows = chances_of(regime, found, measures, as_of or regime.reference_date, known_on)
    from detente.report.unlocked import chances_page

    answer(rows, form, output, lambda: chances_page(rows))
