"""``detente lists under`` and ``whatif``: the lists and the law together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from detente.cli.options import answer, output_options, regime_option
from detente.errors import UnknownIdError, UsageError

if TYPE_CHECKING:
    from detente.entities.model import Party
    from detente.report.page import Page

store_option = click.option(
    "--store", metavar="PATH", help="The store in which editions are kept (DETENTE_STORE)."
)


@contextmanager
def lists_on(
    store: str | None, as_of: str | None
) -> Iterator[tuple[dict[str, Iterator[Party]], dict[str, str | None]]]:
    """Give the entries of every list as it stood on a day, and the editions that hold then."""
    from detente import places
    from detente.store.read import edition_at, parties_at, sources
    from detente.store.schema import opened

    with opened(places.store(store)) as connection:
        held = {source: edition_at(connection, source, as_of) for source in sources(connection)}
        yield (
            {source: parties_at(connection, source, as_of) for source in held},
            {source: edition.moment if edition else None for source, edition in held.items()},
        )


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
    from detente import api
    from detente.lists.moments import asked
    from detente.monitor import listed

    regime = api.load(regime_ref)
    day = asked(as_of) if as_of else None
    with lists_on(store, day) as (parties, editions):
        result = listed.under(regime, parties, measure, as_of=day, editions=editions)

    def page() -> Page:
        from detente.report.listed import under_page

        return under_page(result, regime)

    answer(result, form, output, page)


@click.command()
@click.option("--lift", multiple=True, metavar="MEASURE", help="A measure; may be repeated.")
@click.option("--offer", "offer_ref", metavar="OFFER", help="Lift what this offer asks for.")
@click.option("--reading", metavar="NAME", help="How the ask is read; the asker's own by default.")
@click.option(
    "--as-of", metavar="DATE", help="The lists of that day; that of the offer or regime by default."
)
@regime_option
@store_option
@output_options("table", "json", "md", "csv")
def whatif(
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

    Give measures with --lift (several words are several measures), or an offer with --offer.
    """
    from detente import api
    from detente.lists.moments import asked
    from detente.monitor import whatif as joining
    from detente.offers.load import measures_of

    if bool(lift) == bool(offer_ref):
        raise UsageError("say what is lifted: --lift MEASURE, or --offer OFFER, not both")
    regime = api.load(regime_ref)
    wanted = tuple(dict.fromkeys(id_ for words in lift for id_ in words.replace(",", " ").split()))
    readings = {}
    day = regime.reference_date.isoformat()
    if offer_ref is not None:
        offer = api.offer(regime, offer_ref)
        readings = {name: measures_of(regime, row) for name, row in offer.readings.items()}
        reading = reading or offer.default_reading
        if reading not in readings:
            raise UnknownIdError("reading", reading, readings)
        wanted, day = readings[reading], offer.as_of.isoformat()
    elif reading is not None:
        raise UsageError("--reading goes with --offer; leave it out")
    for id_ in wanted:
        if id_ not in regime.measures:
            raise UnknownIdError("measure", id_, regime.measures)
    day = asked(as_of) if as_of else day
    with lists_on(store, day) as (parties, editions):
        result = joining.whatif(
            regime, parties, wanted, as_of=day, editions=editions, offer=offer_ref,
            reading=reading, readings=readings,
        )  # fmt: skip

    def page() -> Page:
        from detente.report.listed import whatif_page

        return whatif_page(result)

    answer(result, form, output, page)
