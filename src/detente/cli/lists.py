"""``detente lists``: official lists, their history, and what rests on which measure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.keep import export, forget, restore, verify
from detente.cli.listed import moment_option, source_option, store_option, under, whatif
from detente.cli.options import answer, as_csv, as_json, emit, output_options, show
from detente.cli.update import latest_day, update
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.report.page import Page
    from detente.store.compare import Compared


@click.group()
def lists() -> None:
    """Keep official sanctions lists: import, compare, follow a party, and ask the law."""


@lists.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--date", metavar="DATE", help="The day of the edition, where no file says it.")
@click.option("--force", is_flag=True,
              help="Take an edition even where half the entries are missing.")  # fmt: skip
@store_option
@output_options("table", "json", "md", "csv")
def import_(
    files: tuple[str, ...],
    date: str | None,
    force: bool,
    store: str | None,
    form: str,
    output: str | None,
) -> int:
    """Import editions from FILEs, in any order; their formats are known by what they hold.

    For OFAC's sdn.csv the files alt.csv, add.csv and sdn_comments.csv are taken from beside it.
    An edition that is held already changes nothing. Where one of several files fails, the others
    go on, and the exit code is 2.
    """
    from detente import places
    from detente.store.schema import opened
    from detente.store.take import Import, take

    results: list[Import] = []
    failed = 0
    with opened(places.store(store), write=True) as connection:
        for path in _named(files):
            try:
                results.append(take(connection, path, date, latest=latest_day(), force=force))
            except DetenteError as error:
                if len(files) == 1:
                    raise
                failed += 1
                told = str(error) if str(path) in str(error) else f"{path}: {error}"
                click.echo(f"detente: {told}", err=True)
    if form in ("json", "csv"):  # a page shows them itself
        for warning in (text for result in results for text in result.warnings):
            click.echo(f"detente: {warning}", err=True)
    if form == "json":  # one document for one file, a list for several
        emit(as_json(results[0] if len(files) == 1 else results), output)
    elif form == "csv":
        emit(as_csv([row for result in results for row in result.rows()]), output)
    else:
        from detente.report.lists import import_page

        show(import_page(results), form, output)
    return 2 if failed else 0


def _named(files: tuple[str, ...]) -> list[Path]:
    """The files that are named, without those that are taken from beside another one."""
    from detente.lists.files import beside

    paths = [Path(name) for name in files]
    taken = {found for path in paths for found in beside(path)}
    left = [path for path in paths if path not in taken]
    return left or paths


@lists.command()
@moment_option
@store_option
@output_options("table", "json", "md", "csv")
def stats(as_of: str | None, store: str | None, form: str, output: str | None) -> None:
    """Count what is held of each list, on a day."""
    from detente import places
    from detente.lists.moments import asked
    from detente.store import stats as counting
    from detente.store.schema import opened

    with opened(places.store(store)) as connection:
        result = counting.stats(connection, asked(as_of) if as_of else None)

    def page() -> Page:
        from detente.report.lists import stats_page

        return stats_page(result)

    answer(result, form, output, page)


@lists.command()
@click.argument("party", metavar="PARTY")
@store_option
@output_options("table", "json", "md", "csv")
def log(party: str, store: str | None, form: str, output: str | None) -> None:
    """Tell the life of PARTY on all lists: an id, a number, a reference or a name.

    For example ofac-sdn:12211, KPi.024, "IMO 7937317" or "Office 39".
    """
    from detente import places
    from detente.store import life
    from detente.store.schema import opened

    with opened(places.store(store)) as connection:
        result = life.log(connection, party)

    def page() -> Page:
        from detente.report.lists import log_page

        return log_page(result)

    answer(result, form, output, page)


@lists.command()
@click.argument("first", metavar="A")
@click.argument("last", metavar="B")
@source_option
@store_option
@output_options("table", "json", "md", "csv")
def diff(
    first: str, last: str, only: tuple[str, ...], store: str | None, form: str, output: str | None
) -> None:
    """Compare the lists as they stood on two days, A and B: listed, delisted, amended.

    A and B may also be two files of one list, which need no store. Entries that were renumbered
    or merged are recognised as the same party. A list of which no edition is held by the first
    day is left out, and said so.
    """
    from detente.report.lists import changes_json, changes_page, changes_rows
    from detente.store.compare import compare_files

    if Path(first).is_file() and Path(last).is_file():
        result = compare_files(Path(first), Path(last))
        compared, unknown = {result.before.source: result}, list[str]()
    else:
        compared, unknown = _compared_days(first, last, only, store)
    if form == "json":
        emit(as_json(changes_json(compared, first, last, unknown)), output)
    elif form == "csv":
        emit(as_csv(changes_rows(compared)), output)
    else:
        show(changes_page(compared), form, output)


def _compared_days(
    first: str, last: str, only: tuple[str, ...], store: str | None
) -> tuple[dict[str, Compared], list[str]]:
    """Compare every list, or those asked for, between two days; also of which nothing is known."""
    from detente import places
    from detente.store.compare import compare_all
    from detente.store.schema import opened

    with opened(places.store(store)) as connection:
        compared, unknown, since = compare_all(connection, first, last, only)
    for source in unknown:
        click.echo(f"detente: no edition of {source} by {since} is held", err=True)
    return compared, unknown


for command in (update, under, whatif, export, restore, forget, verify):
    lists.add_command(command)
