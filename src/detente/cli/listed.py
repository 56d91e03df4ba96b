"""``detente lists under`` and ``whatif``: the lists and the law together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.options import answer, output_options, regime_option

if TYPE_CHECKING:
    from detente.report.page import Page

store_option = click.option(
    "--store", metavar="PATH", help="The store in which editions are kept (DETENTE_STORE)."
)
moment_option = click.option(
    "--as-of", metavar="DATE", help="The lists as they stood on that day; the newest by default."
)
source_option = click.option(
    "--source", "only", multiple=True, metavar="LIST",
    help="Only this list: ofac-sdn, ofac-nonsdn, un-sc, eu-fsf, uk-sanctions; may be repeated.",
)  # fmt: skip


@click.command()
@click.argument("measure", metavar="MEASURE")
@click.option("--as-of", metavar="DATE", help="The lists of that day; the newest by default.")
@regime_option
@store_option
@output_options("table", "json", "md", "csv")
def under(
    measure: str,
    as_of: str | None,
    regime_ref: str,
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Show who is listed under MEASURE, by what the lists' programme tags mean."""
    from detente import api, listings

    regime = api.load(regime_ref)
    result = listings.under(regime, measure, as_of=as_of, store=store)

    def page() -> Page:
        from detente.report.listed import under_page

        return under_page(result, regime)

    answer(result, form, output, page)


@click.command()
@click.argument("more", metavar="[MEASURE]...", nargs=-1)
@click.option("--lift", multiple=True, metavar="MEASURE",
              help="A measure that is lifted; more may follow.")  # fmt: skip
@click.option("--offer", "offer_ref", metavar="OFFER", help="Lift what this offer asks for.")
@click.option("--reading", metavar="NAME", help="How the ask is read; the asker's own by default.")
@click.option(
    "--as-of", metavar="DATE", help="The lists of that day; that of the offer or regime by default."
)
@regime_option
@store_option
@output_options("table", "json", "md", "csv")
def whatif(
    more: tuple[str, ...],
    lift: tuple[str, ...],
    offer_ref: str | None,
    reading: str | None,
    as_of: str | None,
    regime_ref: str,
    store: str | None,
    form: str,
    output: str | None,
) -> None:
    """Show who would come off the lists if measures were lifted, and who stays on by what.

    Give measures, as in --lift us-eo13551 us-eo13687, or an offer with --offer.
    """
    from detente import api, listings

    wanted = [id_ for words in (*lift, *more) for id_ in words.replace(",", " ").split()]
    result = listings.whatif(
        api.load(regime_ref), wanted, offer=offer_ref, reading=reading, as_of=as_of, store=store
    )

    def page() -> Page:
        from detente.report.listed import whatif_page

        return whatif_page(result)

    answer(result, form, output, page)
