"""What a kind of interest is to the law, whatever a source calls it."""

from __future__ import annotations

import re
from typing import Final

from detente.screening.ownership.model import Interest

_INTERESTS: Final[dict[str, Interest]] = {
    "shareholding": "ownership",
    "rightstosurplusassetsondissolution": "ownership",  # what stands for shares in a partnership
    "rightstoprofitorincome": "ownership",  # likewise, where there is no share capital
    "votingrights": "votes",
    "appointmentofboard": "control",
    "controlviacompanyrulesorarticles": "control",
    "controlbylegalframework": "control",
    "otherinfluenceorcontrol": "influence",
    "otherinfluenceorcontroloftrust": "influence",
    "seniormanagingofficial": "influence",
    "boardmember": "influence",
    "boardchair": "influence",
    "settlor": "influence",
    "settloroftrust": "influence",
    "trustee": "influence",
    "trusteeoftrust": "influence",
    "protector": "influence",
    "protectoroftrust": "influence",
    "nominee": "influence",
    "rightsgrantedbycontract": "influence",
    "conditionalrightsgrantedbycontract": "influence",
    "enjoymentanduseofassets": "influence",
    "righttoprofitorincomefromassets": "influence",
    "nominator": "perhaps-ownership",  # what the nominee holds is the nominator's
    "beneficiaryoflegalarrangement": "perhaps-ownership",
    "beneficiaryoftrust": "perhaps-ownership",
    "unknowninterest": "perhaps-ownership",
    "unpublishedinterest": "perhaps-ownership",
    # as people write them in tables
    "": "ownership",
    "shares": "ownership",
    "share": "ownership",
    "ownership": "ownership",
    "equity": "ownership",
    "votes": "votes",
    "voting": "votes",
    "control": "control",
    "board": "influence",
    "influence": "influence",
    "trust": "influence",
    "director": "influence",
    "beneficiary": "perhaps-ownership",
    "unknown": "perhaps-ownership",
    "other": "perhaps-ownership",
}

_FIRST: Final = (
    "shareholding", "rightstosurplusassetsondissolution", "rightstoprofitorincome",
)  # fmt: skip
"""Interests that stand for the same economic share: the first that a statement has counts."""

_WHY: Final[dict[str, str]] = {
    "nominee": "a nominee holds for the nominator, whose holding it is",
    "trustee": "a trustee holds for others: title without benefit is not ownership",
    "trusteeoftrust": "a trustee holds for others: title without benefit is not ownership",
    "settlor": "whoever settled a trust no longer owns what is in it",
    "settloroftrust": "whoever settled a trust no longer owns what is in it",
    "conditionalrightsgrantedbycontract": "a right under a condition is not yet ownership",
    "enjoymentanduseofassets": "using assets is not owning the entity",
    "righttoprofitorincomefromassets": "profit from assets is not owning the entity",
}


def plain(word: str) -> str:
    """Return a code word without case, hyphens and spaces, as all versions of it read alike."""
    return re.sub(r"[^a-z]", "", word.lower())


def interest_of(word: str) -> Interest | None:
    """Return what a kind of interest is to the law; None for a word that is not known."""
    return _INTERESTS.get(plain(word))


def rank(word: str) -> int | None:
    """Return how directly a kind of ownership states the share; None where it states none."""
    bare = plain(word)
    return _FIRST.index(bare) if bare in _FIRST else None


def why_not(word: str, interest: Interest) -> str:
    """Return why an interest does not count where only ownership does."""
    told = f"{word or interest}: "
    return told + _WHY.get(plain(word), "control and influence do not count under this rule")
