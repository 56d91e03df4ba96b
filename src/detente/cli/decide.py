"""``detente decide`` and ``decisions``: what somebody decided on a hit, kept until it changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.options import DAY, as_json, emit, output_options, show
from detente.cli.screen import query_of, who_options
from detente.errors import UsageError

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

    from detente import parties, places
    from detente.screening.decisions import Decision, entry_digest, query_digest, record
    from detente.store.read import find_id, party_at
    from detente.store.schema import opened

    path = places.store(store)
    with opened(path) as connection:
        found = find_id(connection, entry)
        if len(found) != 1:
            what = "no entry" if not found else "entries of several lists"
            raise UsageError(f"{entry!r} names {what}; give its id, as in ofac-sdn:12211")
        party = party_at(connection, *found[0])
    if party is None:
        raise UsageError(f"{entry} is no longer listed; there is nothing to decide")
    day = when or datetime.now().astimezone().date()
    made = Decision(
        query=query_digest(query_of(name, who)), entry=party.id, entry_digest=entry_digest(party),
        verdict=verdict, by=by, why=why, when=day, name=name,
    )  # fmt: skip
    line = record(Path(file) if file else parties.decisions_beside(path), made)
    if form == "json":
        emit(as_json({"schema": "detente.decision/1", "decision": made, "hash": line.hash}), output)
    else:
        emit(f"{name}: {verdict} against {party.name} ({party.id})", output)


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
    from detente.screening.decisions import TamperedError, kept

    path = parties.decisions_file(places.store(store), file)
    try:
        found = kept(path, head)
    except TamperedError as error:
        if form != "json":
            emit(str(error), output)
            return 1
        problem = {"file": error.file, "line": error.line, "id": None, "problem": error.problem,
                   "suggestion": error.remedy}  # fmt: skip
        emit(as_json({**_DECISIONS, "decisions": [], "problems": [problem]}), output)
        return 1
    if form == "json":
        told = {**_DECISIONS, "decisions": found.decisions, "head": found.head, "problems": []}
        emit(as_json(told), output)
        return 0
    from detente.report.hits import decisions_page

    show(decisions_page(found), form, output)
    return 0


_DECISIONS = {"schema": "detente.decisions/1"}
