"""What distortions and look-alikes need to know of a party: whence its name, and its parts."""

import re
from collections.abc import Iterable
from random import Random
from typing import Final, NamedTuple

from detente.entities.countries import code_of
from detente.entities.model import Party
from detente.entities.spans import Span
from detente.screening.model import Query

_SCRIPTS: Final = {
    code: script
    for script, codes in {
        "Arab": "sy iq ye lb eg sa jo kw ae qa bh om ly tn dz ma sd ps af pk ir",
        "Cyrl": "ru by ua",
        "Hang": "kp kr",
        "Hani": "cn hk tw mo",
    }.items()
    for code in codes.split()
}
_ARABIC: Final = re.compile(r"\b(al|el|bin|ibn|abu|abd|abdul|muhammad|mohammed|mohammad)\b", re.I)
_PATRONYMIC: Final = re.compile(r"(?:[oe]v|y)(?:ich|na)$", re.I)


class Parts(NamedTuple):
    """The parts of a person's name."""

    family: list[str]
    given: list[str]

    @property
    def natural(self) -> str:
        """The name in the order of speech."""
        return " ".join((*self.given, *self.family))


def plain(party: Party, text: str | None = None) -> str:
    """Return a name, the primary one, without what is in brackets; a person's without comma."""
    told = _unbracketed(party.name if text is None else text)
    family, comma, given = told.partition(", ")
    return f"{given} {family}" if comma and party.kind == "person" else told


def _unbracketed(text: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", text).split())


def parts(party: Party) -> Parts:
    """Return the parts of a person's primary name: as told apart, by the comma, or by custom."""
    first = party.names[0]
    text = _unbracketed(first.text)
    family, comma, given = text.partition(", ")
    if first.family and first.given:
        return Parts(first.family.split(), first.given.split())
    if comma:
        return Parts(family.split(), given.split())
    words = text.split()
    if script(party) in ("Hang", "Hani"):
        return Parts(words[:1], words[1:])
    return Parts(words[-1:], words[:-1])


def countries(party: Party) -> tuple[str, ...]:
    """Return the codes of a party's countries."""
    told = (*party.nationalities, *(row.country for row in party.addresses if row.country),
            *(row.country for row in party.births if row.country))  # fmt: skip
    codes = (code_of(word) for word in told)
    return tuple(dict.fromkeys(code for code in codes if code))


def script(party: Party) -> str:
    """Return the script that a party's name comes from, ``Latn`` where nothing tells."""
    if party.kind not in ("person", "organisation"):
        return "Latn"
    own = next((name.script for name in party.names if name.script != "Latn"), None)
    if own:
        return own
    if party.kind == "organisation":
        return "Latn"
    found = next((_SCRIPTS[code] for code in countries(party) if code in _SCRIPTS), None)
    if found:
        return found
    if any(map(is_patronymic, party.name.split())):
        return "Cyrl"
    return "Arab" if _ARABIC.search(party.name) else "Latn"


def is_patronymic(word: str) -> bool:
    """Return whether a word is a Russian patronymic."""
    return len(word) > 6 and bool(_PATRONYMIC.search(word))


def birth(party: Party) -> Span | None:
    """Return the day or year in which a person was born, where the list gives just one."""
    spans = [row.date for row in party.births if row.date]
    one = len(spans) == 1 and spans[0].first.year == spans[0].last.year
    return spans[0] if party.kind == "person" and one else None


def asked(party: Party, name: str, luck: Random, bare: bool | None = None) -> Query:
    """Return the query of a party under another name, half the time with what else is known."""
    alone = luck.random() < 0.5 if bare is None else bare
    spans = tuple(row.date for row in party.births if row.date)
    if alone:
        return Query(name=name, kind=party.kind)
    return Query(
        name=name, kind=party.kind, births=spans[:1], countries=countries(party)[:1],
        gender=party.gender,
    )  # fmt: skip


class Pool(NamedTuple):
    """Names to swap in: given names by script, and names of clans."""

    given: dict[str, list[str]]
    clans: list[str]


def pool(parties: Iterable[Party]) -> Pool:
    """Return the names that the persons among some parties bear."""
    given: dict[str, set[str]] = {}
    clans: set[str] = set()
    for party in parties:
        if party.kind == "person":
            own, from_ = parts(party), script(party)
            short = 2 if from_ in ("Hang", "Hani") else 4
            words = (word for word in own.given if _is_name(word) and len(word) >= short)
            given.setdefault(from_, set()).update(words)
            clans.update(w for w in own.family if re.match(r"al-\w{4}", w, re.I))
    return Pool({key: sorted(words) for key, words in given.items()}, sorted(clans))


def _is_name(word: str) -> bool:
    return word.isalpha() and not is_patronymic(word)
