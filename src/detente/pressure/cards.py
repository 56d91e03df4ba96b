"""Levers as cards: what each costs, does and risks, and whether the law for it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from detente.errors import UnknownIdError, UsageError
from detente.law.model import Source
from detente.law.regime import Regime
from detente.pressure.cited import RowUsed, rows_used, sources_of
from detente.pressure.harm import Humanitarian, humanitarian
from detente.pressure.model import Family, Law, Lever, Planning, Pressure
from detente.pressure.reach import Reach, reach


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the law for a lever stands.

    Attributes:
        authority: the law or mandate, in words.
        law: the analyst's reading; None where there is none.
        in_force: measures that it names and that bind on the day.
        not_in_force: measures that it names and that do not.
        instruments: instruments that it names as a whole.
        has_law: whether the law stands as far as is known: by the analyst's reading where there
            is one, else by the measures named; a lever that needs none has it. One of which
            nothing that it names binds on the day has none; an instrument without measures on
            record is taken to bind.
    """

    authority: str
    law: Law | None
    in_force: tuple[str, ...]
    not_in_force: tuple[str, ...]
    instruments: tuple[str, ...]
    has_law: bool


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A lever with all that is known of it.

    Attributes:
        lever: its row.
        planning: what plans know of it beside; None where there is no such row.
        standing: whether the law for it stands.
        requires: it waits for these.
        unlocks: these wait for it.
        conflicts: these cannot run beside it, whoever says so.
    """

    lever: Lever
    planning: Planning | None
    standing: Standing
    requires: tuple[str, ...]
    unlocks: tuple[str, ...]
    conflicts: tuple[str, ...]


class Cards(msgspec.Struct, frozen=True, kw_only=True):
    """Cards of levers (``detente.levers/1``)."""

    regime: str
    cards: tuple[Card, ...]
    humanitarian: Humanitarian
    upper_bound: Reach
    rows_used: tuple[RowUsed, ...]
    sources: dict[str, Source]
    schema: str = "detente.levers/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each lever."""
        return [
            {
                "lever": card.lever.id, "family": card.lever.family, "name": card.lever.name,
                "cost_low": card.lever.cost.low, "cost_high": card.lever.cost.high,
                "effect_low": card.lever.effect.low, "effect_high": card.lever.effect.high,
                "lead_low": card.lever.lead.low, "lead_high": card.lever.lead.high,
                "harm": card.lever.humanitarian_harm,
                "escalation": card.planning.escalation if card.planning else "",
                "reversibility": card.lever.reversibility, "authority": card.lever.authority,
                "has_law": card.standing.has_law, "evidence": card.lever.evidence,
                "confidence": card.lever.confidence,
            }
            for card in self.cards
        ]  # fmt: skip


def standing_of(
    regime: Regime, pressure: Pressure, lever: str, in_force: Collection[str] | None
) -> Standing:
    """Return whether the law for a lever stands.

    Args:
        regime: the regime.
        pressure: its rows.
        lever: id of the lever.
        in_force: the measures that bind on the day; None: those without a later one in place.
    """
    row = pressure.levers[lever]
    law = next((p.law for p in pressure.planning.values() if p.lever == lever), None)
    if in_force is None:
        in_force = [m.id for m in regime.measures.values() if m.superseded_by is None]
    binds = set(in_force)
    there = tuple(id_ for id_ in row.measures if id_ in binds)
    judged = law in ("in-hand", "in-part", "none-needed") if law is not None else bool(there)
    acts = [[m.id for m in regime.measures.values() if m.instrument == id_]
            for id_ in row.instruments]  # fmt: skip
    named = bool(row.measures or row.instruments)
    lapsed = named and not there and all(ids and binds.isdisjoint(ids) for ids in acts)
    return Standing(
        authority=row.authority,
        law=law,
        in_force=there,
        not_in_force=tuple(id_ for id_ in row.measures if id_ not in there),
        instruments=row.instruments,
        has_law=judged and not lapsed,
    )


def cards(
    regime: Regime,
    pressure: Pressure,
    ids: Iterable[str] = (),
    *,
    family: Family | None = None,
    in_force: Collection[str] | None = None,
) -> Cards:
    """Return levers as cards.

    Args:
        regime: the regime.
        pressure: its rows.
        ids: ids of levers; all by default.
        family: only those of a family.
        in_force: the measures that bind on the day.

    Raises:
        UnknownIdError: no lever has that id.
        UsageError: a lever named is of another family.
    """
    wanted = list(dict.fromkeys(ids))
    for id_ in wanted:
        if id_ not in pressure.levers:
            raise UnknownIdError("lever", id_, pressure.levers)
    shown = [
        row for row in pressure.levers.values()
        if (not wanted or row.id in wanted) and family in (None, row.family)
    ]  # fmt: skip
    for id_ in wanted:
        if family not in (None, pressure.levers[id_].family):
            of = pressure.levers[id_].family
            raise UsageError(f"{id_} is of the family {of}, not {family}; name one or the other")
    plans = {row.lever: row for row in pressure.planning.values()}
    bound = reach(pressure)
    names = [row.id for row in shown]
    measures = {id_ for row in shown for id_ in row.measures}
    extra = [plans[id_].id for id_ in names if id_ in plans]
    human = humanitarian(regime, pressure, measures, names)
    told = (*bound.rows, *(found.row for found in human.record))
    used = rows_used(pressure, (*names, *extra, *told))
    return Cards(
        regime=regime.id,
        cards=tuple(
            Card(
                lever=row,
                planning=plans.get(row.id),
                standing=standing_of(regime, pressure, row.id, in_force),
                requires=plans[row.id].requires if row.id in plans else (),
                unlocks=tuple(p.lever for p in plans.values() if row.id in p.requires),
                conflicts=_conflicts(plans, row.id),
            )
            for row in shown
        ),
        humanitarian=human,
        upper_bound=bound,
        rows_used=used,
        sources=sources_of(regime, pressure, used),
    )


def _conflicts(plans: dict[str, Planning], id_: str) -> tuple[str, ...]:
    own = plans[id_].conflicts if id_ in plans else ()
    others = (row.lever for row in plans.values() if id_ in row.conflicts)
    return tuple(dict.fromkeys((*own, *others)))
