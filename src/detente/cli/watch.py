"""``detente watch``: the backsliding monitor."""

from __future__ import annotations

from datetime import date

import click

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
)
from detente.errors import UsageError


@click.command()
@click.option("--since", type=DAY, metavar="DATE", help="Only what happened on that day or later.")
@click.option("--until", type=DAY, metavar="DATE", help="Only what happened by that day.")
@click.option("--regime", "regimes", multiple=True, metavar="NAME|FOLDER",
              help="Only this regime; may be repeated. All that ship by default.")  # fmt: skip
@click.option("--source", "only", multiple=True, metavar="LIST",
              help="Only this list; may be repeated. All that are held by default.")  # fmt: skip
@click.option("--fail", is_flag=True, help="Exit 1 where an event may be backsliding.")
@evidence_option
@store_option
@output_options("table", "json", "md", "csv", "atom", "svg", "png")
def watch(
    since: date | None,
    until: date | None,
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
    from detente import api, listings
    from detente.law.find import names

    if evidence_files and len(regimes) != 1:
        raise UsageError("a file of findings is about one regime; name it with --regime")
    loaded = [api.load(ref) for ref in regimes or names()]
    evidence = {regime.id: evidence_of(regime, evidence_files, store) for regime in loaded}
    result = listings.watch(loaded, evidence, lists=only, since=since, until=until, store=store)
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

        show(watch_page(result), form, output)
    return 1 if fail and any(event.alarm for event in result.events) else 0
