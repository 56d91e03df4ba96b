"""``detente watch``: the backsliding monitor."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, get_args

import click
import msgspec

from detente.cli.options import (
    DAY,
    as_csv,
    as_json,
    emit,
    evidence_of,
    evidence_option,
    output_options,
    show,
    store_option,
    typed,
)
from detente.errors import UsageError
from detente.monitor.watch_results import What

if TYPE_CHECKING:
    from detente.report.document import Report
    from detente.report.page import Page


@click.command()
@click.option(
    "--since", type=DAY, metavar="DATE",
    help="Only what happened, or what an edition shows, on that day or later.",
)  # fmt: skip
@click.option("--until", type=DAY, metavar="DATE", help="Only by that day.")
@click.option("--event", "kinds", multiple=True, type=click.Choice(get_args(What)),
              help="Only events of this kind; may be repeated.")  # fmt: skip
@click.option("--alarms", is_flag=True, help="Only what may be backsliding.")
@click.option("--regime", "regimes", multiple=True, metavar="NAME|FOLDER",
              help="Only this regime; may be repeated. All that ship by default.")  # fmt: skip
@click.option("--source", "only", multiple=True, metavar="LIST",
              help="Only this list; may be repeated. All that are held by default.")  # fmt: skip
@click.option("--fail", is_flag=True, help="Exit 1 where an event may be backsliding.")
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv", "atom", "svg", "png")
def watch(
    since: date | None,
    until: date | None,
    kinds: tuple[str, ...],
    alarms: bool,
    regimes: tuple[str, ...],
    only: tuple[str, ...],
    fail: bool,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> int:
    """Watch for backsliding: delistings, relief, requirements undone, pace, what came back.

    Each delisting stands with the ground that was asked for and whether it is on record; each
    relief with its condition; listings that return together are one event.
    """
    from detente import api, listings, places
    from detente.law.find import names

    if evidence_files and len(regimes) != 1:
        raise UsageError("a file of findings is about one regime; name it with --regime")
    loaded = [api.load(ref) for ref in regimes or names()]
    evidence = {regime.id: evidence_of(regime, evidence_files, store) for regime in loaded}
    missing = not places.store(store).exists()
    if missing and (store or only or fail or os.environ.get("DETENTE_STORE")):
        raise UsageError(f"there is no store at {places.store(store)}; check --store")
    result = listings.watch(loaded, evidence, lists=only, since=since, until=until, store=store)
    if missing:
        text = f"there is no store at {places.store(store)}: nothing is known of listings"
        click.echo(f"detente: {text}", err=True)
    if kinds or alarms:
        shown = [e for e in result.events if (not kinds or e.event in kinds)]
        result = msgspec.structs.replace(
            result, events=tuple(e for e in shown if e.alarm or not alarms)
        )

    def report(page: Page) -> Report:
        from detente.report.reports import watch_report

        digests = [(regime_id, found.digest) for regime_id, found in evidence.items()]
        return watch_report(page, result, loaded, digests, typed())

    if form == "json":
        emit(as_json(result.events), output)  # detente.watch/1 is a bare list
    elif form == "csv":
        emit(as_csv(result.rows()), output)
    elif form == "atom":
        from detente.report.watch import watch_feed

        emit(watch_feed(result), output)
    elif form in ("svg", "png"):
        from detente.report import pictures
        from detente.report.watch_chart import watch_chart

        chart = watch_chart(result)
        emit(pictures.svg(chart) if form == "svg" else pictures.png(chart), output)
    else:
        from detente.report.watch import watch_page

        show(watch_page(result), form, output, report)
    return 1 if fail and any(event.alarm for event in result.events) else 0
