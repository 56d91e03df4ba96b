"""OFAC's remarks: what the CSV has no column for, in segments that semicolons divide.

A segment opens with words that say what it is (``DOB 08 Jan 1950``, ``Passport A1234567
(Ruritania)``, ``Linked To: A TRADING COMPANY``). One that opens with no
known words is kept as it stands and counted as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec

from detente.entities.model import Birth, Identifier, Kind, Link, Name, NameKind
from detente.entities.scripts import script_of
from detente.entities.spans import Span, parse_span
from detente.lists.ofac.words import DETAILS, IDENTIFIERS, identifier


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What remarks say, in the fields of a party."""

    names: tuple[Name, ...]
    births: tuple[Birth, ...]
    nationalities: tuple[str, ...]
    gender: str | None
    positions: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    links: tuple[Link, ...]
    authorities: tuple[str, ...]
    details: dict[str, str]
    secondary_sanctions: tuple[str, ...]
    remarks: tuple[str, ...]
    unparsed: tuple[str, ...]


def parse_remarks(text: str, kind: Kind, title: str | None = None) -> Told:
    """Read the remarks of an entry.

    Args:
        text: the remarks, with what stands in the file of comments behind them.
        kind: what the entry is: an IMO number is a ship's or a company's.
        title: the offices that the entry's own column names; the remarks repeat them.
    """
    entry = _Entry(kind)
    offices = [part.strip() for part in (title or "").split(";") if part.strip()]
    for segment in _segments(text):
        plain = segment.removeprefix("alt. ")
        if plain.startswith("(") and plain.endswith(")"):  # as the XML files write a tie
            plain = plain[1:-1]
        found = _OPENING.match(plain)
        if found is not None:
            _READERS[found[1].lower()](entry, found[1], plain[found.end() :].strip(), segment)
        elif plain not in offices:
            entry.unparsed.append(segment)
    return entry.told(offices)


_SEGMENT: Final = re.compile(r";\s+|;$")


def _segments(text: str) -> list[str]:
    """The segments, without the full stop behind the last."""
    whole = text.strip()
    if whole.endswith(".") and not whole.endswith((" Co.", " Inc.", " Ltd.", "S.A.", " Corp.")):
        whole = whole[:-1]
    return [part.strip() for part in _SEGMENT.split(whole) if part.strip()]


