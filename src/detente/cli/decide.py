"""``detente decide`` and ``decisions``: what somebody decided on a hit, kept until it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.options import DAY, as_json, emit, output_options, show
from detente.cli.screen import query_of, who_options

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("entry")
@click.argument("name")
@click.argument("verdict", type=click.Choice(("cleared", "confirmed", "withdrawn")))
@click.option("--by", required=True, metavar="WHO", help="Who decided.")
@click.option("--why", required=True, metavar="TEXT", help="The reasons, in words.")
@click.option("--on", "when", type=DAY, metavar="DATE", help="The day; today by default.")
@who_options
@click.option("--decisions", "file", metavar="FILE", help="The file; beside the store by default.")
@click.option(
    "--store", metavar="PATH", help="The store in which editions are kept (DETENTE_STORE)."
)
@output_options("table", "json")
def decide(
    entry: str,
    name: str,
    verdict: Any,
    by: str,
    why: str,
    when: date | None,
    file: str | None,
    store: str | None,
    form: str,
    output: str | None,
    **who: Any,
) -> None:
    """Record whether NAME is the listed party ENTRY: cleared, confirmed, or withdrawn.

    Give the same data as when it was screened: another date of birth is another query. A decision
    stands until the list changes the entry.
    """
    from datetime import datetime

    from detente import parties

    day = when or datetime.now().astimezone().date()
    line = parties.decide(
        store, entry, query_of(name, who), verdict, by=by, why=why, when=day, file=file
    )
    if form == "json":
        emit(
            as_json({"schema": "detente.decision/1", "decision": line.decision, "hash": line.hash}),
            output,
        )
    else:
        emit(f"{name}: {verdict} against {line.listed} ({line.decision.entry})", output)


@click.command()
@click.option("--decisions", "file", metavar="FILE", help="The file; beside the store by default.")
@click.option("--head", metavar="DIGEST", help="A digest noted elsewhere that must still be there.")
@click.option(
    "--store", metavar="PATH", help="The store in which editions are kept (DETENTE_STORE)."
)
@output_options("table", "json", "md")
def decisions(
    file: str | None, head: str | None, store: str | None, form: str, output: str | None
) -> int:
    """List the decisions on hits, and verify that none was changed since it was recorded.

    Prints the digest of the last line, to be noted elsewhere. Exits 1 where one was changed.
    """
    from detente import parties, places
    from detente.report.hits import decisions_json, tampered_json
    from detente.screening.decisions import TamperedError, kept

    path = parties.decisions_file(places.store(store), file)
    try:
        found = kept(path, head)
    except TamperedError as error:
        if form != "json":
            emit(str(error), output)
            return 1
        emit(as_json(tampered_json(error)), output)
        return 1
    if form == "json":
        emit(as_json(decisions_json(found)), output)
        return 0
    from detente.report.hits import decisions_page

    show(decisions_page(found), form, output)
    return 0
