"""``detente lists``: official lists, their history, and what rests on which measure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.listed import store_option, under, whatif
from detente.cli.options import answer, as_csv, as_json, emit, output_options, show
from detente.cli.update import update
from detente.errors import DetenteError, UsageError

if TYPE_CHECKING:
    from detente.report.page import Page
    from detente.store.compare import Compared

moment_option = click.option(
    "--as-of", metavar="DATE", help="The lists as they stood on that day; the newest by default."
)
source_option = click.option(
    "--source", "only", multiple=True, metavar="LIST",
    help="Only this list: ofac-sdn, ofac-nonsdn, un-sc, eu-fsf, uk-sanctions; may be repeated.",
)  # fmt: skip


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

    _check_day(date)
    results: list[Import] = []
    failed = 0
    with opened(places.store(store), write=True) as connection:
        for path in _named(files):
            try:
                results.append(take(connection, path, date, force=force))
            except DetenteError as error:
                if len(files) == 1:
                    raise
                failed += 1
                click.echo(f"detente: {path}: {error}", err=True)
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


def _check_day(given: str | None) -> None:
    """Refuse a day that has not come: the edition would be the newest for ever."""
    from detente.lists.moments import asked

    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()  # the clock, at the edge
    if given is not None and asked(given)[:10] > tomorrow:
        raise UsageError(f"--date {given} has not come yet; give the day of the edition")


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
        compared = {result.before.source: result}
    else:
        compared = _compared_days(first, last, only, store)
    if form == "json":
        emit(as_json(changes_json(compared, first, last)), output)
    elif form == "csv":
        emit(as_csv(changes_rows(compared)), output)
    else:
        show(changes_page(compared), form, output)


def _compared_days(
    first: str, last: str, only: tuple[str, ...], store: str | None
) -> dict[str, Compared]:
    """Compare every list, or those asked for, between two days."""
    from detente import places
    from detente.lists.moments import asked
    from detente.store.compare import compare_days
    from detente.store.read import edition_at, known_source, sources
    from detente.store.schema import opened

    a, b = asked(first), asked(last)
    compared: dict[str, Compared] = {}
    with opened(places.store(store)) as connection:
        for source in [known_source(connection, name) for name in only] or sources(connection):
            if not only and edition_at(connection, source, min(a, b)) is None:
                click.echo(f"detente: no edition of {source} by {min(a, b)} is held", err=True)
                continue
            compared[source] = compare_days(connection, source, a, b)
    if not compared:
        raise UsageError(f"no list has an edition by {min(a, b)}; see what is held: lists stats")
    return compared


@lists.command()
@moment_option
@source_option
@store_option
@output_options("ftm", "json", "store")
def export(
    form: str, output: str | None, as_of: str | None, only: tuple[str, ...], store: str | None
) -> None:
    """Write the parties of a day for other tools: FollowTheMoney entities, one a line, or JSON.

    With --format store, every edition and every stretch of every entry's life is written, a line
    each; two stores into which the same editions went give the same lines.
    """
    from detente import places
    from detente.entities.ftm import to_lines
    from detente.lists.moments import asked
    from detente.store.export import lines
    from detente.store.read import known_source, parties_at, sources
    from detente.store.schema import opened

    if form == "store" and (as_of or only):
        raise UsageError("--format store writes everything; leave out --as-of and --source")
    with opened(places.store(store)) as connection:
        if form == "store":
            emit("".join(f"{line}\n" for line in lines(connection)), output)
            return
        day = asked(as_of) if as_of else None
        chosen = [known_source(connection, name) for name in only] or sources(connection)
        parties = [party for name in chosen for party in parties_at(connection, name, day)]
    if form == "json":
        emit(as_json({"schema": "detente.parties/1", "as_of": day, "parties": parties}), output)
    else:
        emit(b"".join(to_lines(parties)), output)


@lists.command()
@click.argument("source", metavar="LIST")
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@moment_option
@store_option
@output_options("table", "json")
def restore(
    source: str, folder: str, as_of: str | None, store: str | None, form: str, output: str | None
) -> None:
    """Write the edition of LIST that held on a day to FOLDER, byte for byte as it was published."""
    from detente import places
    from detente.lists.moments import asked
    from detente.store.content import restored
    from detente.store.read import edition_at, known_source
    from detente.store.schema import opened

    with opened(places.store(store)) as connection:
        known_source(connection, source)
        edition = edition_at(connection, source, asked(as_of) if as_of else None)
        if edition is None:
            raise UsageError(f"no edition of {source} by {as_of} is held; see detente lists stats")
        files = restored(connection, edition.id)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        emit(data, str(place / Path(name).name))
    if form == "json":
        told = {"schema": "detente.restored/1", "edition": edition, "folder": str(place)}
        emit(as_json(told), output)
    else:
        emit(f"{source} of {edition.moment}: {', '.join(files)} in {folder}", output)


@lists.command()
@click.argument("source", metavar="LIST")
@click.argument("moment", metavar="MOMENT")
@store_option
@output_options("table", "json")
def forget(source: str, moment: str, store: str | None, form: str, output: str | None) -> None:
    """Take the edition of LIST of a day or MOMENT out again, as if it had never been imported."""
    from detente import places
    from detente.lists.moments import asked
    from detente.store import write
    from detente.store.read import editions, known_source
    from detente.store.schema import opened

    with opened(places.store(store), write=True) as connection:
        known_source(connection, source)
        when = asked(moment)
        if not write.forget(connection, source, when):
            held = ", ".join(edition.moment for edition in editions(connection, source)[-6:])
            raise UsageError(f"no edition of {source} of {when} is held; the last are {held}")
    if form == "json":
        emit(as_json({"schema": "detente.forgotten/1", "source": source, "moment": when}), output)
    else:
        emit(f"{source} of {when} is forgotten", output)


@lists.command()
@store_option
@output_options("table", "json")
def verify(store: str | None, form: str, output: str | None) -> int:
    """Read every edition of the store again, and compare. Exits 1 where something is wrong."""
    from detente import places
    from detente.store.read import editions
    from detente.store.schema import opened
    from detente.store.verify import faults

    with opened(places.store(store)) as connection:
        count, found = len(editions(connection)), list(faults(connection))
    if form == "json":
        told = {"schema": "detente.verified/1", "editions": count, "faults": found}
        emit(as_json(told), output)
    else:
        wrong = [" ".join(filter(None, (f.source, f.moment, f.problem))) for f in found]
        emit("\n".join([*wrong, f"{count} editions read again, {len(found)} faults"]), output)
    return 1 if found else 0


lists.add_command(update)
lists.add_command(under)
lists.add_command(whatif)
