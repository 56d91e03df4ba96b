"""``detente screen --file``: a table is screened into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import click

from detente.cli.options import as_json, emit
from detente.cli.screen import desk_of, how_of, is_document
from detente.errors import UsageError


def screen_table(table: str, given: dict[str, Any]) -> int:
    """Screen a table into a file."""
    from detente import batches, parties
    from detente.screening.bulk.run import run

    if given["output"] is None:
        raise UsageError("say where the hits go: -o hits.csv (or .jsonl, .parquet)")
    as_document = is_document(given, "a table's summary (-o says by its ending how hits are)")
    since = given["since"]
    if since is not None:
        since = batches.since_before(since, given["as_of"])
        if given["limit"] is not None:
            raise UsageError("--limit means nothing to --since, which tells all; leave it out")
    desk = desk_of(given)  # what is wrong with store or options is told before any process starts
    known = {}
    for text in given["columns"]:
        column, mark, field = text.rpartition("=")
        if not mark:
            raise UsageError(f"--column {text!r} is no COLUMN=FIELD, as in --column Kunde=name")
        known[column] = field
    state = desk.state
    store, as_of, how = given["store"], given["as_of"], how_of(given)
    factory = partial(batches.answerer, store, as_of, [state], **how)
    if since is not None:
        before = parties.desk(store, as_of=since, **how).state
        factory = partial(batches.changer, store, since, as_of, [before, state], **how)
        state = state | {"lists of --since": before["lists"]}
    with _bar() as progress:
        summary = run(
            table, given["output"], factory,
            workers=given["workers"] or os.cpu_count() or 1, resume=given["resume"],
            progress=progress, mapping=known, strict=given["strict"],
            ids=not given["output"].lower().endswith(".csv"), configuration=state,
        )  # fmt: skip
    if as_document:
        emit(as_json({"schema": "detente.batch/1", **_plain(summary)}), None)
    else:
        from detente.report.hits import summary_line

        click.echo(summary_line(summary), err=True)
    return int(given["fail"] and summary.hits > 0)


def _plain(summary: Any) -> dict[str, Any]:
    import msgspec

    found = msgspec.to_builtins(summary)
    assert isinstance(found, dict)
    return found


class _bar:  # noqa: N801 - used as a context, like a function
    """A progress bar on standard error, where that is a terminal."""

    def __enter__(self) -> Callable[[int, float | None], None]:
        self._bar = click.progressbar(
            length=1000, label="screening", file=sys.stderr, hidden=not sys.stderr.isatty()
        )
        self._bar.__enter__()
        self._at = 0
        return self._told

    def _told(self, rows: int, share: float | None) -> None:
        if share is not None:
            at = int(share * 1000)
            self._bar.label = f"{rows} rows"
            self._bar.update(at - self._at)
            self._at = at

    def __exit__(self, *error: Any) -> None:
        self._bar.__exit__(None, None, None)
