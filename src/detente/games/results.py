"""What the games answer (``detente.game/1``)."""

from __future__ import annotations

from typing import Any

import msgspec

from detente.games.ranges import Influence, Parameter, Range

Row = dict[str, Any]


class Assumption(msgspec.Struct, frozen=True):
    """What a core takes for granted, and where that stands.

    Attributes:
        text: the assumption, a sentence.
        source: author and year, or ``this model``.
    """

    text: str
    source: str


class Game(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of one core.

    Attributes:
        core: ``trust``, ``inspection``, ``bargain``, ``signal``, ``precedent`` or ``policies``.
        parameters: what went in, by name.
        numbers: whole numbers that went in, by name.
        draws: draws of the parameters; 1 where all of them are points.
        seed: seed of the draws.
        results: what came out, by name.
        meaning: what each result is, by name.
        sensitivity: which parameter decides which outcome, the strongest first.
        assumptions: what is taken for granted.
        warnings: what must be read with the numbers.
    """

    core: str
    parameters: dict[str, Parameter]
    numbers: dict[str, int]
    draws: int
    seed: int
    results: dict[str, Range]
    meaning: dict[str, str]
    sensitivity: tuple[Influence, ...]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[str, ...]
    schema: str = "detente.game/1"

    def rows(self) -> list[Row]:
        """Return one flat row for each result."""
        return [_row(self.core, name, value) for name, value in self.results.items()]


def _row(core: str, name: str, value: Range, **where: Any) -> Row:
    return {"core": core, **where, "result": name, "low": value.low, "central": value.central,
            "high": value.high, "kind": value.kind}  # fmt: skip


class TrustRound(msgspec.Struct, frozen=True, kw_only=True):
    """One round of the trust game.

    Attributes:
        round: from 1.
        belief: belief before it, while nothing was withheld or cheated.
        relief: chance of relief in it.
        complies: chance that a staller complies with the relief that it then has.
        caught: chance that the target cheats in it.
    """

    round: int
    belief: Range
    relief: Range
    complies: Range
    caught: Range


class TrustGame(Game, frozen=True, kw_only=True):
    """The trust game; ``rounds`` has one row for each round."""

    rounds: tuple[TrustRound, ...]

    def rows(self) -> list[Row]:
        """Return one flat row for each result, then for each number of each round."""
        return [
            *({**row, "round": 0} for row in super().rows()),
            *(
                _row(self.core, name, getattr(item, name)) | {"round": item.round}
                for item in self.rounds
                for name in ("belief", "relief", "complies", "caught")
            ),
        ]


class Clean(msgspec.Struct, frozen=True, kw_only=True):
    """The belief after so many clean inspections."""

    inspections: int
    belief: Range


class InspectionGame(Game, frozen=True, kw_only=True):
    """Inspections; ``clean`` has the belief after ever more of them without a find."""

    clean: tuple[Clean, ...]

    def rows(self) -> list[Row]:
        """Return one flat row for each result, then for the belief after each number."""
        return [
            *({**row, "inspections": ""} for row in super().rows()),
            *(
                _row(self.core, "clean", item.belief) | {"inspections": item.inspections}
                for item in self.clean
            ),
        ]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """The sender's share where the threat grows so fast a year."""

    growth: float
    share: Range


class BargainGame(Game, frozen=True, kw_only=True):
    """Bargaining; ``shares`` has the sender's share against the growth of the threat."""

    shares: tuple[Share, ...]

    def rows(self) -> list[Row]:
        """Return one flat row for each result, then for the share at each growth."""
        return [
            *({**row, "growth": ""} for row in super().rows()),
            *(
                _row(self.core, "share", item.share) | {"growth": item.growth}
                for item in self.shares
            ),
        ]


class Equilibrium(msgspec.Struct, frozen=True, kw_only=True):
    """One equilibrium.

    Attributes:
        threat: chance of a threat, pC.
        resist: chance that it is resisted, pR.
        stand_firm: chance that the sender stands firm once resisted, pF.
        slope: how much the best answer to a small change in pR moves pR.
        returns: whether expectations that miss it by a little come back to it, one answering the
            other in turn: whether the slope lies between -1 and 1.
    """

    threat: float
    resist: float
    stand_firm: float
    slope: float
    returns: bool


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """In which share of the draws there are so many equilibria."""

    equilibria: int
    share: float


class SignalGame(Game, frozen=True, kw_only=True):
    """The crisis game.

    Attributes:
        equilibria: all that were found at the central parameters, none preferred.
        counts: how often there are how many, over the draws.
        resolution: cells of the scan.
    """

    equilibria: tuple[Equilibrium, ...]
    counts: tuple[Count, ...]
    resolution: int

    def rows(self) -> list[Row]:
        """Return one flat row for each result, then for each number of each equilibrium."""
        return [
            *({**row, "equilibrium": ""} for row in super().rows()),
            *(
                {
                    "core": self.core,
                    "result": name,
                    "low": value,
                    "central": value,
                    "high": value,
                    "kind": "bounds",
                    "equilibrium": place,
                }
                for place, item in enumerate(self.equilibria, start=1)
                for name in ("threat", "resist", "stand_firm")
                for value in (getattr(item, name),)
            ),
        ]


class PolicyOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy leads to.

    Attributes:
        policy: its name.
        target: ``sincere``, ``staller``, or ``all``: both by the belief.
        outcomes: by name.
    """

    policy: str
    target: str
    outcomes: dict[str, Range]


class PolicyGame(Game, frozen=True, kw_only=True):
    """The comparison of policies; ``policies`` has one entry for each and each type of target."""

    policies: tuple[PolicyOutcome, ...]

    def rows(self) -> list[Row]:
        """Return one flat row for each outcome of each policy and type."""
        return [
            _row(self.core, name, value, policy=item.policy, target=item.target)
            for item in self.policies
            for name, value in item.outcomes.items()
        ]
