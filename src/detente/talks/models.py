"""Claims that follow from a stated model, and from nothing else: the cores of ``games``.

The numbers of the model stand in the brief as ranges; a verdict holds for all of a range, for part
of it, or for none.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from detente.errors import UsageError
from detente.games.answers.shared import (
    CHANCE,
    INNER,
    MOST,
    NOT_NEGATIVE,
    PATIENCE,
    POSITIVE,
    Bounds,
)
from detente.games.bargaining import growth_at_half, sender_share
from detente.games.ranges import Parameter, within
from detente.games.reputation import waiver_price as price_of
from detente.games.trust import solve, staller_value
from detente.law.model import Range
from detente.talks.briefs import Claim
from detente.talks.precedents import lives
from detente.talks.verdicts import Found, Verdict

if TYPE_CHECKING:
    from detente.talks.claims import Known

_NOTHING: Final = 1e-9
_HALF: Final = 0.5 + 1e-9
_DEFAULTS: Final[dict[str, dict[str, Range]]] = {
    "waiver-price": {
        "targets": Range(low=3, central=10, high=20),
        "tough": Range(low=0.05, central=0.1, high=0.3),
        "gain": Range(low=0.3, central=0.5, high=0.7),
        "quiet": Range(low=1, central=1, high=1),
        "transfer": Range(low=0, central=0.5, high=1),
    },
    "stalling-pays": {
        "belief": Range(low=0.02, central=0.1, high=0.25),
        "q": Range(low=0.6, central=0.6, high=0.6),
        "gain": Range(low=0.8, central=0.8, high=0.8),
        "patience": Range(low=1, central=1, high=1),
        "rounds": Range(low=3, central=6, high=10),
    },
    "patience": {
        "rate": Range(low=0.05, central=0.05, high=0.05),
        "target_rate": Range(low=0.1, central=0.1, high=0.1),
        "growth": Range(low=0, central=0.05, high=0.2),
    },
}
"""Illustrations: nobody has measured these. A brief may set its own in ``parameters``."""

_BOUNDS: Final[dict[str, Bounds]] = {
    "waiver-price": {
        "targets": (1, MOST, "[]"), "tough": PATIENCE, "gain": INNER,
        "quiet": NOT_NEGATIVE, "transfer": CHANCE,
    },
    "stalling-pays": {
        "belief": CHANCE, "q": INNER, "gain": POSITIVE, "patience": PATIENCE,
        "rounds": (1, MOST, "[]"),
    },
    "patience": {"rate": POSITIVE, "target_rate": POSITIVE, "growth": NOT_NEGATIVE},
}  # fmt: skip
"""Where the parameters of each model must lie, as for ``detente simulate``."""


def waiver_price(claim: Claim, known: Known) -> Found:
    """One unprincipled waiver costs something with future targets."""
    at = _parameters(claim)
    ends = [
        float(price_of(round(at["targets"].low), at["tough"].low, at["gain"].high,
                       at["quiet"].low, at["transfer"].low)),
        float(price_of(round(at["targets"].central), at["tough"].central, at["gain"].central,
                       at["quiet"].central, at["transfer"].central)),
        float(price_of(round(at["targets"].high), at["tough"].high, at["gain"].low,
                       at["quiet"].high, at["transfer"].high)),
    ]  # fmt: skip
    low, central, high = ends
    return Found(
        verdict=_over(low, high),
        why=f"one waiver forfeits {low:g} to {high:g} (central {central:g}) times what one quiet "
        "target is worth; how far a reputation carries from one target to the next is contested, "
        "and where it does not carry the price is nothing",
        citation="Kreps and Wilson (1982), the chain store; contested: Press (2005), Wolford "
        "(2007), Weisiger and Yarhi-Milo (2015)",
        numbers={"price": Range(low=low, central=central, high=high), "parameters": at},
        confidence="model",
    )


def stalling_pays(claim: Claim, known: Known) -> Found:
    """A staller collects relief before it cheats."""
    at = _parameters(claim)
    central, rounds = _staller(*(at[name].central for name in _STALLER))
    worth, collected = [central], [rounds]
    for values in product(*({at[name].low, at[name].high} for name in _STALLER)):
        value, rounds = _staller(*values)
        worth.append(value)
        collected.append(rounds)
    found = Range(low=min(worth), central=central, high=max(worth))
    nothing = (
        "; nothing where belief in it is too low for any relief to be given"
        if found.low <= _NOTHING < found.high
        else ""
    )
    deals = [c for c in known.cases.cases if lives([c], known.at.regime.id)]
    months = lives(deals, known.at.regime.id)
    lived = f"; earlier deals with this target lived {_listed(months)} months" if months else ""
    return Found(
        verdict=_over(found.low, found.high),
        why=f"a staller expects {found.low:.1f} to {found.high:.1f} rounds' worth of relief "
        f"(central {found.central:.1f}), from up to {max(collected):.1f} rounds of it{nothing}; "
        f"while it looks honest its compliance teaches nothing{lived}",
        citation="Kreps and Wilson (1982) in trust form"
        + (f"; earlier deals: {', '.join(c.id for c in deals)}" if deals else ""),
        numbers={"worth": found, "months lived": months, "parameters": at},
        confidence="model",
    )


_STALLER: Final = ("belief", "q", "gain", "patience", "rounds")


def _staller(
    belief: float, q: float, gain: float, patience: float, rounds: float
) -> tuple[float, float]:
    """What a staller expects of the game, and the rounds of relief that it gets."""
    game = solve(belief, q, gain, patience, round(rounds))
    return float(staller_value(game)[0]), float(game.relief_staller.sum())


def patience(claim: Claim, known: Known) -> Found:
    """Whoever is in less of a hurry gets more."""
    at = _parameters(claim)
    rate, other, growth = at["rate"], at["target_rate"], at["growth"]

    def share(of: float, against: float, grows: float) -> float:
        return float(sender_share(of, against, grows, 0.0))

    # the share falls with the sender's own rate and with growth, and rises with the target's
    found = Range(
        low=share(rate.high, other.low, growth.high),
        central=share(rate.central, other.central, growth.central),
        high=share(rate.low, other.high, growth.low),
    )
    turns = float(growth_at_half(rate.central, other.central, 0.0))
    least, most = (share(rate.central, other.central, g) for g in (growth.high, growth.low))
    verdict: Verdict = "holds" if found.low > _HALF else "partly" if found.high > _HALF else "fails"
    turn = (
        f"from a growth of {turns:.0%} a year the advantage is the target's"
        if turns > 0
        else "the advantage is the target's at any growth"
    )
    return Found(
        verdict=verdict,
        why=f"a sender that discounts at {rate.central:.0%} against {other.central:.0%} gets "
        f"{most:.0%} of the bargain at a growth of {growth.low:.0%} a year; while the target's "
        f"programme grows, waiting costs the sender too, and {turn} ({least:.0%} at "
        f"{growth.high:.0%})",
        citation="Rubinstein (1982)",
        numbers={"share": found, "reverses at growth": turns, "parameters": at},
        confidence="model",
    )


def _parameters(claim: Claim) -> dict[str, Range]:
    """The numbers of a claim's model, the brief's own before the illustrations."""
    known = _DEFAULTS[claim.check]
    for name in claim.parameters:
        if name not in known:
            raise UsageError(
                f"{claim.id} sets the unknown parameter {name!r}; known are {', '.join(known)}"
            )
    found = known | claim.parameters
    for name, (least, most, ends) in _BOUNDS[claim.check].items():
        row = found[name]
        asked = Parameter(low=row.low, central=row.central, high=row.high, shape="triangular")
        within(f"{claim.id}: {name}", asked, least, most, ends=ends)
    return found


def _over(low: float, high: float) -> Verdict:
    return "holds" if low > _NOTHING else "partly" if high > _NOTHING else "fails"


def _listed(values: list[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)
