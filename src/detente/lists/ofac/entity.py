"""An entry of OFAC's enhanced XML, element by element."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from lxml import etree

from detente.entities.model import Link, Name, NameKind, Party
from detente.entities.scripts import script_of
from detente.entities.spans import Span, parse_span
from detente.lists.ofac.entry import Entry, Fact, raw, undirected
from detente.lists.ofac.words import ALIASES
from detente.lists.records import Cut, Record
from detente.lists.xml import parse, text_of


def read_entity(cut: Cut, record: Record) -> Party:
    """Read an entry.

    Args:
        cut: the edition, whose context is ``Outline.opening``.
        record: the entry's element.

    Raises:
        ListError: the element cannot be read or the type of the entry is not known.
    """
    entry = Entry()
    for child in parse(cut.files, record.parts[0], cut.context):
        action = _ACTIONS.get(str(child.tag))
        if action is None:
            entry.keep(child)
        else:
            action(entry, child)
    return entry.party(cut, record.entry)


def _lists(entry: Entry, node: etree._Element) -> None:
    for child in node:
        day = child.get("datePublished", "")
        listed = parse_span(day)
        if day and listed is None:
            entry.unparsed.append(raw(child))
        entry.lists.append((text_of(child), listed))


def _programmes(entry: Entry, node: etree._Element) -> None:
    entry.programmes.extend(filter(None, map(text_of, node)))


def _authorities(entry: Entry, node: etree._Element) -> None:
    entry.authorities.extend(filter(None, map(text_of, node)))


def _fields(
    entry: Entry, node: etree._Element, known: frozenset[str], nested: Iterable[str] = ()
) -> tuple[dict[str, str], dict[str, etree._Element]]:
    """The texts of an element's children, and those of its children that have children.

    What is neither among ``known`` nor among ``nested`` is kept word for word.
    """
    said: dict[str, str] = {}
    below: dict[str, etree._Element] = {}
    for child in node:
        tag = str(child.tag)
        if tag in nested and tag not in below:
            below[tag] = child
        elif tag in known and tag not in said and not len(child):
            said[tag] = text_of(child)
        else:
            entry.keep(child)
    return said, below


def _general(entry: Entry, node: etree._Element) -> None:
    said, _ = _fields(entry, node, _GENERAL)
    entry.kind = said.get("entityType", "")
    entry.title(said.get("title", ""))
    if remarks := said.get("remarks"):
        entry.remarks.append(remarks)


_GENERAL: Final = frozenset(("identityId", "entityType", "title", "remarks"))


def _types(entry: Entry, node: etree._Element) -> None:
    entry.details["sanctions type"] = [text_of(child) for child in node]


def _names(entry: Entry, node: etree._Element) -> None:
    for name in node:
        said, below = _fields(entry, name, _NAME, ("translations",))
        for translation in below.get("translations", ()):
            _name(entry, translation, said)


_NAME: Final = frozenset(("isPrimary", "aliasType", "isLowQuality"))


def _name(entry: Entry, node: etree._Element, name: dict[str, str]) -> None:
    said, below = _fields(entry, node, _TRANSLATION, ("nameParts",))
    text = undirected(said.get("formattedFullName", ""))
    if not text:
        entry.keep(node)
        return
    script, alias = script_of(text), name.get("aliasType", "")
    kind: NameKind = ALIASES.get(alias.lower(), "alias")
    if name.get("isPrimary") == "true" and said.get("isPrimary") == "true":
        kind = "primary"
    elif name.get("isPrimary") == "true" and script != "Latn":
        kind = "original-script"
    family, given = _halves(said, below.get("nameParts"), script)
    entry.names.append(
        Name(
            text=text, kind=kind, script=script, weak=name.get("isLowQuality") == "true",
            family=family, given=given,
            remark=alias if alias and alias.lower() not in ALIASES else None,
        )
    )  # fmt: skip


_TRANSLATION: Final = frozenset(
    ("isPrimary", "script", "formattedFirstName", "formattedLastName", "formattedFullName")
)


def _halves(
    said: dict[str, str], parts: etree._Element | None, script: str
) -> tuple[str | None, str | None]:
    """The family name and the rest. In other scripts the "last name" is the whole name."""
    if script == "Latn":
        family, given = said.get("formattedLastName"), said.get("formattedFirstName")
    else:
        pairs = [] if parts is None else [
            (text_of(part.find("type")), text_of(part.find("value"))) for part in parts
        ]  # fmt: skip
        family = " ".join(value for kind, value in pairs if kind == "Last Name")
        given = " ".join(value for kind, value in pairs if kind != "Last Name")
    return (family, given) if family and given else (None, None)


def _addresses(entry: Entry, node: etree._Element) -> None:
    for address in node:
        said, below = _fields(entry, address, _COUNTRY, ("translations",))
        translations = below.get("translations")
        if translations is None or not len(translations):
            entry.address({}, said.get("country", ""))
            continue
        for translation in translations:
            _, parts = _fields(entry, translation, _TRANSLATION, ("addressParts",))
            texts = {
                text_of(part.find("type")): text_of(part.find("value"))
                for part in parts.get("addressParts", ())
            }
            entry.address(texts, said.get("country", ""))


_COUNTRY: Final = frozenset(("country",))


def _features(entry: Entry, node: etree._Element) -> None:
    for feature in node:
        said, below = _fields(entry, feature, _FEATURE, ("valueDate",))
        words, value = said.get("type", ""), said.get("value", "")
        if not words or not value:
            entry.keep(feature)
            continue
        # What is confirmed needs no remark; the other grades are doubts.
        grade = said.get("reliability", "")
        remark = f"reliability: {grade}" if grade not in ("", "Confirmed") else None
        when = _span(below["valueDate"]) if "valueDate" in below else None
        entry.fact(Fact(words, value, when=when, remark=remark))


_FEATURE: Final = frozenset(
    ("type", "versionId", "value", "valueRefId", "isPrimary", "reliability")
)  # fmt: skip


def _span(node: etree._Element) -> Span | None:
    """The days from the earliest beginning to the latest end."""
    first = parse_span(text_of(node.find("fromDateBegin")))
    last = parse_span(text_of(node.find("toDateEnd")))
    if first is None or last is None or last.last < first.first:
        return None
    return Span(first.first, last.last, text_of(node.find("isApproximate")) == "true")


def _documents(entry: Entry, node: etree._Element) -> None:
    for document in node:
        said, below = _fields(entry, document, _DOCUMENT, _DOCUMENT_PARTS)
        if not said.get("documentNumber"):
            entry.keep(document)
            continue
        spans = {key: _span(below[key]) for key in _DOCUMENT_PARTS[:2] if key in below}
        entry.unparsed.extend(raw(below[key]) for key, span in spans.items() if span is None)
        entry.document(
            Fact(
                said.get("type", ""), said["documentNumber"],
                country=said.get("issuingCountry") or None,
                issued=spans.get("issueDate"), expires=spans.get("expirationDate"),
                remark="; ".join(_beside(entry, said, below.get("idFeatures", ()))) or None,
            )
        )  # fmt: skip


_DOCUMENT: Final = frozenset(
    ("type", "name", "documentNumber", "isValid", "issuingCountry", "issuingLocation",
     "issuingAuthority", "comments")
)  # fmt: skip
_DOCUMENT_PARTS: Final = ("issueDate", "expirationDate", "idFeatures")


def _beside(
    entry: Entry, said: dict[str, str], features: Iterable[etree._Element]
) -> Iterable[str]:
    """What a document says beside its number, where that says more than the entry."""
    holder, place = undirected(said.get("name", "")), said.get("issuingLocation", "")
    if holder not in ("", entry.name):
        yield f"in the name of {holder}"
    if place and place != said.get("issuingCountry"):
        yield f"issued in {place}"
    if authority := said.get("issuingAuthority"):
        yield f"issued by {authority}"
    if said.get("isValid") == "false":
        yield "said to be invalid"
    if comments := said.get("comments"):
        yield comments
    yield from filter(None, map(text_of, features))


def _relationships(entry: Entry, node: etree._Element) -> None:
    for relationship in node:
        said, _ = _fields(entry, relationship, _RELATIONSHIP)
        other = relationship.find("relatedEntity")
        if other is None or not said.get("type"):
            entry.keep(relationship)
            continue
        link = Link(
            relation=said["type"].lower(), name=undirected(text_of(other)),
            entry=other.get("entityId"),
        )  # fmt: skip
        entry.links.append(link)
        if quality := said.get("quality"):
            entry.remarks.append(f"{said['type']} {link.name}: quality: {quality}")


_RELATIONSHIP: Final = frozenset(("type", "relatedEntity", "quality"))

_ACTIONS: Final[dict[str, Callable[[Entry, etree._Element], None]]] = {
    "generalInfo": _general,
    "sanctionsLists": _lists,
    "sanctionsPrograms": _programmes,
    "legalAuthorities": _authorities,
    "sanctionsTypes": _types,
    "names": _names,
    "addresses": _addresses,
    "features": _features,
    "identityDocuments": _documents,
    "relationships": _relationships,
}
