"""What dates, countries, gender and kind say, beside the names, for or against one party.

Weights are natural logarithms of likelihood ratios: how much more often a thing is seen of one
party described twice than of two parties with alike names. They are rounded estimates, stated here
so that they can be argued with, and kept small where lists are known to err.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from detente.entities.countries import code_of, name_of
from detente.entities.model import Kind, Party
from detente.entities.spans import Span
from detente.screening.model import Query, Reason

SAME_DAY: Final = 4.0
SWAPPED: Final = 2.6
SAME_MONTH: Final = 2.4
SAME_YEAR: Final = 1.5
OTHER_DAY: Final = 0.4
"""Both days are known, only the year is the same: a slip, or chance."""
YEARS_APART: Final = ((1, 0.0), (2, -0.8), (5, -1.9), (10, -3.2), (20, -4.6), (1000, -6.0))
"""Years between two births at most, and what that weighs."""
ANNIVERSARY: Final = 0.9
"""Added where day and month are the same and the years near, or a digit of the year apart."""
CIRCA: Final = 0.5
"""Share of a contradiction that counts where a source says "about"."""
GENDER: Final = -2.5
COUNTRY: Final = 0.7
OTHER_COUNTRY: Final = -0.9
PLACE: Final = 1.0
KINDS: Final = {
    frozenset(("person", "organisation")): -4.0,
    frozenset(("person", "vessel")): -6.0,
    frozenset(("person", "aircraft")): -7.0,
    frozenset(("organisation", "vessel")): -3.0,
    frozenset(("organisation", "aircraft")): -4.0,
    frozenset(("vessel", "aircraft")): -4.0,
}


def reasons(query: Query, party: Party) -> Iterator[Reason]:
    """Yield what the data beside names and numbers say."""
    kind = query.kind or implied(query)
    if kind is not None and kind != party.kind:
        text = f"asked for {kind}, listed is {party.kind}"
        yield Reason(part="kind", text=text, weight=KINDS[frozenset((kind, party.kind))])
    birth = births(query.births, tuple(row.date for row in party.births if row.date))
    if birth is not None:
        yield birth
    if query.gender and party.gender and query.gender != party.gender:
        text = f"{query.gender}, listed {party.gender}"
        yield Reason(part="gender", text=text, weight=GENDER)
    yield from _countries(query, party)
    yield from _places(query, party)


def implied(query: Query) -> Kind | None:
    """Return what somebody must be by what is known of it: a ship has an IMO number."""
    kinds = {_BEARERS[item.kind] for item in query.identifiers if item.kind in _BEARERS}
    if query.births or query.gender:
        kinds.add("person")
    return next(iter(kinds)) if len(kinds) == 1 else None


_BEARERS: Final[dict[str, Kind]] = {
    "imo": "vessel", "mmsi": "vessel", "imo-company": "organisation", "lei": "organisation",
    "tail": "aircraft", "msn": "aircraft", "passport": "person",
}  # fmt: skip


def births(one: tuple[Span, ...], other: tuple[Span, ...]) -> Reason | None:
    """Return what two sets of alternative dates of birth say; None where one is empty."""
    if not one or not other:
        return None
    weight, first, second = max(
        ((_birth(first, second), first, second) for first in one for second in other),
        key=lambda item: item[0],
    )
    return Reason(part="birth", text=f"born {first}, listed {second}", weight=round(weight, 2))


def _birth(one: Span, other: Span) -> float:
    apart = _years(one, other)
    about = CIRCA if one.circa or other.circa else 1.0
    if apart:
        weight = next(weight for most, weight in YEARS_APART if apart <= most)
        if _is_day(one) and _is_day(other) and _anniversary(one.first, other.first, apart):
            return weight + ANNIVERSARY
        return weight * about
    if not _is_day(one) or not _is_day(other):
        months = _is_month(one) and _is_month(other)
        return (SAME_MONTH if months else SAME_YEAR) * about
    if one.first == other.first:
        return SAME_DAY
    if (one.first.month, one.first.day) == (other.first.day, other.first.month):
        return SWAPPED
    return OTHER_DAY


def _years(one: Span, other: Span) -> int:
    """Whole years between two spans, 0 where they may be the same date; near misses count as 1."""
    if one.first <= other.last and other.first <= one.last:
        return 0
    if _is_day(one) and _is_day(other) and one.first.year == other.first.year:
        return 0
    early, late = (one, other) if one.last < other.first else (other, one)
    return max(1, late.first.year - early.last.year)


def _anniversary(one: date, other: date, apart: int) -> bool:
    if (one.month, one.day) != (other.month, other.day):
        return False
    digits = sum(a != b for a, b in zip(str(one.year), str(other.year), strict=True))
    return apart <= 2 or digits == 1


def _is_day(span: Span) -> bool:
    return span.first == span.last


def _is_month(span: Span) -> bool:
    return (span.last - span.first).days < 31


def _countries(query: Query, party: Party) -> Iterator[Reason]:
    listed = countries(party)
    if not query.countries or not listed:
        return
    shared = [code for code in query.countries if code in listed]
    if shared:
        yield Reason(part="country", text=f"both {_named(shared)}", weight=COUNTRY)
    else:
        text = f"{_named(query.countries)}, listed {_named(sorted(listed))}"
        yield Reason(part="country", text=text, weight=OTHER_COUNTRY)


def countries(party: Party) -> frozenset[str]:
    """Return the codes of all countries that an entry ties its party to."""
    words = [*party.nationalities, *(row.country for row in party.addresses)]
    words += [row.country for row in party.births]
    words += [row.country for row in party.identifiers]
    words += [party.details.get("flag"), *_last_words(party)]
    return frozenset(code for word in words if word and (code := code_of(word)))


def _last_words(party: Party) -> Iterator[str]:
    """What follows the last comma of a place of birth: often its country."""
    for row in party.births:
        if row.place:
            yield row.place.rsplit(",", 1)[-1].strip()


def _named(codes: list[str] | tuple[str, ...]) -> str:
    return ", ".join(name_of(code) or code for code in codes[:4])


def _places(query: Query, party: Party) -> Iterator[Reason]:
    listed = [row.place for row in party.births] + [row.city for row in party.addresses]
    known = {_place(text): text for text in listed if text}
    for place in query.places:
        found = known.get(_place(place))
        if found:
            yield Reason(part="place", text=f"{place}, listed {found}", weight=PLACE)
            return


def _place(text: str) -> str:
    """The first part of a place, without case and punctuation."""
    return "".join(filter(str.isalnum, text.split(",")[0])).casefold()
