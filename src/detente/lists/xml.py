"""XML from outside, cut into elements by their byte offsets without building a tree.

No list has a document type of its own, so any is refused: with it go entity bombs and external
entities. Elements are then parsed one at a time; names carry no namespace, for each format has
one only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from lxml import etree

from detente.lists.errors import ListError
from detente.lists.records import Files, Piece, Record

AGAIN: Final = "fetch the file again; what was imported before stays in force"
_ENCODINGS: Final = {"utf-8", "us-ascii", "iso-8859-1", "windows-1252"}
_DEPTH: Final = 64
_MOST: Final = 2_000_000
_SPACE: Final = b" \t\r\n"
_MARK: Final = b"\xef\xbb\xbf"
_START_TAG: Final = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
"""A start tag; at the end of an empty element the parser stands behind it already."""
_HIDDEN: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.S)
"""What looks like elements and is none: comments, raw text and instructions."""


class Element(NamedTuple):
    """Where an element lies.

    Attributes:
        path: local names from below the root, joined by slashes.
        start: offset of its first byte.
        end: offset behind its last byte.
    """

    path: str
    start: int
    end: int


class Outline(NamedTuple):
    """What was found without building a tree.

    Attributes:
        root: local name of the root.
        attributes: the root's attributes, prefixes as written.
        elements: the elements looked for, in document order.
        opening: what to put before an element so that it can be parsed alone.
    """

    root: str
    attributes: dict[str, str]
    elements: list[Element]
    opening: bytes


def outline(name: str, data: bytes, paths: Collection[str]) -> Outline:
    """Find the elements at ``paths``; the document must be whole and well formed.

    Args:
        name: the file's name, for messages.
        data: the document.
        paths: local names from below the root joined by slashes (``INDIVIDUALS/INDIVIDUAL``).

    Raises:
        ListError: it is not XML, is cut off, carries a document type, is nested too deep, holds
            more elements than any list or is in an encoding that none uses.
    """
    wanted = {path: path.count("/") for path in paths}
    deepest = max(wanted.values(), default=0)
    stack: list[str] = []
    starts: list[int] = []
    found: list[Element] = []
    root: list[tuple[str, dict[str, str]]] = []
    declared = ["utf-8"]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def fail(what: str, advice: str = AGAIN) -> ListError:
        return ListError(name, parser.CurrentLineNumber, what, advice)

    def start(tag: str, attributes: dict[str, str]) -> None:
        depth = len(stack)
        if depth > _DEPTH:
            raise fail(f"elements lie more than {_DEPTH} deep")
        if not depth:
            root.append((_local(tag), attributes))
        stack.append(_local(tag) if depth else "")
        if depth - 1 <= deepest:
            starts.append(parser.CurrentByteIndex)

    def end(tag: str) -> None:
        depth = len(stack) - 1
        if 1 <= depth <= deepest + 1:
            path = "/".join(stack[1:])
            if path in wanted:
                if len(found) >= _MOST:
                    raise fail(f"it has more than {_MOST} elements of a list", "check what it is")
                begin, here = starts[depth], parser.CurrentByteIndex
                opened = _START_TAG.match(data, begin)
                empty = opened is not None and opened[0].endswith(b"/>")
                close = opened.end() if opened and empty else data.index(b">", here) + 1
                found.append(Element(path, begin, close))
        stack.pop()
        del starts[depth:]

    def doctype(*_: object) -> None:
        raise fail("a document type is declared, which no list has", "do not trust this file")

    def declaration(version: str, encoding: str | None, standalone: int) -> None:
        declared[0] = (encoding or "utf-8").lower()
        if declared[0] not in _ENCODINGS:
            raise fail(f"the encoding is {encoding}", "save the file as UTF-8")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declaration
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        raise ListError(name, None, "the encoding is UTF-16", "save the file as UTF-8")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        words = expat.errors.messages[error.code]
        raise ListError(name, error.lineno, f"it is not whole XML ({words})", AGAIN) from None
    if data.startswith(_MARK) and declared[0] not in ("utf-8", "us-ascii"):
        what = f"it is marked as UTF-8 and says that it is {declared[0]}"
        raise ListError(name, 1, what, "save the file as UTF-8")
    tag, attributes = root[0]
    return Outline(tag, attributes, found, _opening(declared[0], attributes))


def parse(
    files: Files, piece: Piece, opening: bytes, data: bytes | None = None
) -> etree._Element:  # fmt: skip
    """Parse the element of a piece alone.

    Args:
        files: the files of the edition.
        piece: where the element lies.
        opening: ``Outline.opening`` of the file.
        data: an element made of several pieces, of which ``piece`` is the first.

    Raises:
        ListError: it cannot stand alone, as with a prefix that nobody declared.
    """
    whole = files[piece.file]
    inner = whole[piece.start : piece.end] if data is None else data
    try:
        return etree.fromstring(opening + inner + b"</_>", _parser())[0]
    except etree.XMLSyntaxError as error:
        what = f"an entry is not whole ({' '.join(str(error.msg).split())})"
        raise ListError(piece.file, line_of(whole, piece.start), what, AGAIN) from None


Finder = Callable[[bytes, int, int], "re.Match[bytes] | None"]
"""``match`` or ``search`` of a pattern whose first group is a number."""


def number_in(attribute: str) -> Finder:
    """Return what finds a number of digits in an attribute of an element's own tag."""
    others = rb"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*?"""
    sought = rb"""\s+%s\s*=\s*["'](\d{1,18})["']""" % attribute.encode()
    return re.compile(rb"<[\w:.-]+" + others + sought).match


