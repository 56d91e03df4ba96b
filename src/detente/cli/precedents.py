"""``detente precedents``: earlier deals, which of them an offer is like, and what they teach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from detente.cli.options import (
    answer,
    as_json,
    cited_report,
    emit,
    output_options,
    regime_option,
    show,
)
from detente.readings import regime_for

if TYPE_CHECKING:
    from detente.report.page import Page

_FORMATS = ("table", "json", "md", "html", "pdf", "csv")
_cases_of = click.option(
    "--cases-of", "library", default="dprk", show_default=True, metavar="NAME|FOLDER",
    help="The regime whose cases to compare with.",
)  # fmt: skip


@click.group()
def precedents() -> None:
    """Show earlier deals: what was given, got and observed, and how it ended."""


@precedents.command("list")
@regime_option
@output_options(*_FORMATS)
def list_(regime_ref: str, form: str, output: str | None) -> None:
    """List the deals that the regime knows, oldest first."""
    from detente import api, negotiations

    regime = api.load(regime_ref)
    result = negotiations.precedents(regime)

    def page() -> Page:
        from detente.report.precedents import list_page

        return list_page(result)

    answer(result, form, output, page, cited_report([regime]))


@precedents.command("show")
@click.argument("id_", metavar="ID")
@regime_option
@output_options("table", "json", "md", "html", "pdf")
def show_(id_: str, regime_ref: str, form: str, output: str | None) -> None:
    """Show the deal ID: the offer, the relief, how it was observed, and its timeline."""
    from detente import api, negotiations
    from detente.talks.precedents import case_of

    regime = api.load(regime_ref)
    case = case_of(negotiations.precedents(regime), id_)
    if form == "json":
        emit(as_json({"schema": "detente.precedent/1", "regime": regime.id, "case": case}), output)
        return
    from detente.report.precedents import case_page

    show(case_page(case), form, output, cited_report([regime]))


@precedents.command("similar")
@click.argument("offer")
@click.option("--regime", "regime_ref", metavar="NAME|FOLDER", help="The regime; the offer's own.")
@_cases_of
@output_options(*_FORMATS)
def similar_(
    offer: str, regime_ref: str | None, library: str, form: str, output: str | None
) -> None:
    """Rank earlier deals by how like OFFER they are, by stated features."""
    from detente import api, negotiations

    regime, cases = regime_for(offer, regime_ref), api.load(library)
    result = negotiations.similar(regime, offer, negotiations.precedents(cases))

    def page() -> Page:
        from detente.report.precedents import similar_page

        return similar_page(result)

    answer(result, form, output, page, cited_report([regime]))


@precedents.command("backtest")
@regime_option
@output_options(*_FORMATS)
def backtest_(regime_ref: str, form: str, output: str | None) -> None:
    """Predict each coded deal from all the others, and publish the misses."""
    from detente import api, negotiations

    regime = api.load(regime_ref)
    result = negotiations.backtest(regime)

    def page() -> Page:
        from detente.report.precedents import backtest_page

        return backtest_page(result)

    answer(result, form, output, page, cited_report([regime]))


@precedents.command("stalling")
@click.argument("offer", required=False)
@regime_option
@output_options(*_FORMATS)
@click.pass_context
def stalling_(
    ctx: click.Context, offer: str | None, regime_ref: str, form: str, output: str | None
) -> None:
    """Find signals of stalling in the deals with a regime's target, and in OFFER."""
    from detente import api, negotiations

    named = ctx.get_parameter_source("regime_ref") is not ParameterSource.DEFAULT
    # an offer says which regime it is about, unless the user does
    regime = api.load(regime_ref) if named or offer is None else regime_for(offer, None)
    result = negotiations.stalling(regime, offer)

    def page() -> Page:
        from detente.report.precedents import stalling_page

        return stalling_page(result)

    answer(result, form, output, page, cited_report([regime]))
