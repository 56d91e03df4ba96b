"""What ``detente regime compare`` does, apart from its options."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from detente.cli.options import answer, emit, typed
from detente.days import day_of
from detente.errors import UnknownIdError, UsageError


def run(names: Sequence[str], days: Sequence[str], form: str, output: str | None) -> None:
    """Compare the ways out of regimes, each on the evidence that ships with it.

    Args:
        names: names or folders of regimes; all that are found by name where there is none.
        days: ``DATE`` for all regimes, ``NAME=DATE`` for one.
        form: table, json, md, csv, svg or png.
        output: the file to write; standard output where None.

    Raises:
        UsageError: fewer than two regimes, one named twice, days that make no sense or are not
            covered, or a picture in dots for a terminal.
        UnknownIdError: no regime has that name, or a day is for one that is not compared.
    """
    if form == "png" and output is None and sys.stdout.isatty():
        raise UsageError("a PNG picture cannot be shown on a terminal; name a file with -o")
    from detente import api
    from detente.law.find import names as found
    from detente.relief.exits import Case, compare_exits

    wanted = days_by_name(days)
    laws = [(ref, api.load(ref)) for ref in (names or found())]
    ids = {name: law.id for ref, law in laws for name in (ref, law.id)}
    by_id = _by_id(wanted, ids)
    cases = [
        Case(law, api.evidence_of(law), by_id.get(law.id, wanted.get(None))) for _, law in laws
    ]
    result = compare_exits(cases, typed())
    if form in ("svg", "png"):
        from detente.report.charts import exits_chart
        from detente.report.pictures import png, svg

        draw = svg if form == "svg" else png
        emit(draw(exits_chart(result)), output)
        return
    from detente.report.exits import exits_page

    answer(result, form, output, lambda: exits_page(result))


def days_by_name(days: Iterable[str]) -> dict[str | None, date]:
    """Return the day of each regime named, and of all others under None.

    Args:
        days: ``DATE`` or ``NAME=DATE``.

    Raises:
        UsageError: a text is no date, or two are given for the same.
    """
    found: dict[str | None, date] = {}
    for text in days:
        name, equals, day = text.rpartition("=")
        key = name if equals else None
        if key in found:
            who = f"the regime {key}" if equals else "all regimes"
            raise UsageError(f"--as-of gives {who} two days; give one")
        found[key] = day_of(day)
    return found


def _by_id(days: Mapping[str | None, date], ids: Mapping[str, str]) -> dict[str, date]:
    """Return the days by the regimes' ids; a regime may be named by its folder too."""
    found: dict[str, date] = {}
    for name, day in days.items():
        if name is None:
            continue
        if name not in ids:
            raise UnknownIdError("regime compared here", name, ids)
        if ids[name] in found:
            raise UsageError(f"--as-of gives the regime {ids[name]} two days; give one")
        found[ids[name]] = day
    return found
