"""``detente compare``: two names, or a table of pairs, held against each other."""

from __future__ import annotations

from typing import Any

import click

from detente.cli.options import as_json, emit, output_options
from detente.cli.screen import KINDS
from detente.errors import UsageError


@click.command()
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--file", "table", metavar="FILE", help="A CSV file with schema, name1 and name2.")
@click.option("--kind", type=click.Choice(KINDS),
              help="What bears the two names.")  # fmt: skip
@output_options("table", "json")
def compare(
    one: str | None, other: str | None, table: str | None, kind: Any, form: str, output: str | None
) -> None:
    """Hold two names against each other, without a list: how likely are they one party's?

    Give ONE and OTHER, or a table of pairs with --file; to its columns come score and match.
    """
    if table is not None:
        from detente.screening import pairs

        if one is not None or kind is not None:
            what = "ONE" if one is not None else "--kind"
            raise UsageError(f"{what} means nothing to a table with --file; leave it out")
        rows = pairs.compared(table)
        emit(as_json(pairs.document(rows)) if form == "json" else pairs.as_csv(rows), output)
        return
    if one is None or other is None:
        raise UsageError("give two names, or a table of pairs with --file PAIRS.csv")
    from detente.screening.compare import THRESHOLD
    from detente.screening.compare import compare as run

    score = run(one, other, kind)
    if form == "json":
        found = {"schema": "detente.comparison/1", "name1": one, "name2": other,
                 "score": score, "match": score >= THRESHOLD}  # fmt: skip
        emit(as_json(found), output)
    else:
        emit(f"{score:.3f}  {'match' if score >= THRESHOLD else 'no match'}", output)
