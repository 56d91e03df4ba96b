"""What numbers say: the same number all but proves one party, another one may rule it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from detente.entities.countries import code_of
from detente.entities.identifiers import KINDS, is_valid
from detente.entities.keys import number_key
from detente.entities.model import Identifier
from detente.screening.model import Reason


class Worth(NamedTuple):
    """What a kind of number weighs.

    Attributes:
        same: where both have the same number.
        other: where both have one and they differ; for numbers that are issued by countries, only
            where the country is the same or not known.
        for_life: whether its bearer keeps it for life, so that another valid one rules it out.
    """

    same: float
    other: float
    for_life: bool = False


WORTH: Final[dict[str, Worth]] = {
    "imo": Worth(9.0, -9.0, for_life=True),
    "imo-company": Worth(8.0, -7.0, for_life=True),
    "lei": Worth(9.0, -9.0, for_life=True),
    "mmsi": Worth(6.0, -1.0),
    "call-sign": Worth(3.5, -0.5),
    "tail": Worth(5.0, -1.0),
    "msn": Worth(6.0, -5.0),
    "mode-s": Worth(6.0, -1.0),
    "passport": Worth(7.0, -1.6),
    "national-id": Worth(7.0, -4.0),
    "tax": Worth(7.0, -4.5),
    "registration": Worth(6.5, -4.5),
    "duns": Worth(6.5, -3.0),
    "bic": Worth(6.5, -3.0),
    "iban": Worth(6.0, 0.0),
    "account": Worth(4.0, 0.0),
    "isin": Worth(6.0, 0.0),
    "wallet": Worth(8.0, 0.0),
    "email": Worth(5.0, 0.0),
    "website": Worth(4.0, 0.0),
    "phone": Worth(3.5, 0.0),
}
"""Kinds that weigh anything. A passport is renewed, so another number says little by itself."""
UNCHECKED: Final = 0.5
"""Share that counts of a number whose check digit or form does not hold."""


class Numbers(NamedTuple):
    """What two sets of numbers say.

    Attributes:
        reasons: each kind of which both have a number.
        cleared: the reason why a number for life rules the match out; None where none does.
    """

    reasons: tuple[Reason, ...]
    cleared: str | None


def numbers(asked: tuple[Identifier, ...], listed: tuple[Identifier, ...]) -> Numbers:
    """Hold two sets of numbers against each other, kind by kind."""
    found = list(_kinds(asked, listed))
    same = [reason for reason, against in found if reason.weight > 0 and not against]
    against = [reason for reason, rules_out in found if rules_out]
    # The same number of one kind and another of a second: neither side is believed blindly.
    cleared = against[0].text if against and not same else None
    return Numbers(tuple(reason for reason, _ in found), cleared)


def _kinds(
    asked: tuple[Identifier, ...], listed: tuple[Identifier, ...]
) -> Iterator[tuple[Reason, bool]]:
    for kind in dict.fromkeys(item.kind for item in asked):
        if kind not in WORTH:
            continue
        ours = [item for item in asked if item.kind == kind]
        theirs = [item for item in listed if item.kind == kind]
        if not theirs:
            continue
        known = {number_key(item.value) for item in theirs}
        equal = next((item for item in ours if number_key(item.value) in known), None)
        yield _equal(kind, equal) if equal else _other(kind, ours, theirs)


def _equal(kind: str, item: Identifier) -> tuple[Reason, bool]:
    sure = 1.0 if _valid(item) else UNCHECKED
    text = f"the same {_called(kind)}, {item.value}"
    return Reason(part="identifier", text=text, weight=WORTH[kind].same * sure), False


def _other(kind: str, ours: list[Identifier], theirs: list[Identifier]) -> tuple[Reason, bool]:
    """Numbers of one kind that differ; those of two countries say nothing."""
    worth = WORTH[kind]
    pairs = [(one, other) for one in ours for other in theirs if _comparable(one, other)]
    valid = bool(pairs) and all(_valid(one) and _valid(other) for one, other in pairs)
    slip = not valid and any(_slip(one, other) for one, other in pairs)
    weight = worth.other if valid else worth.other * UNCHECKED
    if slip or not pairs:
        weight = 0.0
    text = f"another {_called(kind)}: {ours[0].value}, listed {theirs[0].value}"
    if not pairs:
        text += ", of another country"
    elif not valid:
        text += ", of which one has a wrong check digit"
    if slip:
        text += ": a slip, since the rest is the same"
    return Reason(part="identifier", text=text, weight=weight), worth.for_life and valid


def _slip(one: Identifier, other: Identifier) -> bool:
    """Whether two numbers differ in one character, or in two that changed places."""
    return OSA.distance(number_key(one.value), number_key(other.value), score_cutoff=1) == 1


def _comparable(one: Identifier, other: Identifier) -> bool:
    first, second = (code_of(item.country) if item.country else None for item in (one, other))
    return first is None or second is None or first == second


def _valid(item: Identifier) -> bool:
    checked = is_valid(item.kind, item.value) if item.valid is None else item.valid
    return checked is not False


def _called(kind: str) -> str:
    short = {"imo": "IMO number", "lei": "LEI", "mmsi": "MMSI", "bic": "BIC", "duns": "D-U-N-S"}
    return short.get(kind, KINDS[kind].split(" of ")[0])
