"""A feed that feed readers subscribe to: Atom 1.0 (RFC 4287), the same bytes for the same news."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

import msgspec

from detente.errors import UsageError
from detente.lists.moments import utc

ATOM: Final = "http://www.w3.org/2005/Atom"
"""The namespace."""

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID: Final = re.compile(r"(?:tag:[^\s,]+,\d{4}(?:-\d\d){0,2}:|urn:[A-Za-z0-9-]+:)[!-~]+")
_LINK: Final = re.compile(r"https?://[!-~]+")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of news.

    Attributes:
        id: a ``tag:`` or ``urn:`` URI that stays with this piece of news for good.
        title: in a line.
        updated: the day, or the moment, of which it tells; without a zone it is UTC.
        summary: what there is to say, as plain text.
        categories: words by which readers sort.
        link: the page that says more, where there is one.
    """

    id: str
    title: str
    updated: str
    summary: str
    categories: tuple[str, ...] = ()
    link: str | None = None


def feed(
    title: str, feed_id: str, updated: str, entries: Iterable[Entry], *, author: str = "Detente"
) -> str:
    """Return an Atom feed.

    Args:
        title: of the feed.
        feed_id: a ``tag:`` or ``urn:`` URI that stays with the feed for good.
        updated: the day or moment up to which it tells.
        entries: in the order in which they are to stand.
        author: who made the feed, not who made the news.

    Returns:
        The document, to be written as UTF-8. Letters that XML forbids stand as U+FFFD.

    Raises:
        UsageError: an id is no such URI or stands twice, a day is no day, or a link leads
            elsewhere than to the web.
    """
    root = ET.Element("feed", xmlns=ATOM)
    seen: set[str] = set()
    _common(root, title, feed_id, updated, seen)
    _text(ET.SubElement(root, "author"), "name", author)
    for entry in entries:
        _entry(ET.SubElement(root, "entry"), entry, seen)
    ET.indent(root)
    # With "unicode" the declaration would name the encoding of the machine.
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written.decode() + "\n"


def _entry(node: ET.Element, entry: Entry, seen: set[str]) -> None:
    _common(node, entry.title, entry.id, entry.updated, seen)
    for word in dict.fromkeys(filter(None, entry.categories)):
        ET.SubElement(node, "category", term=_clean(word))
    if entry.link is None:  # what leads nowhere else must hold its content
        _text(node, "content", entry.summary).set("type", "text")
        return
    if _LINK.fullmatch(entry.link) is None:
        raise UsageError(f"{entry.link!r} is no address of the web; write https://...")
    ET.SubElement(node, "link", rel="alternate", href=entry.link)
    _text(node, "summary", entry.summary).set("type", "text")


def _common(node: ET.Element, title: str, id_: str, updated: str, seen: set[str]) -> None:
    """Write what a feed and an entry both must have."""
    if _ID.fullmatch(id_) is None:
        raise UsageError(
            f"{id_!r} is no lasting id; write tag:example.org,2019:word or urn:example:word"
        )
    if id_ in seen:
        raise UsageError(f"the id {id_!r} stands twice; give each piece of news its own")
    seen.add(id_)
    moment = utc(updated)
    if moment is None:
        raise UsageError(f"{updated!r} is no day; write 2019-01-04, or 2019-01-04T17:00:00Z")
    _text(node, "id", id_)
    _text(node, "title", title).set("type", "text")
    _text(node, "updated", moment if len(moment) > 10 else f"{moment}T00:00:00Z")


def _text(node: ET.Element, tag: str, text: str) -> ET.Element:
    child = ET.SubElement(node, tag)
    child.text = _clean(text)
    return child


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
