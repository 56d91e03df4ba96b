"""``detente diff``, ``calendar``, ``measures`` and ``cite``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from detente.cli.options import (
    DAY,
    answer,
    as_csv,
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
from detente.days import day_of
from detente.errors import UsageError


@click.command()
@click.argument("a")
@click.argument("b")
@regime_option
@as_of_option
@reading_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def diff(
    a: str,
    b: str,
    regime_ref: str,
    as_of: date | None,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Compare A with B: two dates, two offers, or two evidence files.

    Evidence files are each laid over the evidence that ships with the regime.
    """
    from detente import api
    from detente.relief import compare
    from detente.report.tables import comparison_page

    regime = api.load(regime_ref)
    days = [_day(text) for text in (a, b)]
    if days[0] and days[1]:
        found = evidence_of(regime, evidence_files, store, reading)
        warn_beyond(regime, *days)
        result = compare.compare_dates(regime, found, days[0], days[1])
    elif _is_evidence(a) and _is_evidence(b):
        sides = [evidence_of(regime, (*evidence_files, name), store, reading) for name in (a, b)]
        day = as_of or regime.reference_date
        warn_beyond(regime, as_of)
        result = compare.compare_evidence(regime, sides[0], sides[1], day, (a, b))
    elif days[0] or days[1] or _is_evidence(a) or _is_evidence(b):
        raise UsageError(f"{a} and {b} are of different kinds; name two dates, offers or files")
    else:
        result = compare.compare_offers(regime, api.offer(regime, a), api.offer(regime, b))
    answer(result, form, output, lambda: comparison_page(result))


def _day(text: str) -> date | None:
    """The day that a text means; None where it looks like no date at all."""
    return day_of(text) if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text) else None


def _is_evidence(text: str) -> bool:
    """Whether a file is one of findings (an offer's file has positions instead)."""
    if not text.endswith((".yaml", ".yml")):
        return False
    from detente.law.read import read

    data = read(Path(text)).data
    return isinstance(data, dict) and "findings" in data


@click.command()
@click.option("--from", "since", type=DAY, metavar="DATE", help="First day; the reference date.")
@click.option("--to", "until", type=DAY, metavar="DATE", help="Last day; a year after the first.")
@regime_option
@reading_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def calendar(
    since: date | None,
    until: date | None,
    regime_ref: str,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """List what lapses, refills, falls due, opens or closes."""
    from detente import api
    from detente.law.dates import add_term
    from detente.relief.calendar import calendar as run
    from detente.report.tables import calendar_page

    regime = api.load(regime_ref)
    first = since or regime.reference_date
    last = until or add_term(first, "1 year")
    if last < first:
        raise UsageError(f"--to {last} lies before --from {first}; turn them round")
    warn_beyond(regime, since, until)
    result = run(regime, evidence_of(regime, evidence_files, store, reading), first, last)
    answer(result, form, output, lambda: calendar_page(result))


@click.command()
@click.option("--hs", metavar="CODE", help="Goods: a chapter or heading of the Harmonized System.")
@click.option("--kind", metavar="KIND", help="What sort of restriction.")
@click.option("--area", metavar="AREA", help="An issue area for which it was imposed.")
@click.option("--instrument", metavar="ID", help="The instrument that imposes it.")
@click.option("--livelihood", metavar="WORD", help="civilian, mixed, weapons, elite, diplomatic.")
@click.option("--in-force", "in_force", type=DAY, metavar="DATE", help="Only those that bind then.")
@regime_option
@known_on_option
@reading_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def measures(
    hs: str | None,
    kind: str | None,
    area: str | None,
    instrument: str | None,
    livelihood: str | None,
    in_force: date | None,
    regime_ref: str,
    known_on: date | None,
    reading: str | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """List measures by goods, kind, area, instrument or date.

    With --in-force: those that bind on the day, on the evidence known, with the letter of each and
    the relief that runs.
    """
    from detente import api
    from detente.report.tables import measures_page
    from detente.rows import list_measures

    regime = api.load(regime_ref)
    picture = None
    if in_force is None and (reading or known_on or evidence_files):
        raise UsageError("evidence decides what binds on a day; name the day with --in-force")
    warn_beyond(regime, in_force)
    if in_force is not None:
        from detente.relief.picture import picture_of

        evidence = evidence_of(regime, evidence_files, store, reading)
        picture = picture_of(regime, evidence, in_force, known_on)
    rows = list_measures(
        regime, hs=hs, kind=kind, area=area, instrument=instrument, livelihood=livelihood,
        picture=picture,
    )  # fmt: skip
    if form == "json":
        emit(
            as_json({"schema": "detente.measures/1", "regime": regime.id, "measures": rows}), output
        )
    elif form == "csv":
        emit(as_csv(rows), output)
    else:
        show(measures_page(rows), form, output)


@click.command()
@click.argument("id_", metavar="ID")
@regime_option
@output_options("table", "json", "md", "html", "pdf")
def cite(id_: str, regime_ref: str, form: str, output: str | None) -> None:
    """Show the row ID: what it says, its source, its confidence, and where it stands."""
    from detente import api
    from detente.report.tables import cite_page
    from detente.rows import cite as find

    regime = api.load(regime_ref)
    row = find(regime, id_)
    if form == "json":
        emit(as_json(row), output)
    else:
        show(cite_page(row), form, output)
