"""What a notebook or a program asks of the economics of pressure; the command line is built on it.

Each answer joins the rows of pressure with the law of a day and, where asked, with an offer, a
trade extract or the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.errors import UnknownIdError, UsageError
from detente.law.model import Source
from detente.law.regime import Regime
from detente.law.vocabulary import Revival
from detente.offers.load import load as load_offer
from detente.offers.load import measures_of as asked_by
from detente.pressure.cards import Cards
from detente.pressure.cited import RowUsed, rows_used, sources_of
from detente.pressure.files import load as load_pressure
from detente.pressure.harm import Humanitarian, humanitarian
from detente.pressure.model import Family, Pressure
from detente.pressure.release import measures_of

if TYPE_CHECKING:
    from detente.pressure.exposure import Exposure
    from detente.pressure.planning.results import Asked, Plan

__all__ = ["civilian_side", "exposure", "levers", "plan"]


class CivilianSide(msgspec.Struct, frozen=True, kw_only=True):
    """The humanitarian side of a regime's measures and levers (``detente.humanitarian/1``)."""

    regime: str
    as_of: date
    humanitarian: Humanitarian
    rows_used: tuple[RowUsed, ...]
    sources: dict[str, Source]
    schema: str = "detente.humanitarian/1"

    def rows(self) -> list[dict[str, object]]:
        """Return one flat row for each exemption."""
        return [
            {"path": item.path, "title": item.title, "citation": item.citation,
             "decided_by": item.decided_by, "measures": item.measures}
            for item in self.humanitarian.exemptions
        ]  # fmt: skip


def exposure(
    regime: Regime,
    measures: Iterable[str] = (),
    *,
    offer: str | None = None,
    reading: str | None = None,
    base_year: int | None = None,
    as_of: date | None = None,
    revival: Revival = "lapse",
    trade: str | Path | None = None,
    country: str | None = None,
) -> Exposure:
    """Return what trade measures block and, where some are named, what their end would release.

    Args:
        regime: the regime.
        measures: ids of measures, or of instruments as a whole; all, and no release, by default.
        offer: an offer, whose asked measures are taken.
        reading: how its ask is read; the asker's own words by default.
        base_year: the year whose trade is taken; that of which most is on record by default.
        as_of: the day of the law: what would still bind on it once the measures ended or, where
            none are named, which measures count. By default the offer's or the regime's; and all
            measures where none are named.
        revival: whether a measure that was superseded binds again once its successor ends.
        trade: a CSV file with a trade extract, in place of the regime's own exports and imports.
        country: whose trade is taken from the extract, where it holds several.

    Raises:
        UnknownIdError, UsageError: an id, a year or a row of the extract makes no sense.
    """
    from detente.pressure.exposure import exposure as run

    wanted = tuple(dict.fromkeys(measures))
    if revival != "lapse" and not wanted and offer is None:
        raise UsageError("a revival goes with measures or an offer that end; leave --revival out")
    day = as_of or regime.reference_date
    if offer is not None:
        if wanted:
            raise UsageError("name measures or an offer, not both")
        found = load_offer(regime, offer)
        name = reading or found.default_reading
        if name not in found.readings:
            raise UnknownIdError("reading", name, found.readings)
        wanted = asked_by(regime, found.readings[name])
        day = as_of or found.as_of
    elif reading is not None:
        raise UsageError("a reading goes with an offer; leave --reading out")
    pressure = load_pressure(regime)
    if trade is not None:
        pressure = _with_trade(regime, pressure, Path(trade), country)
    elif country is not None:
        raise UsageError("a country goes with a trade extract; leave --country out")
    remaining = _remaining(regime, measures_of(regime, wanted), day, revival) if wanted else None
    binds = None if as_of is None else regime.as_of(as_of).in_force
    return run(
        regime, pressure, wanted, base_year=base_year, remaining=remaining,
        in_force=None if wanted else binds,
    )  # fmt: skip


def _with_trade(regime: Regime, pressure: Pressure, path: Path, country: str | None) -> Pressure:
    from detente.pressure.extract import read_extract
    from detente.pressure.extracted import with_extract

    return with_extract(regime, pressure, read_extract(path, country))


def _remaining(
    regime: Regime, lifted: Iterable[str], day: date, revival: Revival
) -> tuple[str, ...]:
    """The measures that would still bind, with those that revive."""
    ends = set(lifted)
    kept = [id_ for id_ in regime.as_of(day).in_force if id_ not in ends]
    if revival == "revive":
        kept += [
            row.id for row in regime.measures.values()
            if row.superseded_by in ends and row.id not in ends and row.effective <= day
        ]  # fmt: skip
    return tuple(kept)


def levers(
    regime: Regime,
    ids: Iterable[str] = (),
    *,
    family: Family | None = None,
    as_of: date | None = None,
) -> Cards:
    """Return levers as cards, with the law of a day.

    Args:
        regime: the regime.
        ids: ids of levers; all by default.
        family: only those of a family.
        as_of: the day; the last one that the regime covers by default.

    Raises:
        UnknownIdError: no lever has that id.
        UsageError: the regime has no levers.
    """
    from detente.pressure.cards import cards

    pressure = load_pressure(regime)
    if not pressure.levers:
        raise UsageError(f"{regime.id} holds no levers; add pressure/levers.yaml to its folder")
    binds = regime.as_of(as_of or regime.known_until).in_force
    return cards(regime, pressure, ids, family=family, in_force=binds)


def plan(
    regime: Regime,
    asked: Asked,
    *,
    entries: Mapping[str, str] | None = None,
    ledger: str | Path | None = None,
    as_of: date | None = None,
) -> Plan:
    """Return the best portfolio of levers under limits, and what stands round it.

    Args:
        regime: the regime.
        asked: the objective, the limits and the scenario.
        entries: for levers that give relief, the entry of the ledger that each rests on.
        ledger: the ledger that has these entries.
        as_of: the day of the law; the last one that the regime covers by default.

    Raises:
        UnknownIdError, UsageError: an id or a limit makes no sense.
        DataError: the ledger was tampered with.
    """
    from detente.pressure.planning.plan import plan as run

    known: list[str] = []
    if ledger is not None:
        from detente.evidence.ledger import findings, read

        known = [item.id for item in findings(read(Path(ledger), regime.id))]
    binds = regime.as_of(as_of or regime.known_until).in_force
    return run(
        regime, load_pressure(regime), asked, entries=entries, known_entries=known, in_force=binds
    )


def civilian_side(
    regime: Regime, ids: Iterable[str] = (), *, as_of: date | None = None
) -> CivilianSide:
    """Return the humanitarian side of the measures in force and of levers.

    Args:
        regime: the regime.
        ids: ids of levers; all by default.
        as_of: the day of the law; the last one that the regime covers by default.

    Raises:
        UnknownIdError: no lever has that id.
    """
    pressure = load_pressure(regime)
    wanted = tuple(ids) or tuple(pressure.levers)
    for id_ in wanted:
        if id_ not in pressure.levers:
            raise UnknownIdError("lever", id_, pressure.levers)
    day = as_of or regime.known_until
    found = humanitarian(regime, pressure, regime.as_of(day).in_force, wanted)
    used = rows_used(
        pressure, (*(item.row for item in found.record), *(item.lever for item in found.levers))
    )
    return CivilianSide(
        regime=regime.id, as_of=day, humanitarian=found, rows_used=used,
        sources=sources_of(regime, pressure, used),
    )  # fmt: skip
