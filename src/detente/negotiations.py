"""What a notebook or a program asks of talks: the gap, lawful bridges, precedents, claims.

Talks join law, evidence, offers and pressure; this is where their files are read and put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from detente.days import Day, day_of
from detente.errors import UsageError
from detente.evidence.load import Evidence, shipped
from detente.law.regime import Regime
from detente.offers.load import load as _offer
from detente.offers.model import Offer
from detente.pressure.files import load as _pressure
from detente.relief.receipt import receipt_of
from detente.relief.spirit import Share
from detente.talks.setting import Setting, setting

if TYPE_CHECKING:
    from detente.pressure.model import BargainingGrid, Pressure
    from detente.talks.backtest import Backtest
    from detente.talks.bridge_results import Bridges
    from detente.talks.claims import Claims
    from detente.talks.gap_results import Gap, Ruler
    from detente.talks.precedents import Precedents
    from detente.talks.similar import Similar
    from detente.talks.stalling import Stalling

__all__ = [
    "backtest", "bridge", "claims", "delistings", "gap", "grid_for", "precedents", "similar",
    "stalling",
]  # fmt: skip

EXPORTS = "export earnings"
CURRENCY = "hard currency"


def gap(
    regime: Regime,
    offer: Offer | str,
    evidence: Evidence | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    reading: str | None = None,
    command: str = "detente.gap",
) -> Gap:
    """Measure the perception gap of an offer by every ruler.

    Args:
        regime: the regime.
        offer: the offer, its name or its file's path.
        evidence: the findings; those that ship with the regime by default.
        as_of: the day of the law and of the facts; the offer's own by default.
        known_on: only evidence recorded by then counts.
        reading: how the ask is read; the asker's own words by default.
        command: what was called, for the receipt.
    """
    found = shipped(regime) if evidence is None else evidence
    at = _setting(regime, offer, found, as_of, known_on, reading)
    return msgspec.structs.replace(_gap(at), receipt=receipt_of(regime, found, command))


def bridge(
    regime: Regime,
    offer: Offer | str,
    evidence: Evidence | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    reading: str | None = None,
    side: Literal["sender", "target"] | None = None,
    costs: str | Path | None = None,
    grid: str | Path | None = None,
    command: str = "detente.bridge",
) -> Bridges:
    """Find the lawful packages near an offer, and solve its bargain where one is laid out.

    Args:
        regime: the regime.
        offer: the offer, its name or its file's path.
        evidence: the findings; those that ship with the regime by default.
        as_of: the day of the law and of the facts; the offer's own by default.
        known_on: only evidence recorded by then counts.
        reading: how the ask is read; the asker's own words by default.
        side: for whom packages are ordered.
        costs: a YAML file of cost ranges by fact, as for ``unlock``.
        grid: a YAML file of bargaining grids that takes the place of the regime's.
        command: what was called, for the receipt.

    Raises:
        UsageError: the file of grids lays out no bargain of this offer.
    """
    from detente.relief.unlock import read_costs

    found = shipped(regime) if evidence is None else evidence
    at = _setting(regime, offer, found, as_of, known_on, reading)
    priced = read_costs(Path(costs), regime) if costs is not None else None
    made = _bridges(at, grid_for(regime, at.offer, grid), side=side, costs=priced)
    return msgspec.structs.replace(made, receipt=receipt_of(regime, found, command))


def grid_for(
    regime: Regime, offer: Offer | str, file: str | Path | None = None
) -> BargainingGrid | None:
    """Return the grid that lays out the bargain of an offer: of a file, or of the regime.

    Args:
        regime: the regime.
        offer: the offer, its name or its file's path.
        file: a YAML file of grids that takes the place of the regime's.

    Returns:
        The grid; None where the regime lays out no bargain of that offer.

    Raises:
        DataError: the file has problems, all of them listed.
        UsageError: the file lays out no bargain of that offer.
    """
    about = _loaded(regime, offer).id
    if file is None:
        grids = _pressure(regime).grids
    else:
        from detente.pressure.files import load_grids

        grids = load_grids(Path(file), regime)
    mine = [grid for grid in grids.values() if grid.offer == about]
    if file is not None and not mine:
        raise UsageError(f"{file} lays out no bargain of {about}; set offer: {about} in a grid")
    return mine[0] if mine else None


def precedents(regime: Regime) -> Precedents:
    """Return the earlier deals that a regime knows, each once."""
    from detente.talks.precedents import cases_of

    return cases_of(regime, _pressure(regime))


def similar(regime: Regime, offer: Offer | str, known: Precedents | None = None) -> Similar:
    """Return the earlier deals most like an offer.

    Args:
        regime: the offer's regime.
        offer: the offer, its name or its file's path.
        known: the cases to compare with; the regime's own by default.
    """
    from detente.talks.similar import similar as run

    return run(_loaded(regime, offer), precedents(regime) if known is None else known)


def backtest(regime: Regime) -> Backtest:
    """Predict each coded case of a regime from all the others."""
    from detente.talks.backtest import backtest as run

    return run(precedents(regime))


def stalling(regime: Regime, offer: Offer | str | None = None) -> Stalling:
    """Return the signals of stalling in the deals made with a regime's target."""
    from detente.talks.stalling import stalling as run

    at = None if offer is None else _loaded(regime, offer)
    return run(regime, precedents(regime), at)


