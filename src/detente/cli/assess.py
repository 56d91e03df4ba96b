"""``detente assess`` and ``detente why``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from detente.cli.options import (
    DAY,
    answer,
    as_json,
    as_of_option,
    cited_report,
    emit,
    evidence_of,
    evidence_option,
    known_on_option,
    output_options,
    question_options,
    show,
    store_option,
    typed,
    warn_beyond,
)
from detente.readings import regime_for, told_apart

if TYPE_CHECKING:
    from detente.report.document import Report
    from detente.report.page import Page


@click.command()
@click.argument("offer")
@click.option("--regime", "regime_ref", metavar="NAME|FOLDER", help="The regime; the offer's own.")
@click.option(
    "--reading", "readings", multiple=True, metavar="NAME",
    help="How the ask is read (the asker's own words), or contested findings; one of each.",
)  # fmt: skip
@click.option(
    "--scope", type=click.Choice(["narrow", "broad"]), help="How disputed gives are read."
)
@click.option("--rule", metavar="NAME", help="Show one rule's answer only.")
@click.option(
    "--revival", type=click.Choice(["revive", "lapse"]),
    help="Whether older caps revive when their successor is lifted; both are shown otherwise.",
)  # fmt: skip
@as_of_option
@known_on_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def assess(
    offer: str,
    regime_ref: str | None,
    readings: tuple[str, ...],
    scope: str | None,
    rule: str | None,
    revival: str | None,
    as_of: date | None,
    known_on: date | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Assess OFFER (a name or a file) against the law and the evidence.

    For every measure asked for: the letter (is there a lawful way out that is open), the spirit
    (what share of its issue areas is verifiably met), now and with the offer kept; who decides,
    what is missing, what remains. Three rules answer accept, counter or walk away.

        detente assess hanoi-2019 --reading entirety
    """
    from detente.api import assess as run
    from detente.relief.assess import chosen_rules

    regime = regime_for(offer, regime_ref)
    rules = chosen_rules(rule)
    warn_beyond(regime, as_of)
    reading, contested = told_apart(regime, offer, readings)
    evidence = evidence_of(regime, evidence_files, store, contested)
    result = run(
        regime,
        offer,
        evidence,
        as_of=as_of,
        known_on=known_on,
        reading=reading,
        scope=scope,  # type: ignore[arg-type]  # click has checked the choice
        revival=revival,  # type: ignore[arg-type]  # click has checked the choice
        rules=rules,
        command=typed(),
    )
    from detente.report.assessment import page_of

    def report(page: Page) -> Report:
        from detente import negotiations
        from detente.report.reports import assessment_report

        bridges = negotiations.bridge(
            regime, offer, evidence, as_of=as_of, known_on=known_on, reading=reading,
            command=typed(),
        )  # fmt: skip
        return assessment_report(page, result, bridges, regime)

    answer(result, form, output, lambda: page_of(result, regime), report)


@click.command()
@click.argument("measure")
@question_options
@click.option(
    "--act-date", type=DAY, metavar="DATE",
    help="Ask about a dealing done on that day; later relief does not reach back to it.",
)  # fmt: skip
@output_options("table", "json", "md", "html", "pdf")
def why(
    measure: str,
    regime_ref: str,
    as_of: date | None,
    known_on: date | None,
    reading: str | None,
    act_date: date | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Explain why MEASURE is open, discretionary, undetermined, barred or ended.

    Every node shows its citation; those on which the answer turns are marked.
    """
    from detente import api

    regime = api.load(regime_ref)
    found = evidence_of(regime, evidence_files, store, reading)
    warn_beyond(regime, as_of, act_date)
    told = api.why(
        regime, measure, found,
        as_of=as_of, known_on=known_on, act_date=act_date, command=typed(),
    )  # fmt: skip
    if form == "json":
        emit(as_json(told), output)
    else:
        from detente.report.explanation import page_of

        show(page_of(told, regime), form, output, cited_report([regime], told.receipt))
