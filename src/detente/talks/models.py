"""Claims that follow from a stated model, and from nothing else: the cores of ``games``.

The numbers of the model stand in the brief as ranges; a verdict holds for all of a range, for part
of it, or for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.errors import UsageError
from detente.games.bargaining import growth_at_half, sender_share
from detente.games.reputation import waiver_price as price_of
from detente.games.trust import relief_rounds, solve, staller_value
from detente.law.model import Range
from detente.talks.briefs import Claim
from detente.talks.precedents import lives
from detente.talks.verdicts import Found, Verdict

if TYPE_CHECKING:
    from detente.talks.claims import Known

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
    values = []
    for end in ("low", "central", "high"):
        game = solve(
            getattr(at["belief"], end), at["q"].central, at["gain"].central,
            at["patience"].central, round(getattr(at["rounds"], end)),
        )  # fmt: skip
        values.append((float(staller_value(game)[0]), float(relief_rounds(game)[0])))
    worth = [value for value, _ in values]
    months = lives(known.cases.cases, known.at.regime.id)
    lived = f"; earlier deals with this target lived {_listed(months)} months" if months else ""
    return Found(
        verdict=_over(min(worth), max(worth)),
        why=f"a staller expects {min(worth):.1f} to {max(worth):.1f} rounds' worth of relief: "
        f"nothing where belief in it is {at['belief'].low:g}, for then no relief is given at "
        f"all, and {values[-1][1]:.1f} rounds of relief where it is {at['belief'].high:g}; while "
        f"it looks honest its compliance teaches nothing{lived}",
        citation="Kreps and Wilson (1982) in trust form; earlier deals: "
        + ", ".join(c.id for c in known.cases.cases if c.target == known.at.regime.id),
        numbers={"worth": dict(zip(("low", "central", "high"), worth, strict=True)),
                 "months lived": months, "parameters": at},
        confidence="model",
    )  # fmt: skip


def patience(claim: Claim, known: Known) -> Found:
    """Whoever is in less of a hurry gets more."""
    at = _parameters(claim)
    rate, other = at["rate"].central, at["target_rate"].central
    growths = (at["growth"].high, at["growth"].central, at["growth"].low)
    shares = [float(sender_share(rate, other, growth, 0.0)) for growth in growths]
    turns = float(growth_at_half(rate, other, 0.0))
    above = [share > 0.5 for share in shares]
    verdict: Verdict = "holds" if all(above) else "partly" if any(above) else "fails"
    return Found(
        verdict=verdict,
        why=f"a sender that discounts at {rate:.0%} against {other:.0%} gets {shares[-1]:.0%} of "
        f"the bargain; while the target's programme grows, waiting costs the sender too, and from "
        f"a growth of {turns:.0%} a year the advantage is the target's ({shares[0]:.0%} at "
        f"{at['growth'].high:.0%})",
        citation="Rubinstein (1982)",
        numbers={"share": Range(low=min(shares), central=shares[1], high=max(shares)),
                 "reverses at growth": turns, "parameters": at},
        confidence="model",
    )  # fmt: skip


def _parameters(claim: Claim) -> dict[str, Range]:
    """The numbers of a claim's model, the brief's own before the illustrations."""
    known = _DEFAULTS[claim.check]
    for name in claim.parameters:
        if name not in known:
            raise UsageError(
                f"{claim.id} sets the unknown parameter {name!r}; known are {', '.join(known)}"
            )
    return known | claim.parameters


def _over(low: float, high: float) -> Verdict:
    return "holds" if low > 1e-9 else "partly" if high > 1e-9 else "fails"


def _listed(values: list[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)