def claims(
    regime: Regime,
    brief: str,
    evidence: Evidence | None = None,
    *,
    listed: tuple[int, int] | None = None,
    command: str = "detente.claims",
) -> Claims:
    """Check the claims of a brief.

    Args:
        regime: the regime.
        brief: a brief that ships with it, or its file's path.
        evidence: the findings; those that ship with the regime by default.
        listed: how many delistings a watch found without a stated ground, and how many editions
            of lists it held; None where no list is kept.
        command: what was called, for the receipt.
    """
    from detente.monitor.audit import audit
    from detente.talks.briefs import load
    from detente.talks.checks import CHECKS
    from detente.talks.claims import Known, checked

    found = shipped(regime) if evidence is None else evidence
    told = load(regime, brief, frozenset(CHECKS))
    at = _setting(regime, told.offer, found, None, None, None)
    known = Known(
        at=at,
        gap=_gap(at),
        bridges=_bridges(at, None),
        audit=audit(regime, found, until=told.date),
        listed=listed,
        cases=precedents(regime),
        pressure=_pressure(regime),
    )
    return msgspec.structs.replace(checked(told, known), receipt=receipt_of(regime, found, command))


def delistings(
    regime: Regime, evidence: Evidence, store: str | Path | None
) -> tuple[int, int] | None:
    """Return what a watch of the lists in a store found, as ``claims`` takes it.

    Returns:
        How many delistings had no stated ground, and how many editions were compared; None where
        no list is kept.
    """
    from detente import listings, places

    if not places.store(str(store) if store is not None else None).exists():
        return None
    seen = listings.watch([regime], {regime.id: evidence}, store=store)
    editions = sum(seen.editions.values())
    if not editions:
        return None
    alarms = [event for event in seen.events if event.event == "delisting" and event.alarm]
    return len(alarms), editions


def _loaded(regime: Regime, offer: Offer | str) -> Offer:
    return _offer(regime, offer) if isinstance(offer, str) else offer


def _setting(
    regime: Regime,
    offer: Offer | str,
    evidence: Evidence,
    as_of: Day | None,
    known_on: Day | None,
    reading: str | None,
) -> Setting:
    return setting(
        regime, _loaded(regime, offer), evidence,
        as_of=day_of(as_of), known_on=day_of(known_on), reading=reading,
    )  # fmt: skip


def _gap(at: Setting) -> Gap:
    from detente.talks.gap import gap as run

    return run(at, tuple(_rulers(at, _pressure(at.regime))))


def _bridges(at: Setting, grid: BargainingGrid | None, **options: Any) -> Bridges:
    from detente.talks.bridge import bridges
    from detente.talks.bridge_results import Threshold

    made = bridges(at, released=_released(at, _pressure(at.regime)), **options)
    if grid is None:
        return made
    from detente.talks.laid_out import bargain_of

    bargain = bargain_of(grid)
    first = bargain.limits[0] if bargain.limits else None
    return msgspec.structs.replace(
        made,
        bargain=bargain,
        threshold=None if first is None else Threshold(text=first.text, value=first.value),
    )


def _has_exports(pressure: Pressure) -> bool:
    return any(row.flow == "export" and row.group == "total" for row in pressure.trade.values())


def _same_issuers(at: Setting) -> list[str]:
    """The measures in force of those who issued what is asked."""
    regime = at.regime

    def issuer(measure: str) -> str:
        return regime.instruments[regime.measures[measure].instrument].issuer

    issuers = {issuer(id_) for id_ in at.asked}
    return [id_ for id_ in at.in_force if issuer(id_) in issuers]


def _rulers(at: Setting, pressure: Pressure) -> Iterable[Ruler]:
    """The rulers that count money, where the regime has figures of trade."""
    from detente.talks.gap_results import Ruler

    if not _has_exports(pressure):
        return
    from detente.pressure.exposure import base_year_of
    from detente.pressure.release import hard_currency, share_released

    year, stay = base_year_of(pressure), _same_issuers(at)
    found = share_released(at.regime, pressure, at.asked, stay, base_year=year)
    if found.share is not None:
        yield Ruler(
            ruler=EXPORTS,
            text=f"of the exports of {year}, what the asked measures block and no other measure "
            "of the same issuers would",
            asked=_share(found.share),
            given=None,
            citation=f"detente pressure exposure --base-year {year} --sources",
            confidence="estimated",
        )
    money = hard_currency(at.regime, pressure, at.asked, stay, base_year=year)
    if money is not None:
        yield Ruler(
            ruler=CURRENCY,
            text=f"of the hard currency of {year} that the measures block (goods, labour and "
            "services, arms), what would flow again",
            asked=_share(money.share),
            given=None,
            citation=f"detente pressure exposure --base-year {year} --sources",
            confidence="estimated, services and arms with low confidence",
        )


def _share(value: Any) -> Share:
    return Share(
        low=round(value.low, 6), central=round(value.central, 6), high=round(value.high, 6),
        kind=value.kind,
    )  # fmt: skip


def _released(
    at: Setting, pressure: Pressure
) -> Callable[[Sequence[str]], tuple[Share, str] | None] | None:
    """The share of exports that lifting measures would release, drawn once for many packages."""
    if not _has_exports(pressure):
        return None
    from detente.pressure.blocked import draw
    from detente.pressure.exposure import base_year_of
    from detente.pressure.goods import basket
    from detente.pressure.release import released_from

    year = base_year_of(pressure)
    drawn = draw(basket(at.regime, pressure, year))
    stay = set(_same_issuers(at))

    def released(measures: Sequence[str]) -> tuple[Share, str] | None:
        ends = set(measures)
        share = released_from(at.regime, drawn, ends, stay - ends).share
        return None if share is None else (_share(share), f"exports of {year}")

    return released
