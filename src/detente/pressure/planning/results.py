"""What is asked of a plan, and what a plan says (``detente.plan/1``)."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from detente.errors import UsageError
from detente.law.model import Source
from detente.pressure.cited import RowUsed
from detente.pressure.harm import Humanitarian
from detente.pressure.model import Bounds, Degree, Evidence, Family, Law, Reversibility
from detente.pressure.planning.draws import Outlook
from detente.pressure.planning.scenario import REVENUE, Scenario
from detente.pressure.planning.search import Conflict, Switch
from detente.pressure.reach import Reach
from detente.pressure.spread import Spread

MOST_QUARTERS: Final = 40
RELIEF_RULE: Final = "No lever gives relief without an entry of the ledger."
JUDGED: Final = (
    "Costs and effects of levers, their harm, escalation, prerequisites, conflicts, how returns "
    "diminish and what a party can be asked are the analyst's judgement; what is at stake in a "
    "stream rests on the rows of trade that it names."
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The objective, the limits and the scenario of a plan.

    Attributes:
        objective: ``revenue``, or one that levers serve by points.
        quarters: how many quarters the plan covers.
        budget: USD million a year that may run in any quarter; None: no limit.
        humanitarian_max: points of harm in any quarter, eased ones taken off.
        escalation_max: points of escalation in any quarter.
        at_least: what the objective must reach over the plan.
        floors: points that the levers begun must reach, by objective.
        include: levers that must begin.
        exclude: levers that must not.
        coalition: other limits on what a party can be asked, by party.
        scenario: which number is taken from each range.
        lawful: whether only levers count whose law stands.
        next_best: how many further portfolios are sought.
        switches: whether it is sought what would bring each lever in or out.
    """

    objective: str = REVENUE
    quarters: int = 8
    budget: float | None = None
    humanitarian_max: float | None = None
    escalation_max: float | None = None
    at_least: float | None = None
    floors: dict[str, float] = {}
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    coalition: dict[str, int] = {}
    scenario: Scenario = Scenario(name="central")
    lawful: bool = False
    next_best: int = 3
    switches: bool = True

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not 1 <= self.quarters <= MOST_QUARTERS:
            raise UsageError(f"a plan of {self.quarters} quarters; give 1 to {MOST_QUARTERS}")
        if not 0 < self.scenario.quantile < 1:
            raise UsageError(f"the quantile {self.scenario.quantile:g}; give one between 0 and 1")
        for name, points in self.floors.items():
            if not 0 <= points < float("inf"):
                raise UsageError(f"the floor of {name} is {points:g}; give 0 or more")
        for party, most in self.coalition.items():
            if most < 0:
                raise UsageError(f"at most {most} levers that need {party}; give 0 or more")
        for name in ("budget", "humanitarian_max", "escalation_max", "at_least"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < float("inf"):
                raise UsageError(f"{name.replace('_', ' ')} is {value:g}; give 0 or more")
        if self.next_best < 0:
            raise UsageError(f"{self.next_best} further portfolios; give 0 or more")


class PlannedLever(msgspec.Struct, frozen=True, kw_only=True):
    """A lever of a plan.

    Attributes:
        begins: the quarter in which it begins, from 1.
        works_from: the quarter from which it has its effect, in the scenario of the plan; None
            where its lead is longer than the plan.
        cost: USD million a year, the analyst's range.
        effect: USD million a year denied, the analyst's range.
        lead: months.
        law: whether the law for it stands, as the analyst reads it; None where that is not said.
        has_law: the same with what binds on the day.
        ledger_entry: the entry of the ledger on which it rests, where it gives relief.
    """

    lever: str
    name: str
    family: Family
    begins: int
    works_from: int | None
    cost: Bounds
    effect: Bounds
    effect_is: str
    lead: Bounds
    harm: int
    escalation: float
    stream: str | None
    reversibility: Reversibility
    needs: tuple[str, ...]
    law: Law | None
    has_law: bool
    evidence: Evidence
    confidence: Degree
    ledger_entry: str | None


class Quarter(msgspec.Struct, frozen=True, kw_only=True):
    """One quarter of a plan, in the numbers of its scenario.

    Attributes:
        quarter: from 1.
        value: what the objective gains in it.
        cost: USD million a year that run in it.
        harm: points of harm, eased ones taken off.
        escalation: points of escalation.
        asks: how many levers need each party whose limit holds.
    """

    quarter: int
    value: float
    cost: float
    harm: float
    escalation: float
    asks: dict[str, int]


class Portfolio(msgspec.Struct, frozen=True, kw_only=True):
    """A choice of levers and what it may come to.

    Attributes:
        levers: their ids.
        value: over the whole plan, in the scenario of the plan.
        loss: how much less that is than the best.
        bounds: the same with every range at its worst, and at its best.
        outlook: what draws of everything uncertain make of it.
        enters: levers that the best does not have.
        leaves: levers of the best that it does not have.
    """

    levers: tuple[str, ...]
    value: float
    loss: float
    bounds: Spread
    outlook: Outlook
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A lever that could not be chosen, and why."""

    lever: str
    why: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan (``detente.plan/1``).

    Attributes:
        regime: id of the regime.
        asked: what was asked.
        status: ``optimal``, ``infeasible``, or ``stopped`` where time ran out before the proof.
        unit: of the value.
        value: what the plan brings over all its quarters, in the numbers of its scenario.
        portfolio: the choice and what it may come to.
        levers: the levers, in the regime's order.
        quarters: quarter by quarter.
        next_best: the best choices of other levers.
        switches: what would have to change for each lever to enter or to leave.
        conflict: the limits that cannot all hold, where no choice exists.
        left_out: levers that could not be chosen, and why.
        without_law: levers of the plan whose law has to be made first; its worth counts them.
        humanitarian: the humanitarian side.
        upper_bound: what pressure has bought so far.
        judged: which numbers are the analyst's.
        relief_rule: that no lever gives relief without an entry of the ledger.
        rows_used: every row that a number rests on.
        sources: what these rows cite, by id.
    """

    regime: str
    asked: Asked
    status: Literal["optimal", "infeasible", "stopped"]
    unit: str
    value: float
    portfolio: Portfolio
    levers: tuple[PlannedLever, ...]
    quarters: tuple[Quarter, ...]
    next_best: tuple[Portfolio, ...]
    switches: tuple[Switch, ...]
    conflict: Conflict | None
    left_out: tuple[LeftOut, ...]
    without_law: tuple[str, ...]
    humanitarian: Humanitarian
    upper_bound: Reach
    rows_used: tuple[RowUsed, ...]
    sources: dict[str, Source]
    judged: str = JUDGED
    relief_rule: str = RELIEF_RULE
    schema: str = "detente.plan/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each lever of the plan."""
        return [
            {
                "lever": item.lever, "family": item.family, "name": item.name,
                "begins": item.begins, "works_from": item.works_from,
                "cost_low": item.cost.low, "cost_high": item.cost.high,
                "effect_low": item.effect.low, "effect_high": item.effect.high,
                "harm": item.harm, "escalation": item.escalation, "law": item.law or "",
                "has_law": item.has_law, "evidence": item.evidence,
            }
            for item in self.levers
        ]  # fmt: skip
