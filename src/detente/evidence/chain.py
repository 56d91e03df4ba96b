"""A file of JSON lines in which any later change shows: what decisions and the access log share.

Each line holds the digest of the one before, is the only way to write what it says, and is only
ever added by replacing the file as a whole together with a small file ``<file>.head`` that notes
how many lines there are and the digest of the last; ``<file>.lock`` keeps writers apart. The
ledger of evidence is written in the same way and checks more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

import msgspec

from detente.evidence.durable import (
    MAX_LINE,
    LedgerError,
    beside,
    lines,
    locked,
    renew,
    snapshot,
    sweep,
    target,
    told,
    write,
)

START: Final = "0" * 64
"""What stands in ``prev`` of the first line, and the head of an empty file."""

UNREADABLE: Final = (ValueError, TypeError, OverflowError, RecursionError)
"""What decoding or encoding raises for what cannot be a line."""

_FIX: Final = "free space, correct the permissions or name another file; nothing was added"


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every line holds; a kind of chain adds a field of its own.

    Attributes:
        n: its place, counted from 0.
        prev: the digest of the line before; 64 zeros in the first.
        hash: SHA-256, in hexadecimal, of the canonical JSON of all the other fields.
    """

    n: int
    prev: str
    hash: str = ""


L = TypeVar("L", bound=Line)


class Kind(NamedTuple, Generic[L]):
    """A kind of chain.

    Attributes:
        line: the type of its lines.
        what: what a line holds, in a word.
        tampered: the error for what is not as it was written.
        restore: what to do then.
    """

    line: type[L]
    what: str
    tampered: type[LedgerError]
    restore: str


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of the head file."""

    entries: int
    hash: str


_ENCODER: Final = msgspec.json.Encoder(order="sorted")
_HEAD: Final = msgspec.json.Decoder(_Head)


def append(kind: Kind[L], path: Path, make: Callable[[int, str], L]) -> L:
    """Add a line to a file and return it, once it is safely on disk.

    Waits for other writers. Creates the file and its folders where there are none.

    Args:
        kind: the kind of chain.
        path: the file.
        make: the line, without its digest, from its place and the digest of the one before.

    Raises:
        LedgerError: the file is broken, or the system refused to write. The file is then as it
            was, except where the message says otherwise.
    """
    path = target(path)
    with told(path, _FIX):
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            try:
                sweep(path)
                entries, ahead = _read(kind, path)
                last = entries[-1] if entries else None
                if last is not None and ahead:
                    renew(path, _canonical(_Head(entries=last.n + 1, hash=last.hash)))
                line = make(len(entries), last.hash if last else START)
                line = msgspec.structs.replace(line, hash=_digest(line))
                head = _Head(entries=line.n + 1, hash=line.hash)
                write(path, _canonical(line), _canonical(head), line.n)
            finally:
                sweep(path)
    return line


def read(kind: Kind[L], path: Path) -> tuple[L, ...]:
    """Return all lines, verified.

    Raises:
        LedgerError: at the first thing that was changed, with its line, or where the file cannot be
            read.
    """
    return tuple(_read(kind, target(path))[0])


def _read(kind: Kind[L], path: Path) -> tuple[list[L], bool]:
    """Read and verify the whole file; also whether its head file is a line behind."""
    entries: list[L] = []
    with told(path, "make it readable, or name another file"):
        file, anchor = snapshot(path)
        with file:
            for number, raw in lines(file):
                line = _parsed(kind, path, number, raw)
                if line.n != number - 1:
                    text = f"entry {line.n} stands where entry {number - 1} belongs"
                    raise kind.tampered(path, number, text, kind.restore)
                if line.prev != (entries[-1].hash if entries else START):
                    text = "the chain breaks here: this line or the one before was changed"
                    raise kind.tampered(path, number, text, kind.restore)
                entries.append(line)
    return entries, _is_ahead(kind, path, anchor, entries)


def _parsed(kind: Kind[L], path: Path, number: int, raw: bytes) -> L:
    """Return what a line says, if it is as it was written."""
    if len(raw) > MAX_LINE:
        problem = f"the line is longer than {MAX_LINE} bytes"
    elif not raw.endswith(b"\n"):
        problem = "the line is cut off: it has no end"
    else:
        try:
            line = msgspec.json.decode(raw, type=kind.line)
        except UNREADABLE as error:
            problem = f"the line is no {kind.what}: {error}"
        else:
            if line.hash != _digest(line):
                problem = (
                    f"the {kind.what} was changed after it was recorded: its digest does not fit"
                )
            elif _canonical(line) != raw:
                problem = "the line is not in canonical form: perhaps white space was changed"
            else:
                return line
    raise kind.tampered(path, number, problem, kind.restore)


def _is_ahead(kind: Kind[L], path: Path, anchor: bytes, entries: list[L]) -> bool:
    """Hold the head file against the lines; return whether it is one line behind."""
    if not anchor:
        # Killed between its two writes, the first record of all leaves no head file.
        if len(entries) > 1:
            text = (
                f"the head file is missing, so nothing shows whether {len(entries)} lines are all"
            )
            raise kind.tampered(beside(path, ".head"), None, text, kind.restore)
        return len(entries) == 1
    try:
        head = _HEAD.decode(anchor)
        if _canonical(head) != anchor or head.entries < 1:
            raise ValueError("not in canonical form")
    except UNREADABLE as error:
        text = f"the head file cannot be read: {error}"
        raise kind.tampered(beside(path, ".head"), 1, text, kind.restore) from None
    count = len(entries)
    if not count - 1 <= head.entries <= count:
        text = f"the file has {count} lines where its head file counts {head.entries}"
        raise kind.tampered(path, None, text, kind.restore)
    if entries[head.entries - 1].hash != head.hash:
        text = "the digest in the head file is not this line's: one of them was changed"
        raise kind.tampered(path, head.entries, text, kind.restore)
    return head.entries < count


def _digest(line: Line) -> str:
    """Return the SHA-256 of a line without its ``hash``."""
    body = msgspec.structs.asdict(line)
    del body["hash"]
    return hashlib.sha256(_ENCODER.encode(body)).hexdigest()


def _canonical(value: Line | _Head) -> bytes:
    """Return the one line that may stand for ``value``."""
    return _ENCODER.encode(value) + b"\n"
