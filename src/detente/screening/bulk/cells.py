"""What single cells of a table say: dates, countries, kinds, genders, numbers.

Each function returns what it read and None where the words say nothing that it knows; the row is
then screened without the cell, and the cell is reported.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from detente.entities.countries import code_of, name_of
from detente.entities.identifiers import is_valid
from detente.entities.model import Identifier, Kind
from detente.entities.spans import Span, parse_span

EMPTY: Final = frozenset(
    ("", "-", "--", "?", ".", "n/a", "none", "null", "nan", "nil", "unknown", "not known")
)
"""How tables write that they do not know, in lower case. "NA" is the code of a country."""

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("person", "individual", "natural person", "human", "people"), "person"),
    **dict.fromkeys(
        ("organisation", "organization", "company", "legal entity", "legalentity", "entity",
         "corporate", "corporation", "business", "legal person", "juridical person", "firm",
         "publicbody", "public body", "bank", "association", "foundation", "ngo", "trust"),
        "organisation",
    ),
    **dict.fromkeys(("vessel", "ship", "boat"), "vessel"),
    **dict.fromkeys(("aircraft", "airplane", "aeroplane", "plane", "helicopter"), "aircraft"),
}  # fmt: skip
_OPEN_KINDS: Final = frozenset(("thing", "asset", "any", "all", "other"))
_GENDERS: Final = {
    **dict.fromkeys(("m", "male", "man"), "male"),
    **dict.fromkeys(("f", "female", "woman"), "female"),
}
_OPEN_GENDERS: Final = frozenset(("x", "o", "u", "d", "other", "diverse", "undisclosed", "na"))

_TIME: Final = re.compile(
    r"[ T]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[AP]M|[+-]\d\d:?\d\d))?$"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_SOLID: Final = re.compile(r"((?:1[89]|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_SLASHED: Final = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}")


@lru_cache(maxsize=65536)
def births_of(text: str) -> tuple[Span, ...] | None:
    """Return when somebody was perhaps born, as one cell says it.

    Args:
        text: what ``parse_span`` reads, and also ``19620212``, ``1962/02/12``, a date with a time.
            ``03/04/1962`` has the day first in most countries and the month first in some: both
            days are returned. A dotted date has the day first.
    """
    words = _TIME.sub("", text.strip())
    if found := _YEAR_FIRST.fullmatch(words) or _SOLID.fullmatch(words):
        words = "-".join(found.groups())
    if _SLASHED.fullmatch(words):
        words = words.replace("-", "/")
        both = (parse_span(words), parse_span(words, month_first=True))
        return tuple(dict.fromkeys(span for span in both if span is not None)) or None
    span = parse_span(words)
    return None if span is None else (span,)


@lru_cache(maxsize=8192)
def country_of(text: str) -> str | None:
    """Return the code of a country given by its code of two or three letters or by its name."""
    words = text.strip()
    if len(words) == 2 and name_of(words) is not None:
        return words.lower()
    return code_of(words) or (code_of(words.upper()) if len(words) == 3 else None)


@lru_cache(maxsize=8192)
def countries_of(text: str) -> tuple[str, ...] | None:
    """Return the codes of the countries that one part of a cell names, perhaps by commas."""
    whole = country_of(text)
    if whole is not None:
        return (whole,)
    found = [country_of(part) for part in re.split(r"[,/]", text) if part.strip()]
    codes = tuple(code for code in found if code is not None)
    return codes if codes and len(codes) == len(found) else None


def kind_of(text: str) -> Kind | Literal[""] | None:
    """Return what something is; an empty text where the word leaves it open."""
    word = " ".join(text.lower().replace("_", " ").split())
    return _KINDS.get(word) or ("" if word in _OPEN_KINDS else None)


def gender_of(text: str) -> str | None:
    """Return ``male`` or ``female``; an empty text where the word leaves it open."""
    word = text.strip().lower()
    return _GENDERS.get(word) or ("" if word in _OPEN_GENDERS else None)


_PREFIXES: Final = {
    "imo": re.compile(r"imo[\s:#.-]*(?:no|number)?[\s:#.-]*", re.I),
    "mmsi": re.compile(r"mmsi[\s:#.-]*(?:no|number)?[\s:#.-]*", re.I),
    "lei": re.compile(r"lei[\s:#.-]+", re.I),
    "bic": re.compile(r"(?:bic|swift)[\s:#.-]+", re.I),
}
_CAPITALS: Final = frozenset(("lei", "bic", "iban", "isin"))


@lru_cache(maxsize=65536)
def identifier_of(kind: str, text: str) -> Identifier | None:
    """Return a number of a kind as a register writes it; None where nothing is left of it.

    Args:
        kind: one of ``detente.entities.identifiers.KINDS``.
        text: the number, perhaps behind the kind's own name (``IMO 9187629``).
    """
    value = " ".join(text.split())
    prefix = _PREFIXES.get(kind)
    if prefix is not None and (found := prefix.match(value)):
        value = value[found.end() :]
    if kind in _CAPITALS:
        value = value.replace(" ", "").upper()
    if not any(char.isalnum() for char in value):
        return None
    return Identifier(kind=kind, value=value, valid=is_valid(kind, value))
