"""What a notebook or a program asks of the lists in a store; the command line is built on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from detente import places
from detente.errors import UnknownIdError, UsageError
from detente.evidence.load import Evidence, shipped
from detente.law.regime import Regime
from detente.lists.moments import asked, end_of
from detente.offers.load import load as _load_offer
from detente.offers.load import measures_of

if TYPE_CHECKING:
    from datetime import date

    from detente.entities.model import Party
    from detente.monitor.enforcement import Enforcement
    from detente.monitor.listed import Under
    from detente.monitor.steps import Step
    from detente.monitor.watch_results import Watch
    from detente.monitor.whatif import WhatIf

__all__ = ["enforcement", "under", "watch", "whatif"]

Store = str | Path | None
"""Where the editions are kept; None for ``DETENTE_STORE`` or the platform's place."""


def under(regime: Regime, measure: str, *, as_of: str | None = None, store: Store = None) -> Under:
    """Return who is listed under a measure, by what the lists' programme tags mean.

    Args:
        regime: the regime.
        measure: id of the measure.
        as_of: the lists of that day or moment; the newest editions by default.
        store: the store.

    Raises:
        UnknownIdError: the regime has no such measure.
        UsageError: there is no store, or the day is none.
    """
    from detente.monitor.listed import under as run

    day = asked(as_of) if as_of else None
    with _lists(store, day) as (parties, editions):
        return run(regime, parties, measure, as_of=day, editions=editions)


def whatif(
    regime: Regime,
    lift: Iterable[str] = (),
    *,
    offer: str | None = None,
    reading: str | None = None,
    as_of: str | None = None,
    store: Store = None,
) -> WhatIf:
    """Return who would come off which list if measures were lifted, and who stays by what.

    Args:
        regime: the regime.
        lift: ids of the measures; none where an offer is given.
        offer: an offer, whose asked measures are lifted.
        reading: how its ask is read; the asker's own words by default.
        as_of: the lists of that day; that of the offer, or of the regime, by default.
        store: the store.

    Raises:
        UnknownIdError: the regime has no such measure or offer, or the offer no such reading.
        UsageError: nothing is lifted, there is no store, or the day is none.
    """
    from detente.monitor.whatif import whatif as run

    wanted = tuple(dict.fromkeys(lift))
    if bool(wanted) == bool(offer):
        raise UsageError("say what is lifted: --lift MEASURE, or --offer OFFER, not both")
    day, readings = regime.reference_date.isoformat(), dict[str, tuple[str, ...]]()
    if offer is not None:
        found = _load_offer(regime, offer)
        readings = {name: measures_of(regime, row) for name, row in found.readings.items()}
        reading = reading or found.default_reading
        if reading not in readings:
            raise UnknownIdError("reading", reading, readings)
        wanted, day = readings[reading], found.as_of.isoformat()
    elif reading is not None:
        raise UsageError("a reading goes with an offer; leave --reading out")
    for id_ in wanted:
        if id_ not in regime.measures:
            raise UnknownIdError("measure", id_, regime.measures)
    day = asked(as_of) if as_of else day
    with _lists(store, day) as (parties, editions):
        return run(
            regime, parties, wanted, as_of=day, editions=editions, offer=offer, reading=reading,
            readings=readings,
        )  # fmt: skip


def watch(
    regimes: Iterable[Regime],
    evidence: Mapping[str, Evidence] | None = None,
    *,
    lists: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    store: Store = None,
) -> Watch:
    """Return everything that a backsliding monitor should look at.

    Args:
        regimes: the regimes.
        evidence: the findings on each, by its id; those that ship with it by default.
        lists: ids of the lists that are looked at; all that are held by default.
        since: only what happened on that day or later.
        until: only what happened by that day.
        store: the store; without one, nothing is told of listings.

    Raises:
        UsageError: a list that is named is not held, or the days are the wrong way round.
    """
    from detente.monitor.steps import steps
    from detente.monitor.watch import watch as run
    from detente.store.read import editions, known_source, parties_ever, sources
    from detente.store.schema import opened

    if since is not None and until is not None and until < since:
        raise UsageError(f"until {until} lies before since {since}; turn them round")
    bodies = [
        (regime, (evidence or {}).get(regime.id) or shipped(regime)) for regime in regimes
    ]  # fmt: skip
    found: dict[str, list[Step]] = {}
    ever: dict[str, list[Party]] = {}
    held: dict[str, int] = {}
    named = list(lists)
    path = _path(store)
    if path.exists() or named:
        with opened(path) as connection:
            for source in [known_source(connection, id_) for id_ in named] or sources(connection):
                found[source] = list(steps(connection, source))
                last = until.isoformat() if until else None
                ever[source] = list(parties_ever(connection, source, last))
                moments = [edition.moment for edition in editions(connection, source)]
                held[source] = sum(last is None or m <= end_of(last) for m in moments)
    return run(bodies, found, ever, held, since=since, until=until)


def enforcement(regime: Regime, *, as_of: date | None = None, store: Store = None) -> Enforcement:
    """Return how much the law for listing parties is used, and how fast.

    Args:
        regime: the regime.
        as_of: the day of the law and of the lists; the newest editions, and the last day that the
            regime covers, by default.
        store: the store; without one, the law alone is told.
    """
    from detente.monitor.enforcement import enforcement as run
    from detente.monitor.paces import paces
    from detente.monitor.steps import steps
    from detente.pressure.files import load as load_pressure
    from detente.store.read import parties_ever, sources
    from detente.store.schema import opened

    law = as_of or regime.known_until
    pressure = load_pressure(regime)
    path = _path(store)
    if not path.exists():
        return run(regime, pressure, {}, as_of=law, editions={})
    day = as_of.isoformat() if as_of else None
    with opened(path) as connection:
        pace = [
            event
            for source in sources(connection)
            for event in paces(
                regime, source, list(steps(connection, source)),
                list(parties_ever(connection, source, day)),
            )
        ]  # fmt: skip
    with _lists(store, day) as (parties, editions):
        return run(regime, pressure, parties, as_of=law, editions=editions, pace=pace)


@contextmanager
def _lists(
    store: Store, as_of: str | None
) -> Iterator[tuple[dict[str, Iterator[Party]], dict[str, str | None]]]:
    """Give the entries of every list as it stood on a day, and the editions that hold then."""
    from detente.store.read import edition_at, parties_at, sources
    from detente.store.schema import opened

    with opened(_path(store)) as connection:
        held = {source: edition_at(connection, source, as_of) for source in sources(connection)}
        yield (
            {source: parties_at(connection, source, as_of) for source in held},
            {source: edition.moment if edition else None for source, edition in held.items()},
        )


def _path(store: Store) -> Path:
    return places.store(str(store) if store is not None else None)