class _Entry:
    """Remarks while they are being read; each reader below adds what its segment says."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.names: list[Name] = []
        self.dates: list[Span] = []
        self.places: list[str] = []
        self.nationalities: list[str] = []
        self.gender: str | None = None
        self.identifiers: list[Identifier] = []
        self.links: list[Link] = []
        self.authorities: list[str] = []
        self.details: dict[str, str] = {}
        self.secondary: list[str] = []
        self.remarks: list[str] = []
        self.unparsed: list[str] = []

    def told(self, offices: list[str]) -> Told:
        """Return what was read; a single date and a single place of birth belong together."""
        if len(self.dates) == len(self.places) == 1:
            births = [Birth(date=self.dates[0], place=self.places[0])]
        else:
            births = [Birth(date=date) for date in self.dates]
            births += [Birth(place=place) for place in self.places]
        return Told(
            names=tuple(self.names),
            births=tuple(births),
            nationalities=tuple(dict.fromkeys(self.nationalities)),
            gender=self.gender,
            positions=tuple(offices),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            links=tuple(dict.fromkeys(self.links)),
            authorities=tuple(dict.fromkeys(self.authorities)),
            details=self.details,
            secondary_sanctions=tuple(dict.fromkeys(self.secondary)),
            remarks=tuple(self.remarks),
            unparsed=tuple(self.unparsed),
        )


_Reader = Callable[[_Entry, str, str, str], None]
"""Takes the entry, the opening words, what follows them, and the whole segment."""


def _date_of_birth(entry: _Entry, words: str, rest: str, segment: str) -> None:
    date = parse_span(rest)
    if date is None:
        entry.unparsed.append(segment)
    else:
        entry.dates.append(date)


def _place_of_birth(entry: _Entry, words: str, rest: str, segment: str) -> None:
    entry.places.append(rest)


def _nationality(entry: _Entry, words: str, rest: str, segment: str) -> None:
    entry.nationalities.append(rest)


def _gender(entry: _Entry, words: str, rest: str, segment: str) -> None:
    if rest.lower() in ("male", "female"):
        entry.gender = rest.lower()
    else:
        entry.unparsed.append(segment)


_QUOTED: Final = re.compile(r"[\"'](.+)[\"']")


def _other_name(entry: _Entry, words: str, rest: str, segment: str) -> None:
    found = _QUOTED.fullmatch(rest)
    text = found[1] if found else rest
    kind: NameKind = "former" if words.lower().startswith("f") else "alias"
    entry.names.append(
        Name(text=text, kind=kind, script=script_of(text), weak=found is not None, in_remarks=True)
    )


def _linked(entry: _Entry, words: str, rest: str, segment: str) -> None:
    entry.links.append(Link(relation=words.rstrip(":").lower(), name=rest))


def _secondary(entry: _Entry, words: str, rest: str, segment: str) -> None:
    entry.secondary.append(rest.lstrip("- "))


def _additional(entry: _Entry, words: str, rest: str, segment: str) -> None:
    said = rest.lstrip("- ")
    if said.lower().startswith("subject to secondary sanctions"):
        entry.secondary.append(said)
    else:
        entry.remarks.append(segment)


_DETERMINATION: Final = re.compile(r"(\d{5}[^-]*?)(?: Determination)? - .*")


def _order(entry: _Entry, words: str, rest: str, segment: str) -> None:
    found = _DETERMINATION.fullmatch(rest)
    if found is not None:
        entry.authorities.append(f"Executive Order {found[1]}")
    entry.remarks.append(segment)


def _remark(entry: _Entry, words: str, rest: str, segment: str) -> None:
    entry.remarks.append(segment)


def _detail(entry: _Entry, words: str, rest: str, segment: str) -> None:
    key = DETAILS[words.lower()]
    held = entry.details.get(key)
    entry.details[key] = rest if held is None or held == rest else f"{held}; {rest}"


_NUMBER: Final = re.compile(
    r"(?P<value>.*?)(?: \((?P<country>[^()]*+(?:\([^()]*+\)[^()]*+)?)\))?"
    r"(?: issued (?P<issued>\d\d [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{2} \d{4}|\d{4}))?"
    r"(?: expires (?P<expires>\d\d [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{2} \d{4}|\d{4}))?"
)


def _identifier(entry: _Entry, words: str, rest: str, segment: str) -> None:
    found = _NUMBER.fullmatch(rest)
    if found is None or not found["value"].strip():
        entry.unparsed.append(segment)
        return
    type_ = words
    if found["value"].startswith("IMO"):  # a ship's number, or that of the company behind ships
        ship = entry.kind == "vessel"
        type_ = "Vessel Registration Identification" if ship else "Company Number"
    entry.identifiers.append(
        identifier(
            type_,
            found["value"],
            country=found["country"],
            issued=parse_span(found["issued"]) if found["issued"] else None,
            expires=parse_span(found["expires"]) if found["expires"] else None,
        )
    )


_READERS: Final[dict[str, _Reader]] = {
    **dict.fromkeys(IDENTIFIERS, _identifier),
    **dict.fromkeys(DETAILS, _detail),
    "dob": _date_of_birth,
    "pob": _place_of_birth,
    "nationality": _nationality,
    "citizen": _nationality,
    "gender": _gender,
    "a.k.a.": _other_name,
    "f.k.a.": _other_name,
    "n.k.a.": _other_name,
    "linked to:": _linked,
    "secondary sanctions risk:": _secondary,
    "additional sanctions information": _additional,
    "executive order": _order,
    **dict.fromkeys(
        ("transactions prohibited for persons owned or controlled by u.s. financial institutions:",
         "for more information", "caatsa section 235 information:", "listing date",
         "effective date", "all offices worldwide", "icty indictee"), _remark,
    ),
}  # fmt: skip
_OPENING: Final = re.compile(
    "(?ai:(" + "|".join(map(re.escape, sorted(_READERS, key=len, reverse=True))) + r"))(?![\w-])"
)
"""Letters of other alphabets that fold to ours, as a long s does, are not in the table."""
