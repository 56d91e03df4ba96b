"""The humanitarian side: what exempts, what harm is on record, what levers would do to it.

It stands beside every answer about pressure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import msgspec

from detente.law.regime import Regime
from detente.pressure.model import Pressure
from detente.pressure.reach import Found, found_in

TOPIC: Final = "humanitarian harm"
"""The topic of the estimates that are told here."""

_EXEMPTING: Final = ("exemption", "exception", "licence")
_CIVILIAN: Final = ("civilian", "mixed")


class Exemption(msgspec.Struct, frozen=True, kw_only=True):
    """A way in which the law lets civilian dealings through.

    Attributes:
        path: its id.
        title: a short name.
        citation: the provision.
        decided_by: who decides.
        measures: how many of the measures at hand it eases.
    """

    path: str
    title: str
    citation: str
    decided_by: str
    measures: int


class Harmful(msgspec.Struct, frozen=True, kw_only=True):
    """A lever that may harm civilians, or takes harm off.

    Attributes:
        lever: its id.
        name: what is done.
        harm: points from 0 (none) to 4 (severe).
        eases: points that it takes off once it works.
    """

    lever: str
    name: str
    harm: int
    eases: int


class Humanitarian(msgspec.Struct, frozen=True, kw_only=True):
    """The humanitarian side of an answer.

    Attributes:
        civilian: measures at hand that fall on civilian or mixed dealings.
        of: how many measures are at hand.
        exemptions: ways in which the law lets civilian dealings through.
        record: what is on record of delays and harm.
        levers: levers at hand that harm or ease.
    """

    civilian: int
    of: int
    exemptions: tuple[Exemption, ...]
    record: tuple[Found, ...]
    levers: tuple[Harmful, ...]


def humanitarian(
    regime: Regime,
    pressure: Pressure,
    measures: Collection[str] = (),
    levers: Iterable[str] = (),
) -> Humanitarian:
    """Return the humanitarian side of measures and levers.

    Args:
        regime: the regime.
        pressure: its rows.
        measures: ids of the measures at hand.
        levers: ids of the levers at hand.
    """
    eased = {row.lever: row.eases_harm for row in pressure.planning.values()}
    at_hand = set(measures)
    return Humanitarian(
        civilian=sum(regime.measures[id_].livelihood in _CIVILIAN for id_ in at_hand),
        of=len(at_hand),
        exemptions=tuple(
            Exemption(
                path=path.id, title=path.title, citation=path.citation,
                decided_by=regime.deciders.get(path.decided_by, path.decided_by), measures=count,
            )
            for path in regime.paths.values()
            if path.kind in _EXEMPTING and (count := len(at_hand & set(path.applies_to)))
        ),
        record=tuple(found_in(pressure, TOPIC)),
        levers=tuple(
            Harmful(lever=id_, name=row.name, harm=row.humanitarian_harm, eases=eased.get(id_, 0))
            for id_ in levers
            for row in [pressure.levers[id_]]
            if row.humanitarian_harm or eased.get(id_)
        ),
    )  # fmt: skip
