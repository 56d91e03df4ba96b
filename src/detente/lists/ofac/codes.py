"""What the parts of OFAC's advanced XML mean: numbers of types, dates, and the parts of names."""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from detente.entities.model import Name
from detente.entities.scripts import script_of
from detente.entities.spans import Span, parse_span
from detente.lists.ofac.entry import undirected
from detente.lists.xml import text_of

_QUIET: Final = ("", "Confirmed", "Unknown", "None")


class Context(NamedTuple):
    """What the reading of every party needs.

    Attributes:
        opening: ``Outline.opening`` of the file.
        words: what the numbers of types, countries and values mean, by kind and number.
    """

    opening: bytes
    words: dict[str, dict[str, str]]

    def say(self, kind: str, number: str | None) -> str:
        """Return what a number means; the number itself where the file does not say."""
        if not number:
            return ""
        return self.words.get(kind, {}).get(number) or f"{kind} {number}"

    def grade(self, kind: str, number: str | None) -> str:
        """Return how sure something is; empty where it is sure or nothing is said of it."""
        said = self.words.get(kind, {}).get(number or "", "")
        return "" if said in _QUIET else said


def context_of(opening: bytes, sets: etree._Element | None) -> Context:
    """Return the context that the ``ReferenceValueSets`` of a file make.

    Args:
        opening: ``Outline.opening`` of the file.
        sets: the element, None where there is none.
    """
    words: dict[str, dict[str, str]] = {}
    rows = [] if sets is None else [row for each in sets for row in each]
    for row in rows:
        area = row.get("Description", "") if row.tag == "AreaCode" else ""
        said = area or text_of(row) or row.get("LegalBasisShortRef", "") or row.get("ISO2", "")
        words.setdefault(str(row.tag), {})[row.get("ID", "")] = said
    for row in rows:
        # Persons and organisations have no subtype: their type says what they are.
        if row.tag == "PartySubType" and text_of(row) in ("", "Unknown"):
            kind = words.get("PartyType", {}).get(row.get("PartyTypeID", ""), "")
            words["PartySubType"][row.get("ID", "")] = kind
    return Context(opening, words)


def period(node: etree._Element) -> Span | None:
    """Return the days of a ``DatePeriod``, from the earliest beginning to the latest end."""
    found = (node.find(path) for path in ("Start/From", "Start/To", "End/From", "End/To"))
    points = [days for each in found if each is not None and (days := point(each)) is not None]
    if not points or points[-1].last < points[0].first:
        return None
    ends = (node.find("Start"), node.find("End"))
    circa = any(end is not None and end.get("Approximate") == "true" for end in ends)
    return Span(points[0].first, points[-1].last, circa)


def point(node: etree._Element) -> Span | None:
    """Return the day of a year, a month and a day, or all the days that they leave open."""
    year, month, day = (text_of(node.find(tag)) for tag in ("Year", "Month", "Day"))
    return parse_span(f"{year}-{month or 0}-{day or 0}")


def documented(alias: etree._Element, types: dict[str, str]) -> list[tuple[str, Name]]:
    """Return the names of an alias, one for each script, each with the number that papers cite.

    Args:
        alias: the element.
        types: what the parts of names are, by the numbers of their groups.
    """
    names = []
    for row in alias.iterfind("DocumentedName"):
        scripts: dict[str, list[tuple[str, str]]] = {}
        for part in row.iter("NamePartValue"):
            if text := undirected(text_of(part)):
                kind = types.get(part.get("NamePartGroupID", ""), "")
                scripts.setdefault(part.get("ScriptID", ""), []).append((kind, text))
        names += [(row.get("ID", ""), _composed(parts)) for parts in scripts.values()]
    return names


def _composed(parts: list[tuple[str, str]]) -> Name:
    """A name as the list orders it; other scripts know no comma and begin with the given name."""
    family = " ".join(text for kind, text in parts if kind == "Last Name")
    given = " ".join(text for kind, text in parts if kind != "Last Name")
    whole = " ".join(text for _, text in parts)
    script = script_of(whole)
    if not family or not given:
        return Name(text=whole, script=script)
    text = f"{family}, {given}" if script == "Latn" else f"{given} {family}"
    return Name(text=text, script=script, family=family, given=given)


def primary_name(names: list[Name]) -> Name:
    """Return the first name in Latin letters, or the first."""
    return next((name for name in names if name.script == "Latn"), (*names, Name(text="?"))[0])


class Place(NamedTuple):
    """What a location says.

    Attributes:
        country: the country as written.
        parts: the parts of the address by their types.
        others: the parts that are written in other scripts, by what they are called.
    """

    country: str
    parts: dict[str, str]
    others: dict[str, dict[str, str]]

    @property
    def text(self) -> str:
        """The location as one line."""
        return ", ".join(filter(None, (*self.parts.values(), self.country)))
