"""``detente evidence``: the ledger of findings."""

from __future__ import annotations

from datetime import date

import click

from detente.cli.options import (
    as_csv,
    as_json,
    emit,
    output_options,
    regime_option,
    show,
    store_option,
)


@click.group()
def evidence() -> None:
    """Keep a ledger of findings in which any later change shows."""


@evidence.command()
@click.option("--requirement", metavar="ID", help="The requirement it is about.")
@click.option("--component", metavar="ID", help="The component it is about.")
@click.option("--finding", metavar="ID", help="The decision-maker's finding that was made.")
@click.option("--act", metavar="PATH", help="The relief path whose decider acted.")
@click.option("--event", metavar="ID", help="The public event that happened.")
@click.option("--extent", metavar="LEVEL", help="How far it has come: none ... met.")
@click.option("--made/--not-made", default=None, help="For decisions: done, or known undone.")
@click.option("--verification", metavar="WORD", required=True,
              help="How well it is known: claimed, observed, inspected, verified.")  # fmt: skip
@click.option("--happened", metavar="DATE", required=True, help="When it was so.")
@click.option("--recorded", metavar="DATE", help="When it became known; today by default.")
@click.option("--source", "sources", multiple=True, required=True, metavar="ID|TEXT",
              help="A source id, an address or a title; may be repeated.")  # fmt: skip
@click.option("--confidence", metavar="WORD", default="verified-secondary", show_default=True,
              help="How the statement itself is known.")  # fmt: skip
@click.option("--statement", metavar="TEXT", help="What is found, in a sentence.")
@click.option("--path", metavar="PATH", help="For decisions: the relief path they were under.")
@click.option("--measure", "measures", multiple=True, metavar="ID",
              help="For decisions: the measures they cover; may be repeated.")  # fmt: skip
@click.option("--party", "parties", multiple=True, metavar="ID",
              help="A listed party that alone it is about; may be repeated.")  # fmt: skip
@click.option("--fraction", metavar="LOW,CENTRAL,HIGH", help="Share of a component's end-state.")
@click.option("--probability", metavar="LOW,CENTRAL,HIGH", help="For forecasts: the chance.")
@click.option("--arguable", is_flag=True, help="A disputed reading; counts as unknown.")
@click.option("--corrects", metavar="ID", help="The entry that this one replaces.")
@click.option("--id", "id_", metavar="ID", help="Its own id; made from subject and date.")
@click.option("--note", metavar="TEXT", help="Remarks.")
@regime_option
@store_option
@output_options("table", "json")
def add(regime_ref: str, store: str | None, form: str, output: str | None, **given: object) -> None:
    """Add a finding to the ledger. Nothing is ever overwritten: corrections point back."""
    from detente import api, places
    from detente.report.ledger import added_json

    regime = api.load(regime_ref)
    given["recorded"] = given["recorded"] or date.today().isoformat()  # the clock, at the edge
    path = places.ledger(store)
    entry = api.record(regime, path, given)
    if form == "json":
        emit(as_json(added_json(path, entry)), output)
    else:
        emit(f"entry {entry.n} {entry.finding.id} added to {path}\nhead {entry.hash}", output)


@evidence.command()
@click.option("--known-on", metavar="DATE", help="Only entries recorded by then.")
@store_option
@output_options("table", "json", "md", "csv")
def log(known_on: str | None, store: str | None, form: str, output: str | None) -> None:
    """List the ledger's entries, oldest first."""
    from detente import places
    from detente.days import day_of
    from detente.report.ledger import known, log_json, log_page, rows_of

    path = places.ledger(store)
    day = day_of(known_on)
    if form == "json":
        emit(as_json(log_json(path, day)), output)
    elif form == "csv":
        emit(as_csv(rows_of(known(path, day))), output)
    else:
        show(log_page(known(path, day), str(path)), form, output)


@evidence.command()
@click.option("--head", metavar="HASH", help="A head noted elsewhere, to be found again.")
@store_option
@output_options("table", "json")
def verify(head: str | None, store: str | None, form: str, output: str | None) -> int:
    """Check every entry, the chain and the end of the ledger. Exits 1 where it was changed."""
    from detente import places
    from detente.evidence import ledger
    from detente.report.ledger import verified_json

    path = places.ledger(store)
    if form == "json":
        told = verified_json(path, head)
        emit(as_json(told), output)
        return 1 if told["problems"] else 0
    problems = ledger.problems(path, head)
    if problems:
        text = "\n".join(map(str, problems))
    else:
        checked = ledger.verify(path, head)
        text = f"{path}: {checked.entries} entries, unchanged\nhead {checked.head}"
        if checked.ahead:
            text += "\nthe last entry is not yet in the head file: a run was stopped there"
        if checked.since:
            text += f"\n{checked.since} entries since the head given"
    emit(text, output)
    return 1 if problems else 0
