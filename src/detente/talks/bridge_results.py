"""What a bridge says (``detente.bridge/1``): lawful packages and where lawful deals begin."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from detente.relief.frames import Framed
from detente.relief.receipt import Receipt
from detente.relief.spirit import Share
from detente.relief.unlock import Cost
from detente.talks.bargain import Limit, Point

Manner = Literal["end", "suspend", "ease"]


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody owes once the conduct is done, and who could take it back.

    Attributes:
        path: the relief path.
        kind: termination, suspension, waiver and so on.
        decided_by: whose decision it is, in words.
        measures: how many of the package's measures it covers.
        citation: the provision.
        lasts: how long the relief lasts; None where nothing ends it by itself.
        taken_back: how it can be taken back, and by whom.
    """

    path: str
    kind: str
    decided_by: str
    measures: int
    citation: str
    lasts: str | None
    taken_back: str


class Conduct(msgspec.Struct, frozen=True, kw_only=True):
    """Conduct that a package adds to the offer.

    Attributes:
        id: the requirement or component.
        what: ``requirement`` or ``component``.
        level: the level to reach; a component is brought to its verified end-state.
        text: what that is.
    """

    id: str
    what: Literal["requirement", "component"]
    level: str
    text: str


class Bridge(msgspec.Struct, frozen=True, kw_only=True):
    """A package of conduct and relief.

    Attributes:
        name: a short name.
        rule: the rule that it was made for; the first of ``lawful``.
        manner: whether relief ends measures, suspends them, or eases them case by case.
        conduct: what it adds to the conduct that the offer gives.
        relief: the measures that are relieved.
        lawful: for each rule, whether it allows all of that relief once the conduct is done.
        cost: what the added conduct costs the target; None where a step has no cost.
        cost_unit: the unit; without a file of costs every step counts one.
        pressure_kept: the share of pressure that stays, by the ruler ``pressure_ruler``.
        pressure_ruler: what is counted.
        measures_kept: the share of measures in force that stay.
        requirements_met: the share of the conduct requirements that the asked measures are tied
            to which would be met; low leaves out what is arguable, high takes it in.
        areas: the share of each issue area that would be met; never averaged.
        owed: what the deciders owe on compliance, and who could take it back.
        undominated: whether no other package here costs less, keeps more pressure and meets more.
    """

    name: str
    rule: str
    manner: Manner
    conduct: tuple[Conduct, ...]
    relief: tuple[str, ...]
    lawful: dict[str, bool]
    cost: Cost | None
    cost_unit: str
    pressure_kept: Share
    pressure_ruler: str
    measures_kept: float
    requirements_met: Share
    areas: dict[str, Share | None]
    owed: tuple[Act, ...]
    undominated: bool = False


class Bargain(msgspec.Struct, frozen=True, kw_only=True):
    """The bargain of an offer, laid out as a grid of packages and solved exactly.

    Attributes:
        grid: its id.
        parties: who sender and target are.
        weights: what each party gives each issue: an analyst's input, never elicited.
        packages: how many packages there are; all are valued.
        frontier: how many of them no other beats for both.
        offers: the two offers and no deal as points.
        beaten_by: how many packages beat each of them for both.
        acceptable: how many packages both prefer to no deal by their reservation.
        acceptable_lawful: how many of those stay under the ceiling that the law would bear.
        pareto: the acceptable and lawful packages that no other such package beats in conduct's
            cost to the target, pressure kept and requirements met.
        solutions: the fair points among acceptable packages.
        lawful_solutions: the same among those that are lawful.
        limits: where lawful deals begin.
        confidence: how the values are known.
        note: what to keep in mind.
    """

    grid: str
    parties: dict[str, str]
    weights: dict[str, dict[str, float]]
    packages: int
    frontier: int
    offers: dict[str, Point]
    beaten_by: dict[str, int]
    acceptable: int
    acceptable_lawful: int
    pareto: tuple[GridPackage, ...]
    solutions: dict[str, Point]
    lawful_solutions: dict[str, Point]
    limits: tuple[Limit, ...]
    confidence: str
    note: str | None


class GridPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A package of the grid with the three things that are weighed.

    Attributes:
        point: the package and its value to both.
        cost: the value that its conduct costs the target, in the target's own scale.
        pressure_kept: the share of pressure that stays.
        requirements_met: what the sender's weights make of the conduct, of all it could be.
    """

    point: Point
    cost: float
    pressure_kept: float
    requirements_met: float


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence that a decision-maker can argue with, and its number."""

    text: str
    value: Share | None


class Bridges(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The lawful bridges of an offer.

    Attributes:
        regime: id of the regime.
        offer: id of the offer.
        reading: how the ask was read.
        as_of: the day.
        side: for whom packages are ordered; None orders by how little they add to the offer.
        asked: how many measures were asked for.
        packages: the packages, first the ones that add least.
        bargain: the offer as a grid of packages, where one is laid out for it.
        threshold: the first threshold of the bargain, recomputed.
        rules: what each rule asks, by name.
        proved: ``complete`` where these are all packages of their sort, else ``capped``.
        receipt: what is needed to replay the answer.
    """

    regime: str
    offer: str
    reading: str
    as_of: date
    side: str | None
    asked: int
    packages: tuple[Bridge, ...]
    bargain: Bargain | None
    threshold: Threshold | None
    rules: dict[str, str]
    proved: Literal["complete", "capped"]
    receipt: Receipt | None = None
    schema: str = "detente.bridge/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each package."""
        return [
            {
                "package": item.name,
                "manner": item.manner,
                "adds": " + ".join(step.id for step in item.conduct),
                "relief": " ".join(item.relief),
                **{f"lawful {rule}": ok for rule, ok in item.lawful.items()},
                "cost": item.cost.central if item.cost else None,
                "pressure_kept_low": item.pressure_kept.low,
                "pressure_kept_high": item.pressure_kept.high,
                "requirements_met_low": item.requirements_met.low,
                "requirements_met_high": item.requirements_met.high,
            }
            for item in self.packages
        ]
