"""The receipt of an answer: what is needed to get it again."""

from __future__ import annotations

import msgspec

from detente._version import __version__
from detente.evidence.load import Evidence
from detente.law.regime import Regime


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to replay an answer.

    Attributes:
        regime_edition: digest of the regime's files.
        evidence_digest: digest of every finding that could count.
        evidence: where the findings came from.
        version: version of the program.
        command: what was called.
    """

    regime_edition: str
    evidence_digest: str
    evidence: tuple[str, ...]
    version: str
    command: str


def receipt_of(regime: Regime, evidence: Evidence, command: str) -> Receipt:
    """Return the receipt of an answer from ``regime`` and ``evidence``."""
    return Receipt(
        regime_edition=regime.edition,
        evidence_digest=evidence.digest,
        evidence=evidence.names,
        version=__version__,
        command=command,
    )
