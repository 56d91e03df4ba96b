"""Detente: sanctions relief decided by the law and the evidence.

    >>> import detente
    >>> dprk = detente.load("dprk")
    >>> len(dprk.as_of("2019-02-28").in_force)
    165
    >>> result = detente.assess(dprk, "hanoi-2019")
    >>> result.counts.asked, result.rules[0].answer
    (33, 'walk-away')

Names are imported when they are first used, so that a command pays only for what it needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

from detente._version import __version__

if TYPE_CHECKING:
    from detente.api import assess, audit, evidence_of, load, offer, snapback, sweep, unlock, why
    from detente.errors import DataError, DetenteError, UnknownIdError, UsageError
    from detente.evidence.load import Evidence
    from detente.evidence.model import Finding
    from detente.law.regime import Regime
    from detente.listings import under, watch, whatif
    from detente.negotiations import bridge, claims, gap, precedents
    from detente.offers.model import Offer
    from detente.parties import desk, screen
    from detente.relief.results import Assessment
    from detente.screening.compare import compare
    from detente.screening.model import Query
    from detente.screening.screener import Screener

_HOMES: Final = {
    "assess": "api", "audit": "api", "evidence_of": "api", "load": "api", "offer": "api",
    "snapback": "api", "sweep": "api", "unlock": "api", "why": "api",
    "bridge": "negotiations", "claims": "negotiations", "gap": "negotiations",
    "precedents": "negotiations",
    "under": "listings", "watch": "listings", "whatif": "listings",
    "desk": "parties", "screen": "parties", "compare": "screening.compare",
    "Query": "screening.model", "Screener": "screening.screener",
    "DataError": "errors", "DetenteError": "errors", "UnknownIdError": "errors",
    "UsageError": "errors",
    "Assessment": "relief.results", "Evidence": "evidence.load", "Finding": "evidence.model",
    "Offer": "offers.model", "Regime": "law.regime",
}  # fmt: skip

__all__ = [
    "Assessment",
    "DataError",
    "DetenteError",
    "Evidence",
    "Finding",
    "Offer",
    "Query",
    "Regime",
    "Screener",
    "UnknownIdError",
    "UsageError",
    "__version__",
    "assess",
    "audit",
    "bridge",
    "claims",
    "compare",
    "desk",
    "evidence_of",
    "gap",
    "load",
    "offer",
    "precedents",
    "screen",
    "snapback",
    "sweep",
    "under",
    "unlock",
    "watch",
    "whatif",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    return getattr(importlib.import_module(f"detente.{_HOMES[name]}"), name)
