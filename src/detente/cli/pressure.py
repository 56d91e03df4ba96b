"""``detente pressure``: exposure, levers, plan, state, humanitarian."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.cli.options import (
    REPORT,
    answer,
    as_of_option,
    cited_report,
    emit,
    output_options,
    reading_option,
    regime_option,
    store_option,
    typed,
    warn_beyond,
)
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.report.document import Report
    from detente.report.page import Page

F = TypeVar("F", bound=Callable[..., Any])

sources_option = click.option(
    "--sources", is_flag=True, help="Show every row that a number rests on, with its sources."
)


@click.group()
def pressure() -> None:
    """Show what pressure blocks and costs, and plan what comes next.

    Every number is an estimate with its range, and reaches its source with --sources.
    """


@pressure.command()
@click.option(
    "--measures", "-m", multiple=True, metavar="ID",
    help="A measure, or an instrument as a whole; may be repeated, or joined by commas.",
)  # fmt: skip
@click.option("--offer", metavar="OFFER", help="Take what an offer asks for.")
@click.option("--base-year", type=int, metavar="YEAR", help="The year whose trade is taken.")
@click.option(
    "--revival", type=click.Choice(["revive", "lapse"]), default="lapse", show_default=True,
    help="Whether an older ban binds again once its successor ends.",
)  # fmt: skip
@click.option(
    "--trade", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
    help="A trade extract (CSV from Comtrade or BACI, or year,flow,hs,value,unit).",
)  # fmt: skip
@click.option("--country", metavar="NAME", help="Whose trade, as the extract writes it.")
@reading_option
@as_of_option
@sources_option
@regime_option
@output_options("table", "json", "md", "html", "pdf", "csv", "svg", "png")
def exposure(
    measures: tuple[str, ...],
    offer: str | None,
    base_year: int | None,
    revival: Any,
    trade: str | None,
    country: str | None,
    reading: str | None,
    as_of: date | None,
    sources: bool,
    regime_ref: str,
    form: str,
    output: str | None,
) -> None:
    """Show what trade each measure blocks, and what its end would release.

    Each measure is credited with what it added to those before it, after caps and exceptions;
    overlaps are resolved by HS code and never added twice.
    """
    from detente import api, economics

    regime = api.load(regime_ref)
    warn_beyond(regime, as_of)
    ids = [id_ for text in measures for id_ in text.replace(",", " ").split()]
    if measures and not ids:
        raise UsageError("--measures names none; give ids, or leave it out for all")
    result = economics.exposure(
        regime, ids, offer=offer, reading=reading, base_year=base_year, as_of=as_of,
        revival=revival, trade=trade, country=country,
    )  # fmt: skip
    if form in ("svg", "png"):
        from detente.report import pictures
        from detente.report.waterfall import waterfall_chart

        chart = waterfall_chart(result, regime)
        emit(pictures.svg(chart) if form == "svg" else pictures.png(chart), output)
        return

    def page() -> Page:
        from detente.report.exposure import exposure_page

        shown = sources or form in REPORT
        return exposure_page(result, regime, sources=shown, offer=offer, as_of=as_of)

    def report(page: Page) -> Report:
        from detente.report.reports import exposure_report

        return exposure_report(page, result, regime, typed())

    answer(result, form, output, page, report)


@pressure.command()
@click.argument("ids", metavar="[LEVER]...", nargs=-1)
@click.option(
    "--family", metavar="NAME",
    type=click.Choice(
        ["enforcement", "new-sanctions", "military", "human-rights", "cyber", "information"]
    ),
    help="Only levers of a family.",
)  # fmt: skip
@as_of_option
@sources_option
@regime_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def levers(
    ids: tuple[str, ...],
    family: Any,
    as_of: date | None,
    sources: bool,
    regime_ref: str,
    form: str,
    output: str | None,
) -> None:
    """Show levers as cards: cost, effect, lead, harm, law, evidence."""
    from detente import api, economics

    regime = api.load(regime_ref)
    warn_beyond(regime, as_of)
    result = economics.levers(regime, ids, family=family, as_of=as_of)

    def page() -> Page:
        from detente.report.levers import levers_page

        return levers_page(result, regime, full=bool(ids), sources=sources or form in REPORT)

    answer(result, form, output, page, cited_report([regime]))


def _limits(command: F) -> F:
    """Add the options that say what a plan may do."""
    for option in (
        click.option("--lawful", is_flag=True, help="Only levers whose law stands."),
        click.option("--exclude", multiple=True, metavar="LEVER", help="Never this lever."),
        click.option("--include", multiple=True, metavar="LEVER", help="This lever in any case."),
        click.option("--coalition", multiple=True, metavar="PARTY=N",
                     help="At most N levers at one time that need PARTY."),
        click.option("--floor", multiple=True, metavar="OBJECTIVE=POINTS",
                     help="Points that the levers must reach for another objective."),
        click.option("--at-least", type=float, metavar="N",
                     help="What the objective must reach over the plan."),
        click.option("--escalation-max", type=float, default=6, show_default=True,
                     metavar="POINTS", help="Points of escalation in any quarter."),
        click.option("--humanitarian-max", type=float, default=4, show_default=True,
                     metavar="POINTS", help="Points of humanitarian harm in any quarter."),
        click.option("--budget", type=float, default=500, show_default=True, metavar="USD-M",
                     help="USD million a year that may run in any quarter."),
        click.option("--quarters", type=int, default=8, show_default=True, help="How long."),
        click.option("--objective", default="revenue", show_default=True,
                     help="What the plan aims at."),
    ):  # fmt: skip
        command = option(command)
    return command


@pressure.command()
@_limits
@click.option(
    "--scenario", type=click.Choice(["worst", "quantile", "central", "best"]), default="worst",
    show_default=True, help="Which end of every range is taken.",
)  # fmt: skip
@click.option("--quantile", type=float,
              help="The quantile of the scenario quantile.  [default: 0.2]")  # fmt: skip
@click.option("--next", "next_best", type=int, default=3, show_default=True,
              help="How many further portfolios.")  # fmt: skip
@click.option("--switches/--no-switches", default=True,
              help="Whether to seek what brings each lever in or out.")  # fmt: skip
@click.option("--ledger-entry", multiple=True, metavar="LEVER=ID",
              help="The entry of the ledger on which a lever that gives relief rests.")  # fmt: skip
@as_of_option
@sources_option
@store_option
@regime_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def plan(
    objective: str,
    quarters: int,
    budget: float,
    humanitarian_max: float,
    escalation_max: float,
    at_least: float | None,
    floor: tuple[str, ...],
    coalition: tuple[str, ...],
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    lawful: bool,
    scenario: Any,
    quantile: float | None,
    next_best: int,
    switches: bool,
    ledger_entry: tuple[str, ...],
    as_of: date | None,
    sources: bool,
    store: str | None,
    regime_ref: str,
    form: str,
    output: str | None,
) -> None:
    """Choose levers over quarters, under limits.

    The plan is the best one there is in the scenario, proved; beside it stand the next best ones,
    what would bring each lever in or out, and what pressure has bought so far. No lever gives
    relief without an entry of the ledger. Where no choice keeps all the limits, the smallest set of
    them that conflicts is named.
    """
    from detente import api, economics, places
    from detente.pressure.planning.results import Asked
    from detente.pressure.planning.scenario import Scenario

    if quantile is not None and scenario != "quantile":
        raise UsageError("a quantile goes with --scenario quantile; leave --quantile out")
    regime = api.load(regime_ref)
    warn_beyond(regime, as_of)
    asked = Asked(
        objective=objective, quarters=quarters, budget=budget, humanitarian_max=humanitarian_max,
        escalation_max=escalation_max, at_least=at_least,
        floors=_pairs("floor", floor, float),
        coalition=_pairs("coalition", coalition, int),
        include=include, exclude=exclude, lawful=lawful, next_best=next_best, switches=switches,
        scenario=Scenario(name=scenario, quantile=0.2 if quantile is None else quantile),
    )  # fmt: skip
    ledger = places.ledger(store)
    result = economics.plan(
        regime, asked, entries=_pairs("ledger-entry", ledger_entry, str),
        ledger=ledger if ledger.exists() else None, as_of=as_of,
    )  # fmt: skip

    def page() -> Page:
        from detente.report.plan import plan_page

        return plan_page(result, regime, sources=sources or form in REPORT)

    def report(page: Page) -> Report:
        from detente.report.reports import plan_report

        return plan_report(page, result, regime, typed())

    answer(result, form, output, page, report)


def _pairs(option: str, texts: tuple[str, ...], kind: Callable[[str], Any]) -> dict[str, Any]:
    """The pairs of an option that is written NAME=VALUE."""
    found: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.rpartition("=")
        try:
            if not (sign and name):
                raise ValueError
            number = kind(value)
        except ValueError:
            raise UsageError(f"--{option} {text!r} makes no sense; write NAME=VALUE") from None
        if name in found:
            raise UsageError(f"--{option} names {name} twice; keep one of the two")
        found[name] = number
    return found


@pressure.command()
@as_of_option
@sources_option
@store_option
@regime_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def state(
    as_of: date | None,
    sources: bool,
    store: str | None,
    regime_ref: str,
    form: str,
    output: str | None,
) -> None:
    """Show how enforcement stands: pace, ships, networks, law that lists nobody."""
    from detente import api, listings

    regime = api.load(regime_ref)
    warn_beyond(regime, as_of)
    result = listings.enforcement(regime, as_of=as_of, store=store)

    def page() -> Page:
        from detente.report.enforcement import enforcement_page

        return enforcement_page(result, regime, sources=sources or form in REPORT)

    answer(result, form, output, page, cited_report([regime]))


@pressure.command()
@click.argument("ids", metavar="[LEVER]...", nargs=-1)
@as_of_option
@sources_option
@regime_option
@output_options("table", "json", "md", "html", "pdf", "csv")
def humanitarian(
    ids: tuple[str, ...],
    as_of: date | None,
    sources: bool,
    regime_ref: str,
    form: str,
    output: str | None,
) -> None:
    """Show exemptions, what is on record of harm, and what levers would do."""
    from detente import api, economics

    regime = api.load(regime_ref)
    warn_beyond(regime, as_of)
    result = economics.civilian_side(regime, ids, as_of=as_of)

    def page() -> Page:
        from detente.report.humanitarian import humanitarian_page

        return humanitarian_page(result, regime, sources=sources or form in REPORT)

    answer(result, form, output, page, cited_report([regime]))
