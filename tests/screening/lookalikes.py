"""Parties that look like a listed one and are not: namesakes, sisters, siblings, relatives."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

from msgspec.structs import replace
from name_parts import Pool, asked, birth, countries, is_patronymic, parts, plain, script

from detente.entities.model import Identifier, Party
from detente.entities.spans import day_span, year_span
from detente.screening.model import Query

Lookalike = Callable[[Party, Pool, Random], Query | None]

_LANDS: Final = ("br", "no", "jp", "ca", "za", "nz", "pt", "ie", "th", "uy")
_CITIES: Final = ("Oslo", "Nairobi", "Lisbon", "Toronto", "Osaka", "Lima", "Auckland", "Dublin")
_TRADES: Final = (
    "SHIPPING", "TRADING", "INSURANCE", "CONSTRUCTION", "PETROLEUM", "MINING", "TEXTILES", "BANK",
    "AVIATION", "ELECTRONICS", "PHARMACEUTICAL", "TRANSPORT", "STEEL", "FISHERY", "TELECOM",
)  # fmt: skip
_TRADE: Final = re.compile(rf"\b(?:{'|'.join(_TRADES)})\b")
_NUMERAL: Final = re.compile(r"\b(?:\d{1,3}|II|III|IV|VI|VII|VIII|IX)\b")


def imo_number(luck: Random) -> str:
    """Return a ship's number whose check digit holds."""
    first = f"{luck.randrange(500_000, 999_999)}"
    check = sum(int(digit) * (7 - n) for n, digit in enumerate(first)) % 10
    return f"{first}{check}"


def _other_land(party: Party, luck: Random) -> str:
    return luck.choice([code for code in _LANDS if code not in countries(party)])


