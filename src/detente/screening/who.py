"""From what somebody says of a party to the query with which it is screened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.entities.countries import code_of, name_of
from detente.entities.identifiers import KINDS, is_valid
from detente.entities.model import Identifier, Kind
from detente.entities.spans import parse_span
from detente.errors import UsageError, nearest
from detente.screening.bulk.asks import readable
from detente.screening.model import Query


def query(
    name: str,
    *,
    aliases: Iterable[str] = (),
    kind: Kind | None = None,
    dob: str | None = None,
    gender: str | None = None,
    countries: Iterable[str] = (),
    places: Iterable[str] = (),
    numbers: Iterable[tuple[str, str | None]] = (),
) -> Query:
    """Return who is screened.

    Args:
        name: the name in full.
        aliases: other names.
        kind: what it is.
        dob: date of birth: ``1984-01-08``, ``1984`` or ``c. 1984``.
        gender: ``male`` or ``female``.
        countries: ISO codes or English names.
        places: places of birth or cities.
        numbers: kinds of ``detente.entities.identifiers.KINDS``, each with the number; those
            without one are passed over.

    Raises:
        UsageError: the name is empty or no name at all, or a date or a country is not known.
    """
    if not name.strip():
        raise UsageError("the name is empty; give the name in full")
    if not readable(name, kind):
        raise UsageError(f"nothing of the name {name[:60]!r} can be read; give it in letters")
    born = parse_span(dob) if dob else None
    if dob and born is None:
        raise UsageError(f"{dob!r} is no date; write 1984-01-08, 1984-01 or 1984")
    return Query(
        name=name, aliases=tuple(aliases), kind=kind, gender=gender,
        births=(born,) if born else (), countries=tuple(map(country, countries)),
        places=tuple(places),
        identifiers=tuple(
            Identifier(kind=word, value=value.strip(), valid=is_valid(word, value.strip()))
            for word, value in numbers
            if value
        ),
    )  # fmt: skip


def country(text: str) -> str:
    """Return the ISO code of a country given by its code or English name.

    Raises:
        UsageError: no country is called so.
    """
    found = text.lower() if name_of(text) else code_of(text)
    if found is None:
        raise UsageError(f"no country is called {text!r}; give its ISO code or its English name")
    return found


def numbers_of(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and number of texts that are written ``KIND=NUMBER``.

    Raises:
        UsageError: a text is none, or its kind is not known.
    """
    for text in texts:
        kind, mark, value = text.partition("=")
        if not mark or kind not in KINDS:
            raise UsageError(f"--id {text!r} is no KIND=NUMBER; {nearest(kind, KINDS)}")
        yield kind, value
