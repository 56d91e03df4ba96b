"""``detente audit`` and ``detente snapback``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from detente.cli.options import (
    DAY,
    answer,
    as_csv,
    as_json,
    as_of_option,
    cited_report,
    emit,
    evidence_of,
    evidence_option,
    output_options,
    reading_option,
    regime_option,
    show,
    store_option,
    warn_beyond,
)

if TYPE_CHECKING:
    from detente.report.page import Page


@click.command()
@click.argument("ref", metavar="REGIME")
@click.option("--since", type=DAY, metavar="DATE", help="Only what happened on that day or later.")
@click.option("--until", type=DAY, metavar="DATE", help="Only what happened by that day.")
@reading_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def audit(
    ref: str,
    since: date | None,
    until: date | None,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Hold what in fact happened to REGIME against the law and the evidence of its day.

    Was what was lifted, suspended, waived or re-imposed earned, left to somebody's discretion,
    unearned, early, late, or ended by time alone? Events that gave no relief and took none back
    are listed with no verdict.
    """
    from detente import api

    regime = api.load(ref)
    found = evidence_of(regime, evidence_files, store, reading)
    result = api.audit(regime, found, since=since, until=until, reading=reading)
    if form == "json":
        emit(as_json(result.entries), output)  # detente.audit/1 is a bare list
    elif form == "csv":
        emit(as_csv(result.rows()), output)
    else:
        from detente.report.audit import audit_page

        show(audit_page(result, regime), form, output, cited_report([regime]))


@click.command()
@click.argument("id_", metavar="[ID]", required=False)
@regime_option
@as_of_option
@reading_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def snapback(
    id_: str | None,
    regime_ref: str,
    as_of: date | None,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Show what re-imposes measures, or ID alone: notice, clock, vote, and what comes back."""
    from detente import api

    regime = api.load(regime_ref)
    found = evidence_of(regime, evidence_files, store, reading)
    warn_beyond(regime, as_of)
    result = api.snapback(regime, found, as_of=as_of, only=id_, reading=reading)

    def page() -> Page:
        from detente.report.snapback import snapback_page

        return snapback_page(result, regime)

    answer(result, form, output, page, cited_report([regime]))