def numbered(
    name: str, data: bytes, found: Iterable[Element], number: Finder, what: str
) -> dict[str, Element]:
    """Return the elements of the entries by their numbers, in order.

    Args:
        name: the file's name, for messages.
        data: the file.
        found: the elements.
        number: finds an element's number; what only looks like elements is hidden from it.
        what: what the list calls the number.

    Raises:
        ListError: there are none, one has no number, or two have the same.
    """
    entries: dict[str, Element] = {}
    for item in found:
        told = number(data, item.start, item.end)
        if any(data.find(mark, item.start, item.end) >= 0 for mark in (b"<!", b"<?")):
            shown = _HIDDEN.sub(b"", data[item.start : item.end])
            told = number(shown, 0, len(shown))
        key = "" if told is None else told[1].strip().decode("ascii", "replace")
        if not key or key in entries:
            wrong = f"two entries have the {what} {key}" if key else f"an entry has no {what}"
            raise ListError(name, line_of(data, item.start), wrong, AGAIN)
        entries[key] = item
    if not entries:
        raise ListError(name, None, "it has no entries", AGAIN)
    return entries


def records_of(name: str, entries: Mapping[str, Element]) -> list[Record]:
    """Return the records of entries that lie in one element each.

    Args:
        name: the file's name.
        entries: the elements by the entries' numbers.
    """
    return [
        Record(number, (Piece(name, item.start, item.end),)) for number, item in entries.items()
    ]


def line_of(data: bytes, at: int) -> int:
    """Return the line, from 1, on which a byte lies."""
    return data.count(b"\n", 0, at) + 1


def local(node: etree._Element) -> str:
    """Return an element's name without a namespace."""
    return str(node.tag).rpartition("}")[2]


def text_of(node: etree._Element | None) -> str:
    """Return an element's own text with white space made single; empty where there is none."""
    return "" if node is None or node.text is None else " ".join(node.text.split())


def followed(data: bytes, elements: Collection[Element]) -> list[tuple[int, int]]:
    """Return stretches that cover ``data``: what lies between elements, and each element.

    The white space behind an element goes with it, so that equal elements make equal stretches.
    """
    stretches: list[tuple[int, int]] = []
    at = 0
    for item in elements:
        if item.start > at:
            stretches.append((at, item.start))
        end = item.end
        while end < len(data) and data[end] in _SPACE:
            end += 1
        stretches.append((item.start, end))
        at = end
    if at < len(data):
        stretches.append((at, len(data)))
    return stretches


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _opening(encoding: str, attributes: dict[str, str]) -> bytes:
    """The start tag of a stand-in for the root, with its prefixes but no default namespace."""
    prefixes = "".join(
        f" {key}={quoteattr(value)}"
        for key, value in attributes.items()
        if key.startswith("xmlns:")
    )
    text = f'<?xml version="1.0" encoding="{encoding}"?><_{prefixes}>'
    return text.encode(encoding, "xmlcharrefreplace")
