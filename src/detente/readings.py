"""Which regime and which readings a question about an offer means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from detente.errors import UnknownIdError, UsageError
from detente.evidence.load import readings
from detente.law.load import load as load_regime
from detente.law.regime import Regime
from detente.offers.load import load, regime_of
from detente.offers.model import Offer

DEFAULT: Final = "dprk"
"""The regime that is meant where none is named."""


def told_apart(
    regime: Regime, offer: Offer | str, named: Sequence[str]
) -> tuple[str | None, str | None]:
    """Return the reading of the ask and that of contested findings among those named.

    Raises:
        UnknownIdError: a name is neither.
        UsageError: two are of one kind.
    """
    if not named:
        return None, None
    told = load(regime, offer) if isinstance(offer, str) else offer
    label = offer if isinstance(offer, str) else offer.id
    asks, findings = told.readings, readings(regime)
    for name in named:
        if name not in asks and name not in findings:
            raise UnknownIdError(f"reading of {label}", name, [*asks, *findings])
    ask = [name for name in named if name in asks]
    contested = [name for name in named if name not in asks]
    for several in (ask, contested):
        if len(several) > 1:
            raise UsageError(f"{' and '.join(several)} are readings of one thing; name one")
    return ask[0] if ask else None, contested[0] if contested else None


def regime_for(offer: str, given: str | None) -> Regime:
    """Return the regime that was named, or the one that the offer itself names."""
    if given is not None:
        return load_regime(given)
    named = regime_of(offer)
    try:
        return load_regime(named or DEFAULT)
    except (UnknownIdError, UsageError) as error:
        raise UsageError(f"{offer}: {error}; mend its regime, or name one with --regime") from None
