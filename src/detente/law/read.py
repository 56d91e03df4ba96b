"""Reading YAML that somebody else wrote: strict, bounded, with the line of everything.

YAML 1.2 scalars (``NO`` is Norway, ``on`` a word), no duplicate keys, no aliases, no tags, and a
bound on size and depth. Built from parser events, so that depth is ours to count.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from detente.errors import DataError, Problem

MAX_BYTES: Final = 4 * 1024 * 1024
"""The largest file that is read: ten times the largest of the bundled ones."""
MAX_DEPTH: Final = 40

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(
    r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)"
)
_PLAIN: Final[dict[str, object]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class Document(msgspec.Struct, frozen=True):
    """What a file says, and where it says it.

    Attributes:
        file: path as it is shown to users.
        data: mappings, lists and scalars.
        lines: line of each mapping key and list item, by identity of the container and key.
    """

    file: str
    data: Any
    lines: dict[tuple[int, object], int]

    def line(self, container: object, key: object = None) -> int | None:
        """Return the line of ``key`` in ``container``, or of the container itself."""
        own = self.lines.get((id(container), key))
        return own if own is not None else self.lines.get((id(container), None))


def read(path: Path, shown: str | None = None) -> Document:
    """Read one YAML file.

    Args:
        path: the file.
        shown: the name under which problems are reported; the path itself by default.

    Returns:
        The document with the line of every key.

    Raises:
        DataError: the file cannot be read, is too large, too deep, malformed, or uses an alias,
            a tag, a duplicate key or a second document.
    """
    name = shown or str(path)
    try:
        if path.exists() and not path.is_file():
            advice = "name a regular file"  # a pipe would keep us waiting for ever
            raise _fault(name, None, "is no file", advice)
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise _fault(name, None, f"cannot be read ({why})", "check the path") from None
    if len(raw) > MAX_BYTES:
        advice = "split it; a regime is read from many small files"
        raise _fault(name, None, f"is larger than {MAX_BYTES // 2**20} MB", advice)
    try:
        return parse(raw.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _fault(name, line, "is not UTF-8", "save it as UTF-8") from None


def parse(text: str, name: str) -> Document:
    """Read YAML from ``text``; ``name`` stands for the file in messages. Raises as ``read``."""
    try:
        return _build(text, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem = " ".join(str(error.problem or error.context).split())
        if "nesting depth" in problem:  # the scanner has a bound of its own, and looks ahead
            raise _deep(name, line) from None
        raise _fault(name, line, f"is no YAML: {problem}", "mend the syntax") from None
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())[:160]
        place = getattr(error, "position", None)
        line = text[:place].count("\n") + 1 if isinstance(place, int) else None
        raise _fault(name, line, f"is no YAML: {problem}", "mend the syntax") from None


def _fault(name: str, line: int | None, problem: str, advice: str) -> DataError:
    return DataError([Problem(name, line, None, problem, advice)])


def _deep(name: str, line: int | None) -> DataError:
    return _fault(name, line, f"is nested deeper than {MAX_DEPTH}", "flatten it")


class _Open:
    """A container under construction, with the key that waits for its value."""

    __slots__ = ("key", "node", "waiting")

    def __init__(self, node: dict[str, Any] | list[Any]) -> None:
        self.node = node
        self.key: str | None = None
        self.waiting = False


def _build(text: str, name: str) -> Document:
    lines: dict[tuple[int, object], int] = {}
    stack: list[_Open] = []
    root: list[Any] = []
    documents = 0
    event: Any
    for event in yaml.parse(text, Loader=_LOADER):
        kind = type(event)
        line = event.start_mark.line + 1
        if kind is yaml.ScalarEvent:
            _place(stack, root, _scalar(event, name, line), line, lines, name, scalar=True)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _check_node(event, name, line)
            if len(stack) >= MAX_DEPTH:
                raise _deep(name, line)
            node: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
            _place(stack, root, node, line, lines, name, scalar=False)
            lines[id(node), None] = line
            stack.append(_Open(node))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
        elif kind is yaml.AliasEvent:
            raise _fault(name, line, f"uses the alias *{event.anchor}", "write the value out")
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _fault(name, line, "holds a second document", "keep one document a file")
    return Document(name, root[0] if root else None, lines)


def _check_node(event: Any, name: str, line: int) -> None:
    if event.anchor is not None:
        raise _fault(name, line, f"defines the anchor &{event.anchor}", "write the value out")
    if event.tag not in (None, "!"):
        raise _fault(name, line, f"uses the tag {event.tag}", "remove the tag")


def _scalar(event: Any, name: str, line: int) -> object:
    _check_node(event, name, line)
    text: str = event.value
    if event.style or event.tag is not None:  # quoted, or tagged ``!``: text as it stands
        return text
    if text in _PLAIN:
        return _PLAIN[text]
    if text[0] in "0123456789+-.":
        if _INT.fullmatch(text) and len(text) < 40:
            return int(text) if len(text) < 20 else float(text)
        if _FLOAT.fullmatch(text) and len(text) < 40:
            return float(text)
    return text


def _place(
    stack: list[_Open],
    root: list[Any],
    value: object,
    line: int,
    lines: dict[tuple[int, object], int],
    name: str,
    *,
    scalar: bool,
) -> None:
    """Put ``value`` where the innermost open container expects it."""
    if not stack:
        root.append(value)
        return
    top = stack[-1]
    if isinstance(top.node, list):
        lines[id(top.node), len(top.node)] = line
        top.node.append(value)
    elif top.waiting:
        assert top.key is not None
        top.node[top.key] = value
        top.waiting = False
    else:
        if not scalar or not isinstance(value, str):
            raise _fault(name, line, f"has the key {value!r}", "keys are words; quote it")
        if value in top.node:
            first = lines[id(top.node), value]
            raise _fault(name, line, f"repeats the key {value!r} of line {first}", "keep one")
        lines[id(top.node), value] = line
        top.key, top.waiting = value, True
