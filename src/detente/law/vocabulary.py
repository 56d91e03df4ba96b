"""The closed vocabularies of the law: scales, kinds and truth.

Every literal here is a word of the field; the order of a scale is the order in which it is
written. Data files that use another word are refused with the nearest real one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, Literal


class Truth(IntEnum):
    """The three values of strong Kleene logic.

    The numbers make ``min`` the conjunction and ``max`` the disjunction.
    """

    UNMET = 0
    UNKNOWN = 1
    MET = 2

    @property
    def word(self) -> str:
        """The value as users read it: ``unmet``, ``unknown`` or ``met``."""
        return self.name.lower()


Extent = Literal[
    "none",
    "assurance",
    "commitment",
    "progress",
    "significant-progress",
    "implementation",
    "met",
]
"""How far conduct has come. Each extent includes those before it.

``implementation``: carried out in full and being kept, for as long as the text asks for it."""

Level = Literal[
    "assurance",
    "commitment",
    "progress",
    "continued",
    "significant-progress",
    "implementation",
    "met",
]
"""What a condition asks for: an extent, or ``continued``: progress, found again in the term."""

Verification = Literal["none", "claimed", "observed", "inspected", "verified"]
"""How well an extent is known."""

Confidence = Literal["verified-in-text", "verified-secondary", "from-knowledge", "analyst"]
"""How a row of data is known. ``analyst`` marks a reading of ours, not of any source."""

Pin = Literal["sure", "unsure"]
"""Whether the paragraph number of a citation is certain."""

InstrumentKind = Literal[
    "un-resolution",
    "un-resolution-ch7",
    "un-ga-resolution",
    "us-statute",
    "us-executive-order",
    "us-proclamation",
    "us-regulation",
    "us-determination",
    "us-licence",
    "eu-decision",
    "eu-regulation",
    "ec-decision",
    "ec-political-decision",
    "political-agreement",
    "rok-executive-measure",
    "japan-cabinet-decision",
]

PathKind = Literal[
    "termination",
    "suspension",
    "expiry",
    "waiver",
    "exemption",
    "exception",
    "licence",
    "delisting",
]

RequirementKind = Literal["conduct", "third-party", "finding", "proposal"]
"""Who must do it: the target, a third party, a decision-maker; or nobody (a proposal in talks)."""

Binding = Literal["binding", "derived", "hortatory", "political", "none"]

Revival = Literal["revive", "lapse"]
"""What becomes of an older measure when the later one that took its place is lifted."""

EXTENTS: Final[tuple[Extent, ...]] = (
    "none",
    "assurance",
    "commitment",
    "progress",
    "significant-progress",
    "implementation",
    "met",
)
VERIFICATIONS: Final[tuple[Verification, ...]] = (
    "none",
    "claimed",
    "observed",
    "inspected",
    "verified",
)
ENDING_KINDS: Final[frozenset[str]] = frozenset({"termination", "suspension", "expiry"})
"""The paths that end a measure, for good or for a time. All others ease it case by case."""

PathScope = Literal["measure", "person", "transaction"]
"""What a path reaches: the measure, one listed person, or a kind of dealing."""

Manner = Literal["revocation", "repeal"]
"""How a termination is done: an order taken back by its issuer, a statute repealed."""

ReachesBack = Literal["yes", "no", "unknown"]
"""Whether a term that began after a break reaches back over it."""

Effect = Literal[
    "imposes",
    "reimposes",
    "ends",
    "suspends",
    "waives",
    "licenses",
    "eases",
    "renews",
    "keeps",
    "lapses",
]
"""What an event did to measures. ``lapses``: relief ran out and the measure bites again."""

COUNTS_FROM: Final[Verification] = "inspected"
"""The verification from which a component's fraction counts toward the spirit of a measure."""

_EXTENT_RANK: Final[dict[str, int]] = {extent: rank for rank, extent in enumerate(EXTENTS)}
_VERIFICATION_RANK: Final[dict[str, int]] = {word: rank for rank, word in enumerate(VERIFICATIONS)}


def extent_rank(level: str) -> int:
    """Return the rank of an extent or level, 0 for ``none``; ``continued`` ranks as progress."""
    return _EXTENT_RANK["progress" if level == "continued" else level]


def verification_rank(word: str) -> int:
    """Return the rank of a verification, 0 for ``none``."""
    return _VERIFICATION_RANK[word]
