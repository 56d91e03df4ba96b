"""``detente lists export``, ``restore``, ``forget``, ``verify``: what is kept, given out again."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.listed import moment_option, source_option, store_option
from detente.cli.options import as_json, emit, output_options
from detente.errors import UsageError


@click.command()
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
        named = [known_source(connection, name) for name in dict.fromkeys(only)]
        chosen = named or sources(connection)
        parties = [party for name in chosen for party in parties_at(connection, name, day)]
    if form == "json":
        emit(as_json({"schema": "detente.parties/1", "as_of": day, "parties": parties}), output)
    else:
        emit(b"".join(to_lines(parties)), output)


@click.command()
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


@click.command()
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


@click.command()
@click.option("--reread", is_flag=True, help="Keep what differs as this version reads it.")
@store_option
@output_options("table", "json")
def verify(reread: bool, store: str | None, form: str, output: str | None) -> int:
    """Read every edition of the store again, and compare. Exits 1 where something is wrong.

    A newer version may read an edition better than the one that took it in: then --reread keeps
    it as it is read now.
    """
    from detente import places
    from detente.store import verify as checking
    from detente.store.read import editions
    from detente.store.schema import opened

    with opened(places.store(store), write=reread) as connection:
        found = list(checking.faults(connection))
        for fault in found if reread else ():
            if fault.source is not None and fault.moment is not None:
                checking.reread(connection, fault.source, fault.moment)
        if reread and found:
            found = list(checking.faults(connection))
        count = len(editions(connection))
    if form == "json":
        told = {"schema": "detente.verified/1", "editions": count, "faults": found}
        emit(as_json(told), output)
    else:
        wrong = [" ".join(filter(None, (f.source, f.moment, f.problem))) for f in found]
        emit("\n".join([*wrong, f"{count} editions read again, {len(found)} faults"]), output)
    return 1 if found else 0
