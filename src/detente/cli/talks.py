"""``detente gap``, ``bridge`` and ``claims``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import click

from detente.cli.options import (
    answer,
    as_csv,
    as_json,
    as_of_option,
    cited_report,
    emit,
    evidence_of,
    evidence_option,
    known_on_option,
    output_options,
    regime_option,
    show,
    store_option,
    typed,
    warn_beyond,
)
from detente.readings import regime_for, told_apart

if TYPE_CHECKING:
    from detente.evidence.load import Evidence
    from detente.law.regime import Regime
    from detente.report.document import Report
    from detente.report.page import Page
    from detente.report.pictures import Spec

_offer_regime = click.option(
    "--regime", "regime_ref", metavar="NAME|FOLDER", help="The regime; the offer's own."
)
_reading = click.option(
    "--reading", "readings", multiple=True, metavar="NAME",
    help="How the ask is read (the asker's own words), or contested findings; one of each.",
)  # fmt: skip
_FILE = click.Path(exists=True, dir_okay=False)


@click.command()
@click.argument("offer")
@_offer_regime
@_reading
@as_of_option
@known_on_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv", "svg", "png")
def gap(
    offer: str,
    regime_ref: str | None,
    readings: tuple[str, ...],
    as_of: date | None,
    known_on: date | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Measure the perception gap of OFFER (a name or a file) by every ruler, side by side.

    Instruments counted, measures, sectoral bans, export earnings, hard currency, issue areas,
    legal requirements: what was asked and what was given by each. For each issue area, relief
    asked over conduct reached; what each side's idea of the deal covers and leaves out; who
    moves first.

        detente gap hanoi-2019 --format png -o gap.png
    """
    from detente import negotiations

    regime, found, reading = _opened(
        offer, regime_ref, readings, evidence_files, store, as_of=as_of
    )
    result = negotiations.gap(
        regime, offer, found, as_of=as_of, known_on=known_on, reading=reading, command=typed()
    )
    if form in ("svg", "png"):
        from detente.report.gap_chart import gap_chart

        draw(gap_chart(result), form, output)
        return

    def page() -> Page:
        from detente.report.gap import gap_page

        return gap_page(result, regime)

    def report(page: Page) -> Report:
        from detente.report.reports import gap_report

        return gap_report(page, result, regime, typed())

    answer(result, form, output, page, report)


@click.command()
@click.argument("offer")
@click.option("--for", "side", type=click.Choice(["sender", "target"]),
              help="For whom packages are ordered; by how little they add otherwise.")  # fmt: skip
@click.option("--costs", type=_FILE, metavar="FILE", help="Costs of conduct, as for unlock.")
@click.option("--grid", type=_FILE, metavar="FILE",
              help="Bargaining grids that take the place of the regime's.")  # fmt: skip
@_offer_regime
@_reading
@as_of_option
@known_on_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv", "svg", "png")
def bridge(
    offer: str,
    side: Literal["sender", "target"] | None,
    costs: str | None,
    grid: str | None,
    regime_ref: str | None,
    readings: tuple[str, ...],
    as_of: date | None,
    known_on: date | None,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Find lawful packages near OFFER (a name or a file).

    Each keeps what the offer gives, adds the conduct that a rule asks for, and relieves what that
    earns; it says what deciders then owe and who could take it back. Where an analyst laid the
    bargain out as a grid, every package of it is valued, and the thresholds show where lawful
    deals begin, with the weights beside them.

        detente bridge hanoi-2019 --for target
    """
    from detente import negotiations

    regime, found, reading = _opened(
        offer, regime_ref, readings, evidence_files, store, as_of=as_of
    )
    result = negotiations.bridge(
        regime, offer, found, as_of=as_of, known_on=known_on, reading=reading,
        side=side, costs=costs, grid=grid, command=typed(),
    )  # fmt: skip
    if form in ("svg", "png"):
        from detente.errors import UsageError
        from detente.report.bridge_chart import bridge_chart

        chosen = negotiations.grid_for(regime, offer, grid)
        if chosen is None:
            raise UsageError(f"no grid lays out the bargain of {offer}; give one with --grid FILE")
        draw(bridge_chart(chosen), form, output)
        return

    def page() -> Page:
        from detente.report.bridge import bridge_page

        return bridge_page(result, regime)

    def report(page: Page) -> Report:
        from detente.report.reports import bridge_report

        laid_out = negotiations.grid_for(regime, offer, grid)
        return bridge_report(page, result, regime, laid_out, typed())

    answer(result, form, output, page, report)


@click.command()
@click.argument("brief")
@regime_option
@evidence_option
@store_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def claims(
    brief: str,
    regime_ref: str,
    evidence_files: tuple[str, ...],
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Check the claims of BRIEF (a name or a file), one by one.

    Each gets a verdict (holds, partly, fails, not-checkable), the computation behind it and what
    that rests on, also where it fails.

        detente claims hanoi-brief-2019
    """
    from detente import api, negotiations

    regime = api.load(regime_ref)
    found = evidence_of(regime, evidence_files, store)
    result = negotiations.claims(
        regime, brief, found, listed=negotiations.delistings(regime, found, store), command=typed()
    )
    if form == "json":
        emit(as_json(result.claims), output)  # detente.claims/1 is a bare list
    elif form == "csv":
        emit(as_csv(result.rows()), output)
    else:
        from detente.report.claims import claims_page

        show(claims_page(result), form, output, cited_report([regime], result.receipt))


def _opened(
    offer: str,
    regime_ref: str | None,
    readings: tuple[str, ...],
    files: tuple[str, ...],
    store: str | None,
    *,
    as_of: date | None,
) -> tuple[Regime, Evidence, str | None]:
    """The regime of an offer, its evidence, and how the ask is read."""
    regime = regime_for(offer, regime_ref)
    warn_beyond(regime, as_of)
    reading, contested = told_apart(regime, offer, readings)
    return regime, evidence_of(regime, files, store, contested), reading


def draw(spec: Spec, form: str, output: str | None) -> None:
    """Draw a picture as SVG or PNG, and print or write it."""
    from detente.report.pictures import png, svg

    emit(svg(spec) if form == "svg" else png(spec), output)
