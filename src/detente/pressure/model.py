"""The rows of the economics of pressure, as immutable values.

Levers are what a sender can do, trade is what pressure bears on, episodes are deals that were
tried, a grid is a bargain laid out for calculation, and estimates are the single numbers that
are left. Field docs are the reference for the YAML that analysts edit.

No number here is the law. Every row says in words how it is known (``evidence``) and cites its
sources; what is uncertain is a range.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from detente.law.model import Range, Source

Evidence = Literal["read", "partly-read", "derived", "measured", "from-knowledge", "analyst"]
"""How a row is known: ``read`` in a source that it cites; ``partly-read``: read in part, the rest
from knowledge; ``derived``: calculated from what was read; ``measured``: calculated or timed by
the authors; ``from-knowledge``: not looked up again; ``analyst``: a judgement of the authors."""

Degree = Literal["low", "medium", "high"]
"""How far the numbers of a row can be relied on."""

Family = Literal[
    "enforcement", "new-sanctions", "military", "human-rights", "cyber", "information"
]  # fmt: skip
Reversibility = Literal["days", "weeks", "months", "by-law", "none"]
"""How soon a lever can be undone: in days, weeks or months, by a new law, or not at all."""

Flow = Literal["export", "import", "illicit-export", "service", "illicit", "macro"]
"""What a row of trade counts: goods out or in, goods out against a ban, services sold, other
illicit income, or a figure of the whole economy."""

Unit = Literal["USD m", "million barrels", "million barrels a year", "%"]
Answer = Literal["yes", "partly", "no", "not-applicable"]
Party = Literal["sender", "target"]
Order = Literal["compliance-first", "action-for-action", "unilateral", "threat", "other"]
"""Who moves first: the target, both in turn, the target for its own reasons, or under a threat."""


class Cited(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What every row of pressure carries.

    Attributes:
        id: unique in the regime.
        sources: ids in the regime's ``sources.yaml`` or in ``pressure/sources.yaml``.
        note: doubts and remarks, shown where the row decides an answer.
    """

    id: str
    sources: tuple[str, ...]
    note: str | None = None


class Bounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An estimate of which only the ends are known: low and high, in the unit its field names."""

    low: float
    high: float


class Band(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A number: low and high, and a central value where one was given; a point has both equal."""

    low: float
    high: float
    central: float | None = None


class Lever(Cited, frozen=True):
    """An instrument of pressure: what a sender can do, at what cost and to what effect.

    ``cost`` and ``effect`` are always the analyst's orders of magnitude, whatever ``evidence``
    says of the rest of the row.

    Attributes:
        family: what sort of pressure.
        name: what is done.
        cost: what it costs the sender, in USD million a year.
        effect: hard currency denied to the target, in USD million a year; nothing to nothing
            where it is no lever on revenue.
        effect_is: what the effect counts or, where it is no revenue, what to watch instead.
        lead: time to the first effect, in months.
        humanitarian_harm: risk of harm to civilians, from 0 (none) to 4 (severe).
        reversibility: how soon it can be undone.
        reversal: more on how it is undone.
        authority: the law or mandate for it, in words.
        needs: whose cooperation it takes.
        risk: what may go wrong.
        evidence: how the row is known; ``read`` where at least one key fact was read.
        confidence: how far its numbers can be relied on.
        measures: ids of the measures that ``authority`` names.
        instruments: ids of the instruments that it names as a whole.
        rests_on: ids of the rows of trade and estimates that its text speaks of.
    """

    family: Family
    name: str
    cost: Bounds
    effect: Bounds
    effect_is: str
    lead: Bounds
    humanitarian_harm: int
    reversibility: Reversibility
    authority: str
    needs: tuple[str, ...]
    risk: str
    evidence: Evidence
    confidence: Degree
    reversal: str | None = None
    measures: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


Law = Literal["in-hand", "in-part", "needed", "none-needed"]
"""Whether the law for a lever stands: it does; in part; a new act is needed; none is needed."""


class Planning(Cited, frozen=True):
    """What a plan needs to know of a lever beside its card: the analyst's judgement throughout.

    Attributes:
        lever: id of the lever.
        escalation: how far it may lead up the ladder, from 0 (not) to 4 (to war).
        law: whether the law for it stands.
        stream: the income that its effect comes out of; none, where it stands alone.
        serves: what else it serves, by objective, from 0 to 4.
        eases_harm: points of humanitarian harm that it takes off others once it works.
        requires: levers that must have begun to work before it begins.
        conflicts: levers that cannot run beside it.
        relief: whether it gives relief; then it needs an entry of the ledger.
        why: the reasons in words.
        evidence: how it is known.
    """

    lever: str
    escalation: int
    law: Law
    why: str
    evidence: Evidence
    stream: str | None = None
    serves: dict[str, int] = {}
    eases_harm: int = 0
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    relief: bool = False


