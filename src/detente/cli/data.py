"""``detente regime`` and ``detente offer``."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from detente.cli.options import (
    as_json,
    as_of_option,
    emit,
    evidence_of,
    evidence_option,
    known_on_option,
    output_options,
    reading_option,
    regime_option,
    show,
    store_option,
    warn_beyond,
)


@click.group()
def regime() -> None:
    """List, show, validate or test regimes, or begin one."""


@regime.command("list")
@output_options("table", "json")
def list_(form: str, output: str | None) -> None:
    """List the regimes that are found by name, and where each comes from."""
    from detente.law.find import names
    from detente.rows import regimes

    found = names()
    if form == "json":
        emit(as_json(regimes()), output)
    else:
        emit("\n".join(f"{name:<16}{origin}" for name, origin in found.items()), output)


@regime.command("show")
@click.argument("name")
@as_of_option
@known_on_option
@reading_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf")
def show_(
    name: str,
    as_of: date | None,
    known_on: date | None,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Show what the regime NAME holds, and where every measure stands on a day."""
    from detente import api
    from detente.relief.picture import picture_of
    from detente.report.regime import regime_page
    from detente.rows import summary_of

    law = api.load(name)
    day = as_of or law.reference_date
    warn_beyond(law, as_of)
    evidence = evidence_of(law, evidence_files, store, reading)
    picture = picture_of(law, evidence, day, known_on)
    summary = summary_of(law, picture)
    if form == "json":
        emit(as_json(summary), output)
    else:
        show(regime_page(summary, picture), form, output)


@regime.command()
@click.argument("path")
@output_options("table", "json")
def validate(path: str, form: str, output: str | None) -> int:
    """Check every file of the regime PATH (a folder or a name). Exits 1 on a problem."""
    from detente.validate import problems_of

    problems = problems_of(path)
    if form == "json":
        emit(as_json([p._asdict() for p in problems]), output)  # detente.problems/1: a bare list
    elif problems:
        emit("\n".join([*map(str, problems), f"{len(problems)} problems"]), output)
    else:
        emit(f"{path}: no problems", output)
    return 1 if problems else 0


@regime.command()
@click.argument("names", nargs=-1, metavar="[NAME|FOLDER]...")
@click.option(
    "--as-of", "days", multiple=True, metavar="[NAME=]DATE",
    help="The day of one regime, or of all; each one's reference date by default. May be repeated.",
)  # fmt: skip
@output_options("table", "json", "md", "html", "pdf", "csv", "svg", "png")
def compare(names: tuple[str, ...], days: tuple[str, ...], form: str, output: str | None) -> None:
    """Compare how hard the way out of two regimes or more is; of all by default."""
    from detente.cli.compare import run

    run(names, days, form, output)


@regime.command()
@click.argument("ref", metavar="NAME|FOLDER")
@output_options("table", "json")
def test(ref: str, form: str, output: str | None) -> int:
    """Run the cases of a regime: does each get the answer it expects? Exits 1 if not.

    The cases are the files cases/*.yaml in the regime's folder. A regime without any exits 1 too.
    """
    from detente import api
    from detente.cases.judge import run
    from detente.report.cases import lines

    results = run(api.load(ref))
    if form == "json":
        emit(as_json(results), output)
    else:
        emit("\n".join(lines(results)), output)
    return 1 if results.fails or not results.cases else 0


@regime.command("new")
@click.argument("name")
@click.option("-o", "--output", type=click.Path(), metavar="FOLDER",
              help="Where to write it; the folder NAME here by default.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table",
              show_default=True, help="How to answer.")  # fmt: skip
def new_regime(name: str, output: str | None, form: str) -> None:
    """Write the commented files of a regime called NAME, which validate and pass as they stand."""
    from detente.skeleton import write

    folder = Path(output or name)
    files = write(name, folder)
    if form == "json":
        answer = {"schema": "detente.regime-new/1", "regime": name, "folder": str(folder),
                  "files": files}  # fmt: skip
        emit(as_json(answer), None)
        return
    shown = str(folder) if os.sep in str(folder) else f".{os.sep}{folder}"
    emit(f"{folder} written, {len(files)} files: edit them, then detente regime validate {shown} "
         f"and detente regime test {shown}", None)  # fmt: skip


@click.group()
def offer() -> None:
    """Write a new offer, or list those that ship."""


@offer.command("list")
@regime_option
@output_options("table", "json")
def offers_(regime_ref: str, form: str, output: str | None) -> None:
    """List the offers that ship with a regime."""
    from detente import api
    from detente.offers.load import load, names
    from detente.rows import offers_of

    law = api.load(regime_ref)
    if form == "json":
        emit(as_json(offers_of(law)), output)
    else:
        found = [load(law, name) for name in names(law)]
        emit("\n".join(f"{item.id:<16}{item.as_of}  {item.name}" for item in found), output)


@offer.command()
@click.argument("name")
@regime_option
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE",
              help="Where to write it; NAME.yaml here by default.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table",
              show_default=True, help="How to answer.")  # fmt: skip
def new(name: str, regime_ref: str, output: str | None, form: str) -> None:
    """Write a commented template of an offer called NAME that validates as it stands."""
    from detente import api
    from detente.errors import UsageError
    from detente.offers.template import template

    law = api.load(regime_ref)
    path = Path(output or f"{name}.yaml")
    if path.exists():
        raise UsageError(f"{path} exists already; name another file")
    emit(template(name, law), str(path))
    if form == "json":
        answer = {"schema": "detente.offer/1", "offer": name, "regime": law.id, "file": str(path)}
        emit(as_json(answer), None)
    else:
        emit(f"{path} written: edit it, then detente assess {path}", None)
