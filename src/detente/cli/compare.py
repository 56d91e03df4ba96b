"""What ``detente regime compare`` does, apart from its options."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from detente.cli.options import answer, emit, typed
from detente.errors import UsageError


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
    from detente.law.find import names as found
    from detente.relief.exit_cases import cases_of
    from detente.relief.exits import compare_exits

    result = compare_exits(cases_of(names or list(found()), days), typed())
    if form in ("svg", "png"):
        from detente.report.charts import exits_chart
        from detente.report.pictures import png, svg

        draw = svg if form == "svg" else png
        emit(draw(exits_chart(result)), output)
        return
    from detente.report.exits import exits_page

    answer(result, form, output, lambda: exits_page(result))
