"""Decisions on hits: cleared or confirmed, by whom, when and why, in a file that shows any change.

A decision is about a query and a listed entry, each as it was: it stands until either changes.
Once the entry changes, the decision is stale and the hit comes back, marked; once the query's data
change, it is another query, and the hit is new.

The file has one JSON line for each decision, and each line holds the digest of the one before.
Like the ledger of evidence, whose way of writing it shares, it is only ever replaced as a whole
together with a small file ``<file>.head`` that notes how many lines there are and the digest of the
last; ``<file>.lock`` keeps writers apart.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import msgspec

from detente.entities.keys import number_key
from detente.entities.model import Identifier, Party, Value
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
from detente.screening.model import Query

Verdict = Literal["cleared", "confirmed", "withdrawn"]
"""The two are not the same party; they are; an earlier decision no longer counts."""

START: Final = "0" * 64
"""What stands in ``prev`` of the first line, and the head of an empty file."""

RESTORE: Final = "set this file aside and restore the decisions and their .head file from a copy"
_FIX: Final = "free space, correct the permissions or name another file; nothing was added"
_UNREADABLE: Final = (ValueError, TypeError, OverflowError, RecursionError)


class TamperedError(LedgerError):
    """A file of decisions that is not as it was written."""


class Decision(Value, frozen=True, forbid_unknown_fields=True):
    """What somebody decided on one hit.

    Attributes:
        query: who was screened, as ``query_digest`` says it.
        entry: the listed party's id, ``ofac-sdn:12211``.
        entry_digest: what the list said of it, as ``entry_digest`` says it.
        verdict: ``cleared`` or ``confirmed``; ``withdrawn`` takes an earlier decision back.
        by: who decided.
        why: the reasons, in words.
        when: the day of the decision; the caller's, never today's.
        name: the name that was screened, for people; it decides nothing.
    """

    query: str
    entry: str
    entry_digest: str
    verdict: Verdict
    by: str
    why: str
    when: date
    name: str = ""


class Stale(Value, frozen=True):
    """A decision that no longer stands, since the entry has changed.

    Attributes:
        decision: what was decided on the entry as it was.
    """

    decision: Decision


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the file.

    Attributes:
        n: its place, counted from 0.
        decision: what was decided.
        prev: the digest of the line before; 64 zeros in the first.
        hash: SHA-256, in hexadecimal, of the canonical JSON of all the other fields.
    """

    n: int
    decision: Decision
    prev: str
    hash: str = ""


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of the head file."""

    entries: int
    hash: str


class Kept(NamedTuple):
    """A file of decisions, verified.

    Attributes:
        decisions: all of them, in the order in which they were recorded.
        head: the digest of the last line; 64 zeros where there is none. Note it elsewhere.
    """

    decisions: tuple[Decision, ...] = ()
    head: str = START


class _Read(NamedTuple):
    """What one pass found; ``ahead``: the head file is a line behind, as a kill leaves it."""

    entries: list[Entry]
    ahead: bool


_ENCODER: Final = msgspec.json.Encoder(order="sorted")
_ENTRY: Final = msgspec.json.Decoder(Entry)
_HEAD: Final = msgspec.json.Decoder(_Head)
_DECISION: Final = msgspec.json.Decoder(Decision)


def record(path: Path, decision: Decision) -> Entry:
    """Add a decision to a file and return its line, once it is safely on disk.

    Waits for other writers. Creates the file and its folders where there are none.

    Args:
        path: the file.
        decision: what was decided.

    Raises:
        LedgerError: the file is broken, the decision says too little, or the system refused to
            write. The file is then as it was, except where the message says otherwise.
    """
    path = target(path)
    decision = _checked(path, decision)
    with told(path, _FIX):
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            try:
                sweep(path)
                entries, ahead = _read(path)
                last = entries[-1] if entries else None
                if last is not None and ahead:
                    renew(path, _canonical(_Head(entries=last.n + 1, hash=last.hash)))
                entry = Entry(n=len(entries), decision=decision, prev=last.hash if last else START)
                entry = msgspec.structs.replace(entry, hash=_digest(entry))
                head = _Head(entries=entry.n + 1, hash=entry.hash)
                write(path, _canonical(entry), _canonical(head), entry.n)
            finally:
                sweep(path)
    return entry


def read(path: Path, head: str | None = None) -> tuple[Decision, ...]:
    """Return all decisions in the order in which they were recorded, verified; see ``kept``."""
    return kept(path, head).decisions


def kept(path: Path, head: str | None = None) -> Kept:
    """Return all decisions and the digest of the last line, verified.

    Args:
        path: the file; one that does not exist yet is empty.
        head: the digest of some line (``Entry.hash``) noted elsewhere, which must still be there.

    Raises:
        TamperedError: at the first thing that was changed, with its line.
        LedgerError: the file cannot be read.
    """
    entries, _ = _read(target(path))
    if head not in (None, START, *(entry.hash for entry in entries)):
        text = f"no line has the noted digest {head!r}: lines were cut off or rewritten"
        raise TamperedError(path, None, text, RESTORE)
    last = entries[-1].hash if entries else START
    return Kept(tuple(entry.decision for entry in entries), last)


def latest(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """Return the last decision on each pair of query and entry, for many questions."""
    return {(decision.query, decision.entry): decision for decision in decisions}


def standing(
    decisions: Iterable[Decision] | Mapping[tuple[str, str], Decision],
    query: str,
    entry: str,
    digest: str,
) -> Decision | Stale | None:
    """Return the decision that stands on a hit.

    Args:
        decisions: as ``read`` returns them, or what ``latest`` makes of them.
        query: the ``query_digest`` of who is screened.
        entry: the id of the listed party.
        digest: its ``entry_digest`` as it is listed now.

    Returns:
        The last decision on the two; stale, if the entry was another then; None, if there is none
        or it was withdrawn.
    """
    found = decisions if isinstance(decisions, Mapping) else latest(decisions)
    decision = found.get((query, entry))
    if decision is None or decision.verdict == "withdrawn":
        return None
    return decision if decision.entry_digest == digest else Stale(decision=decision)


# What a decision is about


def query_digest(query: Query) -> str:
    """Return a digest of all that a query says, in whatever order it says it.

    Capitals, white space and the way in which accents are encoded make no difference in words, nor
    punctuation in numbers, nor which of the names is the first. Family and given name count only
    where they say what no name does: a table may have them in columns of their own.
    """
    names = {_word(name) for name in (query.name, *query.aliases)}
    parts = _word(query.family or ""), _word(query.given or "")
    if any(_words(" ".join(parts)) <= _words(name) for name in names):
        parts = "", ""
    content = (
        "detente.query/1",
        sorted(names),
        *parts,
        query.kind,
        sorted({(span.first, span.last, span.circa) for span in query.births}),
        sorted({code.lower() for code in query.countries}),
        sorted({_word(place) for place in query.places}),
        query.gender,
        sorted({_number(item) for item in query.identifiers}),
    )
    return hashlib.sha256(_ENCODER.encode(content)).hexdigest()


def entry_digest(party: Party) -> str:
    """Return a digest of all that a list says of a party, in whatever order it says it."""
    content = ("detente.entry/1", _unordered(msgspec.to_builtins(party)))
    return hashlib.sha256(_ENCODER.encode(content)).hexdigest()


def _word(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _words(text: str) -> set[str]:
    """The words of a text, without the punctuation around them."""
    return set("".join(char if char.isalnum() else " " for char in text).split())


def _number(item: Identifier) -> tuple[str, str, str]:
    key = number_key(item.value)
    return item.kind, key if len(key) > 1 else _word(item.value), _word(item.country or "")


def _unordered(value: Any) -> Any:
    """The same value with every list sorted by what its items say."""
    if isinstance(value, dict):
        return {key: _unordered(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return sorted((_unordered(item) for item in value), key=_ENCODER.encode)
    return value


# The file


def _checked(path: Path, decision: Decision) -> Decision:
    """Return a decision as it will be read again, or raise why it cannot be recorded."""
    try:
        for name in ("query", "entry", "entry_digest", "by", "why"):
            if not getattr(decision, name).strip():
                raise ValueError(f"it does not say {name!r}")
        decision = _DECISION.decode(_ENCODER.encode(decision))
        if len(_ENCODER.encode(decision)) > MAX_LINE // 2:
            raise ValueError("it is too long")
    except _UNREADABLE as error:
        text = f"the decision on {decision.entry!r} cannot be recorded: {error}"
        raise LedgerError(path, None, text, "correct it and record it again") from None
    return decision


def _read(path: Path) -> _Read:
    """Read and verify the whole file."""
    entries: list[Entry] = []
    with told(path, "make it readable, or name another file"):
        file, anchor = snapshot(path)
        with file:
            for line, raw in lines(file):
                entry = _parsed(path, line, raw)
                if entry.n != line - 1:
                    text = f"entry {entry.n} stands where entry {line - 1} belongs"
                    raise TamperedError(path, line, text, RESTORE)
                if entry.prev != (entries[-1].hash if entries else START):
                    text = "the chain breaks here: this line or the one before was changed"
                    raise TamperedError(path, line, text, RESTORE)
                entries.append(entry)
    return _Read(entries, _is_ahead(path, anchor, entries))


def _parsed(path: Path, line: int, raw: bytes) -> Entry:
    """Return what a line says, if it is as it was written."""
    if len(raw) > MAX_LINE:
        problem = f"the line is longer than {MAX_LINE} bytes"
    elif not raw.endswith(b"\n"):
        problem = "the line is cut off: it has no end"
    else:
        try:
            entry = _ENTRY.decode(raw)
        except _UNREADABLE as error:
            problem = f"the line is no decision: {error}"
        else:
            if entry.hash != _digest(entry):
                problem = "the decision was changed after it was recorded: its digest does not fit"
            elif _canonical(entry) != raw:
                problem = "the line is not in canonical form: perhaps white space was changed"
            else:
                return entry
    raise TamperedError(path, line, problem, RESTORE)


def _is_ahead(path: Path, anchor: bytes, entries: list[Entry]) -> bool:
    """Hold the head file against the lines; return whether it is one line behind."""
    if not anchor:
        # Killed between its two writes, the first record of all leaves no head file.
        if len(entries) > 1:
            text = (
                f"the head file is missing, so nothing shows whether {len(entries)} lines are all"
            )
            raise TamperedError(beside(path, ".head"), None, text, RESTORE)
        return len(entries) == 1
    try:
        head = _HEAD.decode(anchor)
        if _canonical(head) != anchor or head.entries < 1:
            raise ValueError("not in canonical form")
    except _UNREADABLE as error:
        text = f"the head file cannot be read: {error}"
        raise TamperedError(beside(path, ".head"), 1, text, RESTORE) from None
    count = len(entries)
    if not count - 1 <= head.entries <= count:
        text = f"the file has {count} lines where its head file counts {head.entries}"
        raise TamperedError(path, None, text, RESTORE)
    if entries[head.entries - 1].hash != head.hash:
        text = "the digest in the head file is not this line's: one of them was changed"
        raise TamperedError(path, head.entries, text, RESTORE)
    return head.entries < count


def _digest(entry: Entry) -> str:
    """Return the SHA-256 of a line without its ``hash``."""
    body = {"n": entry.n, "decision": entry.decision, "prev": entry.prev}
    return hashlib.sha256(_ENCODER.encode(body)).hexdigest()


def _canonical(value: Entry | _Head) -> bytes:
    """Return the one line that may stand for ``value``."""
    return _ENCODER.encode(value) + b"\n"
