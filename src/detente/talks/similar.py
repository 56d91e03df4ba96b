"""Which earlier deals an offer is most like, by stated features and nothing else.

Each feature that the offer knows gives a difference from 0 to 1; likeness is 1 minus their mean.
Where a case does not know one, the difference may be anything: likeness is then a range, whose
centre takes it at a half, and cases are ranked by that centre.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from detente.offers.model import Offer
from detente.relief.frames import Framed
from detente.relief.spirit import Share
from detente.talks.gap import touched_by
from detente.talks.precedents import Case, Features, Precedents, degree

FEATURES: Final[dict[str, str]] = {
    "observed_share": "share of the programme under observation",
    "relief_first": "relief before conduct was verified",
    "snapback": "relief could be taken back by right",
    "ended_by": "who ended it",
    "months": "months lived, on a scale of doublings from one month to twenty years",
    "touched": "overlap of the components touched",
}
"""What cases are compared by."""

_MOST_MONTHS: Final = 240.0


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How like an offer a case is.

    Attributes:
        case: the case.
        likeness: from 0 to 1, over the features that the offer knows.
        compared: how many of them the case knows too.
        differences: for each of those, the difference from 0 (alike) to 1.
    """

    case: Case
    likeness: Share
    compared: int
    differences: dict[str, float]


class Similar(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The cases most like an offer (``detente.similar/1``).

    Attributes:
        regime: id of the regime.
        offer: id of the offer.
        features: what was compared, in words.
        offer_features: what the offer itself is coded as.
        cases: the cases, most like first.
        not_compared: cases with which the offer shares no known feature.
    """

    regime: str
    offer: str
    features: dict[str, str]
    offer_features: Features
    cases: tuple[Likeness, ...]
    not_compared: tuple[str, ...]
    schema: str = "detente.similar/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each case."""
        return [
            {
                "case": item.case.id,
                "name": item.case.name,
                "likeness_low": item.likeness.low,
                "likeness_central": item.likeness.central,
                "likeness_high": item.likeness.high,
                "compared": item.compared,
                "success": item.case.success,
                "outcome": item.case.outcome,
            }
            for item in self.cases
        ]


def features_of(offer: Offer) -> Features:
    """Return what an offer is compared by: its coded terms and what its gives touch."""
    gives = [c for p in offer.positions if p.role == "target" for c in p.gives]
    terms = offer.terms
    return Features(
        observed_share=terms.observed_share.central if terms and terms.observed_share else None,
        relief_first=degree(terms.relief_first) if terms else None,
        snapback=degree(terms.snapback) if terms else None,
        touched=touched_by(gives),
    )


def similar(offer: Offer, known: Precedents) -> Similar:
    """Return the cases most like an offer."""
    mine = features_of(offer)
    known_features = [name for name in FEATURES if getattr(mine, name) not in (None, {})]
    found, apart = [], []
    for case in known.cases:
        parts = differences(mine, case.features)
        if not parts:
            apart.append(case.id)
            continue
        open_ = len(known_features) - len(parts)
        ends = [1 - (sum(parts.values()) + open_ * far) / len(known_features)
                for far in (1, 0.5, 0)]  # fmt: skip
        low, central, high = (round(end, 6) for end in ends)
        found.append(
            Likeness(
                case=case,
                likeness=Share(low=low, central=central, high=high),
                compared=len(parts),
                differences={name: round(value, 6) for name, value in parts.items()},
            )
        )
    found.sort(key=lambda item: (-item.likeness.central, -item.compared, item.case.id))
    return Similar(
        regime=known.regime,
        offer=offer.id,
        features=FEATURES,
        offer_features=mine,
        cases=tuple(found),
        not_compared=tuple(apart),
    )


def differences(
    one: Features, other: Features, names: Iterable[str] = FEATURES
) -> dict[str, float]:
    """Return the difference of each feature that both know, from 0 to 1."""
    found: dict[str, float] = {}
    for name in names:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine is None or theirs is None or (name == "touched" and not (mine and theirs)):
            continue
        found[name] = _difference(name, mine, theirs)
    return found


def _difference(name: str, mine: Any, theirs: Any) -> float:
    if name == "ended_by":
        return float(mine != theirs)
    if name == "months":
        top = math.log2(_MOST_MONTHS)
        scaled = [math.log2(min(max(value, 1.0), _MOST_MONTHS)) / top for value in (mine, theirs)]
        return abs(scaled[0] - scaled[1])
    if name == "touched":
        keys = mine.keys() | theirs.keys()
        shared = float(sum(min(mine.get(k, 0), theirs.get(k, 0)) for k in keys))
        either = float(sum(max(mine.get(k, 0), theirs.get(k, 0)) for k in keys))
        return 1 - shared / either
    return float(abs(mine - theirs))