class Return(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of diminishing returns.

    Attributes:
        share: how much of what is at stake the step covers, from 0 to 1.
        worth: what a dollar of effect in it denies in fact, from 0 to 1; less at each step.
    """

    share: float
    worth: float


class Stream(Cited, frozen=True):
    """An income that several levers draw on, so that together they cannot deny more than it is.

    Attributes:
        text: what it is.
        at_stake: ids of the rows of trade or estimates whose sum, in USD million a year, is it.
        returns: how returns diminish, first step first.
        evidence: how the steps are known.
    """

    text: str
    at_stake: tuple[str, ...]
    returns: tuple[Return, ...]
    evidence: Evidence


class CoalitionLimit(Cited, frozen=True):
    """How much a party can be asked at once.

    Attributes:
        party: as the levers' ``needs`` name it.
        at_once: levers that may run at one time and need it.
        why: the reason.
        evidence: how it is known.
    """

    party: str
    at_once: int
    why: str
    evidence: Evidence


class TradeRow(Cited, frozen=True):
    """One figure of trade, income or growth. Rows overlap: never add them up unseen.

    Attributes:
        year: the year that it is about.
        months: the part of the year, where it is no whole one (``2019-01/2019-08``).
        flow: what it counts.
        group: the goods or services.
        hs: chapters or headings of the Harmonized System; none for totals and services.
        value: low, central and high, in ``unit``.
        unit: the unit of the value.
        evidence: how the figure is known.
        confidence: how far it can be relied on.
        ban: the provisions that restrict such goods, in words, whenever they came; ``none`` or
            ``mixed`` where the source table says so; absent where it says nothing.
        measures: ids of the measures that ``ban`` names.
        instruments: ids of the instruments that it names as a whole.
    """

    year: int
    flow: Flow
    group: str
    value: Range
    unit: Unit
    evidence: Evidence
    confidence: Degree
    months: str | None = None
    hs: tuple[str, ...] = ()
    ban: str | None = None
    measures: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()


class Allowance(Cited, frozen=True):
    """What a ban lets through: trade that it names and leaves lawful, by a cap or an exception.

    Without such a row a ban stops all that it names.

    Attributes:
        measure: id of the measure.
        through: what stays lawful under it, low, central and high, in ``unit``.
        unit: ``share`` of the trade, from 0 to 1, or USD million a year for a cap.
        why: the cap or the exception, and how the number comes about.
        evidence: how it is known.
        hs: the goods of which it holds; all that the measure bears on where there are none.
        rests_on: ids of the rows of trade and estimates that its number comes from.
    """

    measure: str
    through: Range
    unit: Literal["share", "USD m a year"]
    why: str
    evidence: Evidence
    hs: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


class Episode(Cited, frozen=True):
    """A deal that was tried, coded for comparison. The coding is the analyst's, with hindsight.

    Attributes:
        target: the state that it was made with.
        deal: its name.
        start: when it began, possibly imprecise.
        end: when it ended, possibly imprecise.
        months: how long it lasted, in months.
        sequence: the rule of who moves first, in words.
        order: the same as one of five rules.
        relief_first: whether relief came before conduct was verified.
        relief: what that relief was.
        observed_share: share of the programme under observation, from 0 to 1.
        snapback: whether relief could be taken back by right.
        snapback_by: by what text.
        cheating: how the deal was cheated on, if it was.
        ended_by: who ended it; ``superseded`` by another deal, or ``nobody``.
        outcome: how it came out.
        success: whether it is counted as one.
        evidence: how the row is known.
        precedent: id of the regime's precedent on the same deal.
    """

    target: str
    deal: str
    start: str
    end: str
    months: float
    sequence: str
    order: Order
    relief_first: Answer
    observed_share: float
    snapback: Answer
    cheating: str
    ended_by: Literal["sender", "target", "both", "superseded", "nobody"]
    outcome: str
    success: bool
    evidence: Evidence
    relief: str | None = None
    snapback_by: str | None = None
    precedent: str | None = None


class GridOption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to settle an issue, and what it is worth to each party, from 0 to 1."""

    id: str
    label: str
    sender: float
    target: float


class GridIssue(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A question of a bargain, with every way to settle it.

    Attributes:
        options: the ways to settle it.
        sender_pays: the sender's figures are shares given away: its value is 1 minus them.
    """

    id: str
    options: tuple[GridOption, ...]
    sender_pays: bool = False


class Interaction(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A value that depends on more than its own issue.

    Attributes:
        party: whose value it is.
        issue: the issue whose value it takes the place of.
        formula: plain arithmetic on the party's values of issues (of an issue that the sender pays
            for, the share given away) and on ``parameters``.
        parameters: the numbers of the formula, by name.
    """

    id: str
    party: Party
    issue: str
    formula: str
    parameters: dict[str, float]
    note: str | None = None


class LawfulCeiling(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The most relief that the law would bear, as the analyst reads it.

    Attributes:
        relief: the issue that is capped.
        conduct: the issue whose option sets the cap.
        shares: the cap for each of its options, as a share of full relief.
        verification: the issue that must come at least as far as ``verified_from``.
        verified_from: the first option of that issue that suffices.
        otherwise: the most relief where it does not, as a share.
    """

    relief: str
    conduct: str
    shares: dict[str, float]
    verification: str
    verified_from: str
    otherwise: float
    note: str | None = None


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The value of the target's programme, over full relief, below which a lawful deal exists.

    Attributes:
        text: the sentence, with ``{value}`` where the number goes.
        conduct: the options of the ceiling's conduct issue that a deal must contain one of.
        below: the value that the analyst published; it is computed anew and shown beside.
    """

    id: str
    text: str
    conduct: tuple[str, ...]
    below: float


class BargainingGrid(Cited, frozen=True):
    """A bargain laid out for calculation. Every number is an analyst's input, elicited from nobody.

    Attributes:
        title: what it lays out.
        offer: id of the regime's offer that it is modelled on.
        parties: who sender and target are.
        issues: the questions, with their options.
        packages: how many combinations of options there are.
        weights: what each party gives each issue; they add up to 1.
        reservation: by how much a deal must beat no deal, for each party.
        threshold_reservation: the same in the calculation of ``thresholds``.
        no_deal: the option of each issue when there is no deal.
        target_offer: the option of each issue in the target's offer.
        sender_offer: the option of each issue in the sender's offer.
        interactions: values that depend on more than one issue.
        ceiling: the most relief that the law would bear.
        thresholds: where lawful deals begin, other weights held at the target's.
        conduct: the issues that are conduct of the target and its verification.
        evidence: how it is known.
    """

    title: str
    offer: str
    parties: dict[Party, str]
    issues: tuple[GridIssue, ...]
    packages: int
    weights: dict[Party, dict[str, float]]
    reservation: dict[Party, float]
    threshold_reservation: float
    no_deal: dict[str, str]
    target_offer: dict[str, str]
    sender_offer: dict[str, str]
    interactions: tuple[Interaction, ...]
    ceiling: LawfulCeiling
    thresholds: tuple[Threshold, ...]
    conduct: tuple[str, ...]
    evidence: Evidence


class Estimate(Cited, frozen=True):
    """One number that stands by itself, or a finding that has none.

    Attributes:
        topic: what it belongs to.
        text: what was found, in a sentence.
        kind: how it is known.
        value: the number, in ``unit``; absent where the finding has none.
        unit: the unit of the value.
        bound: where the value is a limit: the truth is at least, or at most, so much.
    """

    topic: str
    text: str
    kind: Evidence
    value: Band | None = None
    unit: str | None = None
    bound: Literal["at-least", "at-most"] | None = None


class Pressure(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a regime knows of pressure, every row by its id.

    Attributes:
        levers: what a sender can do.
        planning: what plans need to know of levers beside.
        streams: incomes that several levers draw on.
        coalition: how much parties can be asked at once.
        trade: figures of trade, income and growth.
        allowances: what bans let through.
        episodes: deals that were tried.
        grids: bargains laid out for calculation.
        estimates: single numbers.
        sources: what these rows cite beside the regime's own sources.
        origins: file and line of every row, relative to the regime's folder.
    """

    levers: dict[str, Lever] = {}
    planning: dict[str, Planning] = {}
    streams: dict[str, Stream] = {}
    coalition: dict[str, CoalitionLimit] = {}
    trade: dict[str, TradeRow] = {}
    allowances: dict[str, Allowance] = {}
    episodes: dict[str, Episode] = {}
    grids: dict[str, BargainingGrid] = {}
    estimates: dict[str, Estimate] = {}
    sources: dict[str, Source] = {}
    origins: dict[str, str] = {}
