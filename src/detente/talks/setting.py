"""What talks look at: an offer on its day, with what the law, the evidence and its gives say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import msgspec

from detente.errors import UnknownIdError, UsageError
from detente.evidence.facts import Facts, Promise, facts_of, variant
from detente.evidence.load import Evidence
from detente.law.asof import AsOf
from detente.law.conditions import Fact
from detente.law.model import Range
from detente.law.regime import Regime
from detente.law.vocabulary import Truth, extent_rank
from detente.offers.load import measures_of
from detente.offers.model import Offer
from detente.relief.assess import promises, shares_of
from detente.relief.letter import Letters
from detente.relief.rules import Case
from detente.relief.spirit import Share, fractions_if_kept, fractions_now

WHOLE = Range(low=1.0, central=1.0, high=1.0)
ALL = Share(low=1.0, central=1.0, high=1.0)


class Setting(msgspec.Struct, frozen=True):
    """An offer on a day.

    Attributes:
        regime: the regime.
        offer: the offer.
        reading: how the ask is read.
        asked: the asked measures that bind on the day.
        in_force: every measure that does.
        view: the law of the day.
        now: the state of every fact.
        now_fractions: what each component has reached, inspected or better.
    """

    regime: Regime
    offer: Offer
    reading: str
    asked: tuple[str, ...]
    in_force: tuple[str, ...]
    view: AsOf
    now: Facts
    now_fractions: dict[str, Range]

    @property
    def fractions(self) -> dict[str, Range]:
        """What each component would have reached with the gives carried out in full."""
        return fractions_if_kept(self.now_fractions, self.offer)

    def kept(self, conduct: Iterable[str] = ()) -> Facts:
        """Return the facts with the gives carried out in full, and further conduct with them.

        Args:
            conduct: ids of requirements, each at the last level that it knows.
        """
        table = promises(self.offer)
        for id_ in conduct:
            level = self.regime.requirements[id_].levels[-1]
            table[id_] = Promise(rank=extent_rank(level), arguable=False)
        return variant(self.now, promises=table)

    def conduct_of(self, measures: Iterable[str]) -> tuple[str, ...]:
        """Return the conduct requirements that measures are tied to, in the regime's order."""
        tied = {id_ for m in measures for id_ in self.regime.measures[m].requirements}
        rows = self.regime.requirements.values()
        return tuple(row.id for row in rows if row.id in tied and row.kind == "conduct")

    def truth(self, facts: Facts, requirement: str) -> Truth:
        """Return whether a requirement is met at the last level that it knows."""
        level = self.regime.requirements[requirement].levels[-1]
        return facts.state(Fact(kind="requirement", id=requirement, level=level)).truth

    def shares(
        self, components: Collection[str] = (), whole: Collection[str] = ()
    ) -> dict[str, Share | None]:
        """Return the share of every area if kept, with components given up besides.

        Args:
            components: further components, each brought to its verified end-state.
            whole: areas in which everything that the law asks is done.
        """
        table = dict(self.fractions) | dict.fromkeys(components, WHOLE)
        found = shares_of(self.regime, table)
        return {area: ALL if area in whole else share for area, share in found.items()}

    def case(
        self, asked: tuple[str, ...], facts: Facts, shares: Mapping[str, Share | None]
    ) -> Case:
        """Return what a rule looks at when these measures are asked on these facts."""
        letters = Letters(self.view, facts)
        statuses = {id_: letters.measure(id_) for id_ in asked}
        met = variant(facts, kept_as="met", promises=facts.promises)
        return Case(self.view, asked, self.in_force, facts, met, statuses, shares)


def setting(
    regime: Regime,
    offer: Offer,
    evidence: Evidence,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    reading: str | None = None,
) -> Setting:
    """Return an offer on a day.

    Args:
        regime: the regime.
        offer: the offer.
        evidence: the findings.
        as_of: the day of the law and of the facts; the offer's own by default.
        known_on: only evidence recorded by then counts.
        reading: how the ask is read; the asker's own words by default.

    Raises:
        UnknownIdError: the offer has no such reading.
        UsageError: the ask names no measure that binds on the day.
    """
    name = reading or offer.default_reading
    if name not in offer.readings:
        raise UnknownIdError(f"reading of {offer.id}", name, offer.readings)
    day = as_of or offer.as_of
    view = regime.as_of(day, known_on=known_on)
    facts = facts_of(regime, evidence, day, known_on)
    in_force = Letters(view, facts).in_force
    binds = set(in_force)
    asked = tuple(id_ for id_ in measures_of(regime, offer.readings[name]) if id_ in binds)
    if not asked:
        raise UsageError(f"{offer.id} asks for no measure in force on {day}; name another --as-of")
    return Setting(regime, offer, name, asked, in_force, view, facts, fractions_now(regime, facts))
