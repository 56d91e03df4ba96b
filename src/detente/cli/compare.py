"""What ``detente regime compare`` does, apart from its options."""

from __future__ import annotations

from collections.abc import Sequence

from detente.cli.options import answer, cited_report, emit, typed


def run(names: Sequence[str], days: Sequence[str], form: str, output: str | None) -> None:
    """Compare the ways out of regimes, each on the evidence that ships with it.

    Args:
        names: names or folders of regimes; all that are found by name where there is none.
        days: ``DATE`` for all regimes, ``NAME=DATE`` for one.
        form: table, json, md, html, pdf, csv, svg or png.
        output: the file to write; standard output where None.

    Raises:
        UsageError: fewer than two regimes, one named twice, days that make no sense or are not
            covered.
        UnknownIdError: no regime has that name, or a day is for one that is not compared.
    """
    from detente.law.find import names as found
    from detente.relief.exit_cases import cases_of
    from detente.relief.exits import compare_exits
    from detente.report.charts import exits_chart

    cases = cases_of(names or list(found()), days)
    result = compare_exits(cases, typed())
    if form in ("svg", "png"):
        from detente.report.pictures import png, svg

        draw = svg if form == "svg" else png
        emit(draw(exits_chart(result)), output)
        return
    from detente.report.exits import exits_page

    report = cited_report([case.regime for case in cases], picture=lambda: exits_chart(result))
    answer(result, form, output, lambda: exits_page(result), report)
