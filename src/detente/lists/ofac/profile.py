"""A party of OFAC's advanced XML, read from the elements that say something of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from detente.entities.model import Name, NameKind, Party
from detente.entities.scripts import script_of
from detente.entities.spans import Span
from detente.lists.ofac.codes import Place, documented, period, primary_name
from detente.lists.ofac.entry import Fact
from detente.lists.ofac.papers import document, listing
from detente.lists.ofac.reading import Reading, keep_others, part_types
from detente.lists.ofac.words import ALIASES
from detente.lists.records import Cut, Record
from detente.lists.xml import parse, text_of

_WHOLE: Final = re.compile(rb"</Location\s*>$|^<[^<>]*/>$")


def read_profile(cut: Cut, record: Record) -> Party:
    """Read a party from its location, profile, document, listing and relationship elements.

    Args:
        cut: the edition, whose context is a ``Context``.
        record: the party's pieces; locations precede what refers to them, and a relationship is
            followed by what names the other party.

    Raises:
        ListError: a piece cannot be read or the type of the party is not known.
    """
    reading = Reading(cut)
    together = b"".join(_closed(cut.bytes_of(piece)) for piece in record.parts)
    whole = b"<parts>" + together + b"</parts>"
    for node in parse(cut.files, record.parts[0], cut.context.opening, whole):
        action = _ACTIONS.get(str(node.tag))
        if action is None:
            reading.entry.keep(node)
        else:
            action(reading, node)
    return reading.party(record.entry)


def _closed(data: bytes) -> bytes:
    """A piece of which a location that was left open is closed."""
    is_open = data.startswith(b"<Location") and not _WHOLE.search(data)
    return data + b"</Location>" if is_open else data


def _relation(reading: Reading, node: etree._Element) -> None:
    reading.relations.append((node, []))


def _naming(reading: Reading, node: etree._Element) -> None:
    if reading.relations:
        reading.relations[-1][1].append(node)


def _location(reading: Reading, node: etree._Element) -> None:
    country = ""
    parts: dict[str, str] = {}
    others: dict[str, dict[str, str]] = {}
    for child in node:
        if child.tag == "LocationCountry":
            country = reading.say("Country", child.get("CountryID"))
        elif child.tag == "LocationAreaCode" and not country:
            country = reading.say("AreaCode", child.get("AreaCodeID"))
        elif child.tag == "LocationPart":
            _location_part(reading, child, parts, others)
        elif child.tag not in _LOCATION_KNOWN:
            reading.entry.keep(child)
    country = "" if country.lower() == "undetermined" else country
    reading.places[node.get("ID", "")] = Place(country, parts, others)


_LOCATION_KNOWN: Final = (
    "LocationAreaCode", "FeatureVersionReference", "IDRegDocumentReference",
    "ProfileRelationshipReference",
)  # fmt: skip


def _location_part(
    reading: Reading, node: etree._Element, parts: dict[str, str],
    others: dict[str, dict[str, str]],
) -> None:  # fmt: skip
    kind = reading.say("LocPartType", node.get("LocPartTypeID")).upper()
    values = [each for each in node if each.tag == "LocationPartValue"]
    main = next((each for each in values if each.get("Primary") == "true"), None)
    for each in values:
        text, comment = text_of(each.find("Value")), text_of(each.find("Comment"))
        if each is main or (main is None and each is values[0]):
            parts[kind] = text
            reading.entry.unparsed += [f"{kind} {text}: {comment}"] if comment else []
        elif text:
            others.setdefault(comment or script_of(text), {})[kind] = text
    keep_others(reading, node, ("LocationPartValue",))


def _distinct_party(reading: Reading, node: etree._Element) -> None:
    for child in node:
        if child.tag == "Comment":
            reading.entry.remarks.extend(filter(None, [text_of(child)]))
        elif child.tag == "Profile":
            _profile(reading, child)
        else:
            reading.entry.keep(child)


def _profile(reading: Reading, node: etree._Element) -> None:
    reading.entry.kind = reading.say("PartySubType", node.get("PartySubTypeID"))
    for child in node:
        if child.tag == "Identity":
            _identity(reading, child)
        elif child.tag == "Feature":
            _feature(reading, child)
        else:
            reading.entry.keep(child)


def _identity(reading: Reading, node: etree._Element) -> None:
    types = part_types(reading, node.iterfind("NamePartGroups"))
    for child in node:
        if child.tag == "Alias":
            _alias(reading, child, types)
        elif child.tag != "NamePartGroups":
            reading.entry.keep(child)


def _alias(reading: Reading, node: etree._Element, types: dict[str, str]) -> None:
    said = reading.say("AliasType", node.get("AliasTypeID"))
    numbered = documented(node, types)
    reading.documented.update((number, name.text) for number, name in numbered if number)
    names = [name for _, name in numbered]
    is_primary = node.get("Primary") == "true" and not reading.entry.name
    primary = primary_name(names) if is_primary else None
    for name in names:
        kind: NameKind = ALIASES.get(said.lower(), "alias")
        if primary is not None:
            kind = "alias" if name.script == "Latn" else "original-script"
            kind = "primary" if name is primary else kind
        reading.entry.names.append(
            Name(
                text=name.text, kind=kind, script=name.script,
                weak=node.get("LowQuality") == "true", family=name.family, given=name.given,
                remark=said if primary is None and said.lower() not in _ALIASES else None,
            )
        )  # fmt: skip
    keep_others(reading, node, ("DocumentedName",))


_ALIASES: Final = (*ALIASES, "name", "")


def _feature(reading: Reading, node: etree._Element) -> None:
    words = reading.say("FeatureType", node.get("FeatureTypeID"))
    for child in node:
        if child.tag == "FeatureVersion":
            _version(reading, child, words)
        elif child.tag == "Comment":
            reading.entry.remarks.extend(f"{words}: {text}" for text in [text_of(child)] if text)
        elif child.tag != "IdentityReference":
            reading.entry.keep(child)


def _version(reading: Reading, node: etree._Element, words: str) -> None:
    values: list[str] = []
    when: Span | None = None
    grade = reading.grade("Reliability", node.get("ReliabilityID"))
    remarks = [f"reliability: {grade}" if grade else ""]
    is_said = False
    for child in node:
        if child.tag == "Comment":
            remarks.append(text_of(child))
        elif child.tag == "DatePeriod" and when is None and (days := period(child)):
            when = days
        elif child.tag == "VersionDetail":
            values.append(
                text_of(child) or reading.say("DetailReference", child.get("DetailReferenceID"))
            )
        elif child.tag == "VersionLocation" and child.get("LocationID") in reading.places:
            is_said = True
            values += _located(reading, reading.places[child.get("LocationID", "")], words)
        else:
            is_said = True
            reading.entry.keep(child)
    values = list(filter(None, values)) or ([str(when)] if when else [])
    remark = "; ".join(filter(None, remarks)) or None
    for value in values:
        reading.entry.fact(Fact(words, value, when=when, remark=remark))
    if not values and not is_said:
        reading.entry.keep(node)


def _located(reading: Reading, place: Place, words: str) -> list[str]:
    """Take in an address; of any other feature return what its location says."""
    if words != "Location":
        return [place.text]
    reading.entry.address(place.parts, place.country)
    for script, parts in place.others.items():
        reading.entry.address({**parts, "UNKNOWN": script}, place.country)
    return []


_ACTIONS: Final[dict[str, Callable[[Reading, etree._Element], None]]] = {
    "Location": _location,
    "DistinctParty": _distinct_party,
    "IDRegDocument": document,
    "SanctionsEntry": listing,
    "ProfileRelationship": _relation,
    "Alias": _naming,
    "NamePartGroups": _naming,
}
