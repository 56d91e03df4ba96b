"""``detente lists update``: new editions from their issuers."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.listed import store_option
from detente.cli.options import as_csv, as_json, emit, output_options, show
from detente.errors import DetenteError, UnknownIdError

if TYPE_CHECKING:
    from detente.lists.addresses import Source
    from detente.store.take import Import


@click.command()
@click.argument("wanted", metavar="[SOURCE]...", nargs=-1)
@click.option("--files", "set_name", metavar="SET",
              help="Which files: csv, xml, advanced, enhanced, ... by source.")  # fmt: skip
@click.option("--addresses", metavar="FILE", envvar="DETENTE_ADDRESSES",
              help="A TOML file of addresses that go before those that come along.")  # fmt: skip
@click.option("--again", is_flag=True, help="Fetch even what has not changed.")
@click.option("--force", is_flag=True,
              help="Take an edition even where half the entries are missing.")  # fmt: skip
@store_option
@output_options("table", "json", "md", "csv")
def update(
    wanted: tuple[str, ...],
    set_name: str | None,
    addresses: str | None,
    again: bool,
    force: bool,
    store: str | None,
    form: str,
    output: str | None,
) -> int:
    """Fetch new editions of SOURCEs (all, if none is named) from their issuers, and import them.

    What has not changed is not sent again. Where a source fails, the others go on and the exit
    code is 2; what was imported before stays in force.
    """
    from detente import places
    from detente.lists.addresses import sources
    from detente.store.schema import opened

    known = sources(Path(addresses) if addresses else None)
    for id_ in wanted:
        if id_ not in known:
            raise UnknownIdError("source", id_, known)
    taken: list[Import] = []
    unchanged: list[str] = []
    failed: dict[str, str] = {}
    with opened(places.store(store), write=True) as connection:
        for id_ in dict.fromkeys(wanted or known):
            try:
                result = _update(connection, id_, known[id_], set_name, again, force)
            except DetenteError as error:
                failed[id_] = str(error)
                click.echo(f"detente: {id_}: {error}", err=True)
                continue
            if result is None:
                unchanged.append(id_)
            else:
                taken.append(result)
    _tell(taken, unchanged, failed, form, output)
    return 2 if failed else 0


def _update(
    connection: sqlite3.Connection,
    id_: str,
    source: Source,
    set_name: str | None,
    again: bool,
    force: bool,
) -> Import | None:
    """Fetch one source and import it; None where nothing has changed."""
    from detente.lists.fetch import Validator, fetch
    from detente.store.fetched import remember, remembered
    from detente.store.take import take_files

    said = {} if again else remembered(connection, id_)
    validators = {
        address: Validator(etag=etag, modified=modified)
        for address, (etag, modified) in said.items()
    }
    with _Progress() as progress:
        found = fetch(
            source.files(set_name), validators, ca_file=source.ca_file, progress=progress.told
        )
    if found is None:
        return None
    result = take_files(
        connection, found.files, server=found.moment, named=f"the edition of {id_}", force=force,
        source=id_, latest=latest_day(),
    )  # fmt: skip
    remember(connection, id_, found.validators)
    return result


def latest_day() -> str:
    """Return the last day on which an edition can have been published: tomorrow, somewhere."""
    return (datetime.now(UTC) + timedelta(days=1)).date().isoformat()  # the clock, at the edge


class _Progress:
    """A bar on standard error for each file, where a person looks on."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._address = ""
        self._done = 0

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def told(self, address: str, received: int, total: int | None) -> None:
        """Show that so many bytes of a file have come."""
        if not sys.stderr.isatty():
            return
        if address != self._address or received < self._done:  # another file, or another try
            self._end()
            label = address.rpartition("/")[2]
            self._bar = click.progressbar(length=total or 0, label=label, file=sys.stderr)
            self._bar.__enter__()
            self._address, self._done = address, 0
        self._bar.update(received - self._done)
        self._done = received

    def _end(self) -> None:
        if self._bar is not None:
            with suppress(OSError):
                self._bar.__exit__(None, None, None)
            self._bar = None


def _tell(
    taken: list[Import],
    unchanged: list[str],
    failed: dict[str, str],
    form: str,
    output: str | None,
) -> None:
    if form == "json":
        document = {
            "schema": "detente.update/1", "imports": taken, "unchanged": unchanged,
            "failed": failed,
        }  # fmt: skip
        emit(as_json(document), output)
    elif form == "csv":
        emit(as_csv([row for result in taken for row in result.rows()]), output)
    else:
        from detente.report.lists import update_page

        show(update_page(taken, unchanged, failed), form, output)
