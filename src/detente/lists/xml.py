"""XML from outside, cut into elements by their byte offsets without building a tree.

No list has a document type of its own, so any is refused: with it go entity bombs and external
entities. Elements are then parsed one at a time; names carry no namespace, for each format has
one only.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from lxml import etree

from detente.lists.errors import ListError

AGAIN: Final = "fetch the file again; what was imported before stays in force"
_ENCODINGS: Final = {"utf-8", "us-ascii", "iso-8859-1", "windows-1252"}
_DEPTH: Final = 64
_SPACE: Final = b" \t\r\n"
_START_TAG: Final = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
"""A start tag; at the end of an empty element the parser stands behind it already."""


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
        ListError: it is not XML, is cut off, carries a document type, is nested too deep or in
            an encoding that no list uses.
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
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ListError(name, None, "the encoding is UTF-16", "save the file as UTF-8")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        words = expat.errors.messages[error.code]
        raise ListError(name, error.lineno, f"it is not whole XML ({words})", AGAIN) from None
    tag, attributes = root[0]
    return Outline(tag, attributes, found, _opening(declared[0], attributes))


def element(opening: bytes, data: bytes) -> etree._Element:
    """Parse one element alone.

    Args:
        opening: ``Outline.opening`` of its document.
        data: the element's bytes.
    """
    return etree.fromstring(opening + data + b"</_>", _parser())[0]


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
    return f'<?xml version="1.0" encoding="{encoding}"?><_{prefixes}>'.encode()
