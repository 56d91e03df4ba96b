"""A party of OFAC's advanced XML, read from the elements that say something of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from lxml import etree

from detente.entities.model import Link, Listing, Name, NameKind, Party
from detente.entities.scripts import script_of
from detente.entities.spans import Span
from detente.lists.ofac_codes import Context, Place, documented, period, point, primary_name
from detente.lists.ofac_entry import Entry, Fact, listing_name, raw
from detente.lists.ofac_words import ALIASES
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
    reading = _Reading(cut)
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


class _Reading:
    """A party while its record is being read.

    Attributes:
        cut: the edition.
        say: what a number of a kind means.
        grade: how sure something is.
        entry: what has been read.
        places: the locations by their numbers.
        documented: the names by their numbers, for papers that are in one of them.
        relations: the ties to other parties, each with the elements that name the other.
    """

    def __init__(self, cut: Cut) -> None:
        context: Context = cut.context
        self.cut = cut
        self.say, self.grade = context.say, context.grade
        self.entry = Entry()
        self.places: dict[str, Place] = {}
        self.documented: dict[str, str] = {}
        self.relations: list[tuple[etree._Element, list[etree._Element]]] = []

    def party(self, number: str) -> Party:
        for node, naming in self.relations:
            self._link(node, naming)
        return self.entry.party(self.cut, number)

    def _link(self, node: etree._Element, naming: list[etree._Element]) -> None:
        types = _types(self, (each for each in naming if each.tag == "NamePartGroups"))
        aliases = [each for each in naming if each.tag == "Alias"]
        names = [name for alias in aliases for _, name in documented(alias, types)]
        relation = self.say("RelationType", node.get("RelationTypeID"))
        former = " (former)" if node.get("Former") == "true" else ""
        link = Link(
            relation=relation.lower() + former, name=primary_name(names).text,
            entry=aliases[0].get("FixedRef") if aliases else node.get("To-ProfileID"),
        )  # fmt: skip
        self.entry.links.append(link)
        grade = self.grade("RelationQuality", node.get("RelationQualityID"))
        quality = f"quality: {grade}" if grade else ""
        for remark in filter(None, (quality, text_of(node.find("Comment")))):
            self.entry.remarks.append(f"{relation} {link.name}: {remark}")
        _keep_others(self, node, ("Comment",))


def _keep_others(reading: _Reading, node: etree._Element, known: Iterable[str]) -> None:
    for child in node:
        if child.tag not in known:
            reading.entry.keep(child)


def _relation(reading: _Reading, node: etree._Element) -> None:
    reading.relations.append((node, []))


def _naming(reading: _Reading, node: etree._Element) -> None:
    if reading.relations:
        reading.relations[-1][1].append(node)


def _location(reading: _Reading, node: etree._Element) -> None:
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
    reading: _Reading, node: etree._Element, parts: dict[str, str],
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
    _keep_others(reading, node, ("LocationPartValue",))


def _distinct_party(reading: _Reading, node: etree._Element) -> None:
    for child in node:
        if child.tag == "Comment":
            reading.entry.remarks.extend(filter(None, [text_of(child)]))
        elif child.tag == "Profile":
            _profile(reading, child)
        else:
            reading.entry.keep(child)


def _profile(reading: _Reading, node: etree._Element) -> None:
    reading.entry.kind = reading.say("PartySubType", node.get("PartySubTypeID"))
    for child in node:
        if child.tag == "Identity":
            _identity(reading, child)
        elif child.tag == "Feature":
            _feature(reading, child)
        else:
            reading.entry.keep(child)


def _identity(reading: _Reading, node: etree._Element) -> None:
    types = _types(reading, node.iterfind("NamePartGroups"))
    for child in node:
        if child.tag == "Alias":
            _alias(reading, child, types)
        elif child.tag != "NamePartGroups":
            reading.entry.keep(child)


def _types(reading: _Reading, groups: Iterable[etree._Element]) -> dict[str, str]:
    """What the parts of names are, by the numbers of their groups."""
    return {
        group.get("ID", ""): reading.say("NamePartType", group.get("NamePartTypeID"))
        for each in groups
        for group in each.iter("NamePartGroup")
    }


def _alias(reading: _Reading, node: etree._Element, types: dict[str, str]) -> None:
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
    _keep_others(reading, node, ("DocumentedName",))


_ALIASES: Final = (*ALIASES, "name", "")


def _feature(reading: _Reading, node: etree._Element) -> None:
    words = reading.say("FeatureType", node.get("FeatureTypeID"))
    for child in node:
        if child.tag == "FeatureVersion":
            _version(reading, child, words)
        elif child.tag == "Comment":
            reading.entry.remarks.extend(f"{words}: {text}" for text in [text_of(child)] if text)
        elif child.tag != "IdentityReference":
            reading.entry.keep(child)


def _version(reading: _Reading, node: etree._Element, words: str) -> None:
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


def _located(reading: _Reading, place: Place, words: str) -> list[str]:
    """Take in an address; of any other feature return what its location says."""
    if words != "Location":
        return [place.text]
    reading.entry.address(place.parts, place.country)
    for script, parts in place.others.items():
        reading.entry.address({**parts, "UNKNOWN": script}, place.country)
    return []


def _document(reading: _Reading, node: etree._Element) -> None:
    number = text_of(node.find("IDRegistrationNo"))
    if not number:
        reading.entry.keep(node)
        return
    dates: dict[str, Span] = {}
    remarks = [text_of(node.find("Comment"))]
    for child in node:
        if child.tag == "DocumentDate":
            kind = reading.say("IDRegDocDateType", child.get("IDRegDocDateTypeID"))
            days = child.find("DatePeriod")
            when = None if days is None else period(days)
            if when is None or kind in dates or kind not in _DATES:
                reading.entry.unparsed.append(raw(child))
            else:
                dates[kind] = when
        elif child.tag not in _DOCUMENT_KNOWN:
            reading.entry.keep(child)
    remarks += _beside(reading, node)
    reading.entry.document(
        Fact(
            reading.say("IDRegDocType", node.get("IDRegDocTypeID")), number,
            country=reading.say("Country", node.get("IssuedBy-CountryID")) or None,
            issued=dates.get(_DATES[0]), expires=dates.get(_DATES[1]),
            remark="; ".join(filter(None, remarks)) or None,
        )
    )  # fmt: skip


_DATES: Final = ("Issue Date", "Expiration Date")
_DOCUMENT_KNOWN: Final = (
    "Comment", "IDRegistrationNo", "IssuingAuthority", "DocumentedNameReference",
)  # fmt: skip


def _beside(reading: _Reading, node: etree._Element) -> Iterable[str]:
    """What a document says beside its number, where that says more than the party."""
    holders = (
        reading.documented.get(each.get("DocumentedNameID", ""), "")
        for each in node.iterfind("DocumentedNameReference")
    )
    known = ("", reading.entry.name)
    yield from (f"in the name of {name}" for name in holders if name not in known)
    if place := reading.places.get(node.get("IssuedIn-LocationID", "")):
        yield f"issued in {place.text}"
    if authority := text_of(node.find("IssuingAuthority")):
        yield f"issued by {authority}"
    validity = reading.say("Validity", node.get("ValidityID"))
    if validity.lower() in ("invalid", "fraudulent", "false"):
        yield "said to be invalid"


def _listing(reading: _Reading, node: etree._Element) -> None:
    programmes: list[str] = []
    authorities: list[str] = []
    listed: list[Span] = []
    for child in node:
        if child.tag == "EntryEvent":
            basis = reading.say("LegalBasis", child.get("LegalBasisID"))
            authorities += [basis] if basis not in ("", "Unknown") else []
            listed += filter(None, [_event(reading, child)])
        elif child.tag == "SanctionsMeasure":
            _measure(reading, child, programmes)
        else:
            reading.entry.keep(child)
    # A party listed under several authorities at once has an event of the same day for each.
    days = list(dict.fromkeys(sorted(listed, key=lambda span: span.first)))
    reading.entry.listings.append(
        Listing(
            programmes=tuple(programmes), authorities=tuple(dict.fromkeys(authorities)),
            listed_on=days[0] if days else None, amended_on=tuple(days[1:]),
            list=listing_name(reading.cut, reading.say("List", node.get("ListID"))),
        )
    )  # fmt: skip


def _event(reading: _Reading, node: etree._Element) -> Span | None:
    """The day of an event; its comment is a remark."""
    found = node.find("Date")
    day = None if found is None else point(found)
    reading.entry.remarks.extend(filter(None, [text_of(node.find("Comment"))]))
    if found is not None and day is None:
        reading.entry.unparsed.append(raw(found))
    _keep_others(reading, node, ("Comment", "Date"))
    return day


def _measure(reading: _Reading, node: etree._Element, programmes: list[str]) -> None:
    """A programme, whose tag is the comment, or a kind of sanction."""
    kind = reading.say("SanctionsType", node.get("SanctionsTypeID"))
    comment = text_of(node.find("Comment"))
    if kind == "Program" and comment:
        programmes.append(comment)
    else:
        beside = f" ({comment})" if comment else ""
        reading.entry.details.setdefault("sanctions type", []).append(kind + beside)
    for child in node:
        # A measure without a term has a period that says nothing.
        if child.tag != "Comment" and (child.tag != "DatePeriod" or len(child)):
            reading.entry.keep(child)


_ACTIONS: Final[dict[str, Callable[[_Reading, etree._Element], None]]] = {
    "Location": _location,
    "DistinctParty": _distinct_party,
    "IDRegDocument": _document,
    "SanctionsEntry": _listing,
    "ProfileRelationship": _relation,
    "Alias": _naming,
    "NamePartGroups": _naming,
}
