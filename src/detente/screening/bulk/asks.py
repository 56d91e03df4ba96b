"""What a row of a table asks of screening: a query, and what of the row could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from detente.entities.model import Identifier, Kind
from detente.entities.spans import Span
from detente.screening.bulk.cells import (
    EMPTY,
    births_of,
    countries_of,
    gender_of,
    identifier_of,
    kind_of,
)
from detente.screening.bulk.columns import Columns
from detente.screening.bulk.records import SEPARATOR
from detente.screening.model import Query
from detente.screening.names.reading import read

LONGEST: Final = 1000
"""Characters of the longest name that is screened."""
MANY: Final = 200
"""Other names of one row that are screened."""
_NAMES: Final = frozenset(("name", "given", "middle", "family", "alias"))


class Asked(NamedTuple):
    """What a row asks.

    Attributes:
        query: who is to be screened.
        id: the row's own id, as the table writes it; empty where it has none.
        warnings: what of the row could not be read.
    """

    query: Query
    id: str
    warnings: tuple[str, ...]


class _Found:
    """What the cells of one row say, as they are read."""

    __slots__ = ("alias", "births", "countries", "gender", "id", "identifiers", "kind", "parts",
                 "places", "warnings", "year")  # fmt: skip

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.alias: list[str] = []
        self.births: list[Span] = []
        self.year: list[Span] = []
        self.countries: list[str] = []
        self.places: list[str] = []
        self.identifiers: list[Identifier] = []
        self.gender: str | None = None
        self.kind: Kind | None = None
        self.id = ""
        self.warnings: list[str] = []


def asked(columns: Columns, cells: Sequence[str]) -> Asked | str:
    """Return what a row asks, or why it cannot be screened.

    A cell that says nothing that can be read is a warning: the row is screened without it.

    Args:
        columns: what the columns say.
        cells: the row.
    """
    found = _Found()
    for index, meaning in columns.places:
        cell = cells[index].strip()
        if not cell:
            continue
        if "\0" in cell:
            return "the row holds the character NUL"
        if meaning in _NAMES:
            why = _take_name(found, meaning, cell)
            if why is not None:
                return why
        elif cell.lower() not in EMPTY:
            if len(cell) > LONGEST:
                found.warnings.append(f"{meaning}: longer than {LONGEST:,} characters")
            else:
                _TAKERS.get(meaning, _take_identifier)(found, meaning, cell)
    return _asked(found)


def _asked(found: _Found) -> Asked | str:
    """Put together what was found."""
    parts = found.parts
    name = parts.get("name")
    given = " ".join(filter(None, (parts.get("given"), parts.get("middle")))) or None
    family = parts.get("family")
    if name is None:
        name = " ".join(filter(None, (given, family)))
        if not name and found.alias:
            name = found.alias.pop(0)
    if name.isascii() and not any(map(str.isalnum, name)):
        return "the row has no name"
    if not readable(name, found.kind):
        return f"nothing of the name {name[:60]!r} can be read"
    aliases = tuple(text for text in dict.fromkeys(found.alias) if text != name)
    if len(aliases) > MANY:
        return f"more than {MANY} other names"
    query = Query(
        name=name,
        aliases=aliases,
        family=family,
        given=given,
        kind=found.kind,
        births=tuple(dict.fromkeys(found.births or found.year)),
        countries=tuple(dict.fromkeys(found.countries)),
        places=tuple(dict.fromkeys(found.places)),
        gender=found.gender,
        identifiers=tuple(dict.fromkeys(found.identifiers)),
    )
    return Asked(query, found.id, tuple(found.warnings))


def readable(name: str, kind: Kind | None) -> bool:
    """Return whether a name holds anything that can be held against another name."""
    found = read(name, kind)
    return bool(found.readings or found.keys or found.native)


_SPLIT: Final = re.compile(f"[;|{SEPARATOR}]")


def _split(cell: str) -> list[str]:
    """The parts of a cell that holds several."""
    if ";" not in cell and "|" not in cell and SEPARATOR not in cell:
        return [cell]
    return [part for part in map(str.strip, _SPLIT.split(cell)) if part]


def _take_name(found: _Found, meaning: str, cell: str) -> str | None:
    """Take a name or a part of one; return why the row cannot be screened."""
    if meaning == "alias":
        texts = _split(cell) if cell.lower() not in EMPTY else []
    else:
        texts = [text.strip() for text in cell.split(SEPARATOR)]
    if max(map(len, texts), default=0) > LONGEST:
        return f"{meaning}: longer than {LONGEST:,} characters"
    if meaning != "alias" and texts and meaning not in found.parts:
        found.parts[meaning] = texts.pop(0)
    found.alias += texts if meaning in ("name", "alias") else ()
    return None


def _take_birth(found: _Found, meaning: str, cell: str) -> None:
    into = found.births if meaning == "birth" else found.year
    for text in _split(cell):
        spans = births_of(text)
        if spans is None:
            _warn(found, "date of birth", text)
        else:
            into += spans


def _take_country(found: _Found, meaning: str, cell: str) -> None:
    for text in _split(cell):
        codes = countries_of(text)
        if codes is None:
            _warn(found, meaning, text)
        else:
            found.countries += codes


def _take_kind(found: _Found, meaning: str, cell: str) -> None:
    kind = kind_of(cell)
    if kind is None:
        _warn(found, meaning, cell)
    else:
        found.kind = found.kind or kind or None


def _take_gender(found: _Found, meaning: str, cell: str) -> None:
    gender = gender_of(cell)
    if gender is None:
        _warn(found, meaning, cell)
    else:
        found.gender = found.gender or gender or None


def _take_place(found: _Found, meaning: str, cell: str) -> None:
    found.places += _split(cell)


def _take_id(found: _Found, meaning: str, cell: str) -> None:
    found.id = found.id or cell


def _take_identifier(found: _Found, meaning: str, cell: str) -> None:
    for text in _split(cell):
        identifier = identifier_of(meaning, text)
        if identifier is None:
            _warn(found, meaning, text)
            continue
        if identifier.valid is False:
            found.warnings.append(f"{meaning}: {text[:60]!r} cannot be one; a digit is wrong")
        found.identifiers.append(identifier)


def _warn(found: _Found, meaning: str, text: str) -> None:
    found.warnings.append(f"{meaning}: {text[:60]!r} cannot be read")


_TAKERS: Final[dict[str, Callable[[_Found, str, str], None]]] = {
    "birth": _take_birth,
    "birth_year": _take_birth,
    "country": _take_country,
    "kind": _take_kind,
    "gender": _take_gender,
    "place": _take_place,
    "id": _take_id,
}