def _namesake(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The same name, born a generation earlier or later, from elsewhere."""
    span = birth(party)
    if span is None:
        return None
    earlier = span.first.year - luck.randrange(20, 35)
    later = span.first.year + luck.randrange(20, 35)
    year = later if later < 2008 and luck.random() < 0.5 else earlier
    born = day_span(span.first.replace(year=year, day=min(span.first.day, 28)))
    return Query(
        name=plain(party), kind="person", births=(born,), countries=(_other_land(party, luck),)
    )


def _sister_ship(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The same stem and another number."""
    if party.kind != "vessel":
        return None
    found = _NUMERAL.search(party.name.upper())
    number = str(luck.choice([n for n in range(2, 20) if not found or str(n) != found[0]]))
    if found:
        if found[0].isalpha():  # Roman numerals have their like beside them
            number = luck.choice([n for n in ("II", "III", "IV", "VI", "VII") if n != found[0]])
        name = party.name.upper()[: found.start()] + number + party.name.upper()[found.end() :]
        return Query(name=name, kind="vessel")
    return Query(name=f"{party.name} {number}", kind="vessel")


def _other_number(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The same name on another hull."""
    if party.kind != "vessel" or not any(i.kind == "imo" for i in party.identifiers):
        return None
    number = Identifier(kind="imo", value=imo_number(luck), valid=True)
    return Query(name=party.name, kind="vessel", identifiers=(number,))


def _sibling_place(party: Party, pool: Pool, luck: Random) -> Query | None:
    """A company of the same first words in another city."""
    if party.kind != "organisation" or len(party.name.split()) < 2:
        return None
    name = f"{plain(party)} {luck.choice(_CITIES)}"
    return Query(name=name, kind="organisation", countries=(_other_land(party, luck),))


def _sibling_trade(party: Party, pool: Pool, luck: Random) -> Query | None:
    """A company of the same first words in another line of business."""
    name = party.name.upper()
    found = _TRADE.search(name)
    if party.kind != "organisation" or found is None or found.start() < 5:
        return None
    other = luck.choice([word for word in _TRADES if word not in name])
    return Query(name=name[: found.start()] + other + name[found.end() :], kind="organisation")


def _sibling_number(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The next of several companies that are told apart by a number."""
    found = _NUMERAL.search(party.name.upper())
    if party.kind != "organisation" or found is None:
        return None
    same = ("II", "III", "IV", "VI") if found[0].isalpha() else ("2", "3", "5", "8", "14")
    number = luck.choice([n for n in same if n != found[0]])
    name = party.name.upper()[: found.start()] + number + party.name.upper()[found.end() :]
    return Query(name=name, kind="organisation")


def _relative(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The same family, with the patronymic if there is one, and another given name."""
    given = _other_given(party, pool, luck, None)
    if given is None:
        return None
    own = parts(party)
    return Query(name=" ".join((given, *own.given[1:], *own.family)), kind="person")


def _same_length(party: Party, pool: Pool, luck: Random) -> Query | None:
    """Another given name of as many letters."""
    own = parts(party)
    if not own.given or len(own.given) > 1:
        return None
    given = _other_given(party, pool, luck, len(own.given[0]))
    return Query(name=f"{given} {' '.join(own.family)}", kind="person") if given else None


def _other_given(party: Party, pool: Pool, luck: Random, size: int | None) -> str | None:
    """A given name from the same script that shares neither beginning nor most letters."""
    own = parts(party)
    if party.kind != "person" or not own.given or not own.family or script(party) == "Hang":
        return None
    first = own.given[0].lower()
    fit = [
        word
        for word in pool.given.get(script(party), ())
        if word[0].lower() != first[0]
        and len(set(word.lower()) & set(first)) <= len(first) // 2
        and (size is None or len(word) == size)
    ]
    return luck.choice(fit) if fit else None


def _korean_relative(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The same Korean family name and one other syllable of the two that follow."""
    own = parts(party)
    if party.kind != "person" or script(party) != "Hang" or len(own.given) != 2:
        return None
    at = luck.randrange(2)
    fit = [word for word in pool.given.get("Hang", ()) if word[0] != own.given[at][0]]
    if not fit:
        return None
    given = list(own.given)
    given[at] = luck.choice(fit)
    return Query(name=" ".join((*own.family, *given)), kind="person")


def _father_and_son(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The name of the father first, as his father or son would bear them."""
    own = parts(party)
    if party.kind != "person" or len(own.given) < 2 or not own.family:
        return None
    if script(party) == "Cyrl":
        return _russian_swap(own.given, own.family)
    if script(party) != "Arab" or len(own.given) > 3:
        return None
    first, last = own.given[0], own.given[-1]
    if not (first.isalpha() and last.isalpha()) or first[0].lower() == last[0].lower():
        return None
    swapped = (last, *own.given[1:-1], first, *own.family)
    born = birth(party)
    ages = (-25, 25) if born and born.first.year < 1980 else (-25,)
    spans = (year_span(born.first.year + luck.choice(ages)),) if born else ()
    return Query(name=" ".join(swapped), kind="person", births=spans)


_FATHERS: Final = {
    "Ivan": "Ivanovich", "Petr": "Petrovich", "Sergei": "Sergeevich", "Vladimir": "Vladimirovich",
    "Nikolai": "Nikolaevich", "Mikhail": "Mikhailovich", "Aleksandr": "Aleksandrovich",
    "Andrei": "Andreevich", "Boris": "Borisovich", "Viktor": "Viktorovich", "Igor": "Igorevich",
    "Oleg": "Olegovich", "Pavel": "Pavlovich", "Anatoly": "Anatolyevich", "Yuri": "Yurievich",
}  # fmt: skip
_SONS: Final = {father.lower()[:5]: son for son, father in _FATHERS.items()}


def _russian_swap(given: list[str], family: list[str]) -> Query | None:
    first = next((n for n in _FATHERS if n.lower()[:4] == given[0].lower()[:4]), None)
    son = _SONS.get(given[-1].lower()[:5]) if is_patronymic(given[-1]) else None
    if first is None or son is None or son == first:
        return None
    return Query(name=f"{son} {_FATHERS[first]} {' '.join(family)}", kind="person")


def _company_of_a_name(party: Party, pool: Pool, luck: Random) -> Query | None:
    """A company that bears a listed person's family name, or a person that bears a company's."""
    if party.kind == "person":
        family = " ".join(parts(party).family)
        return Query(name=f"{family} {luck.choice(_TRADES)} LTD", kind="organisation")
    words = plain(party).split()
    names = pool.given.get("Latn", [])
    if party.kind != "organisation" or not names or not words[0].isalpha() or len(words[0]) < 4:
        return None
    return Query(name=f"{luck.choice(names)} {words[0]}", kind="person")


def _other_clan(party: Party, pool: Pool, luck: Random) -> Query | None:
    """The same given names and another clan or place of origin."""
    own = parts(party)
    if party.kind != "person" or not own.family or not re.match(r"al-\w{4}", own.family[-1], re.I):
        return None
    clan = own.family[-1].lower()
    fit = [word for word in pool.clans if word.lower()[3:5] != clan[3:5]]
    if not fit or len(own.given) > 2:
        return None
    return Query(name=" ".join((*own.given, luck.choice(fit))), kind="person")


def _same_ship_other_kind(party: Party, pool: Pool, luck: Random) -> Query | None:
    """A person whose family name is a ship's whole name."""
    names = pool.given.get("Latn", [])
    if party.kind != "vessel" or len(party.name.split()) > 1 or not names:
        return None
    return Query(name=f"{luck.choice(names)} {party.name}", kind="person")


def _generation(party: Party, pool: Pool, luck: Random) -> Query | None:
    """A relative with the same family and a birth a generation apart."""
    query, born = _relative(party, pool, luck), birth(party)
    if query is None or born is None:
        return None
    year = born.first.year - luck.randrange(22, 32)
    full = asked(party, query.name, luck, bare=False)
    return replace(full, births=(year_span(year),))


LOOKALIKES: Final[dict[str, Lookalike]] = {
    "namesake": _namesake,
    "sister-ship": _sister_ship,
    "other-imo": _other_number,
    "sibling-place": _sibling_place,
    "sibling-trade": _sibling_trade,
    "sibling-number": _sibling_number,
    "relative": _relative,
    "relative-generation": _generation,
    "korean-relative": _korean_relative,
    "same-length-given": _same_length,
    "father-and-son": _father_and_son,
    "company-of-a-name": _company_of_a_name,
    "person-of-a-ship": _same_ship_other_kind,
    "other-clan": _other_clan,
}
"""Who looks like a listed party and is somebody else, by kind."""
