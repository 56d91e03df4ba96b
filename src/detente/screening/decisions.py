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
from detente.evidence import chain
from detente.evidence.chain import START, UNREADABLE
from detente.evidence.durable import MAX_LINE, LedgerError, target
from detente.screening.model import Query

Verdict = Literal["cleared", "confirmed", "withdrawn"]
"""The two are not the same party; they are; an earlier decision no longer counts."""

RESTORE: Final = "set this file aside and restore the decisions and their .head file from a copy"


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


class Entry(chain.Line, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the file.

    Attributes:
        decision: what was decided.
    """

    decision: Decision


class Kept(NamedTuple):
    """A file of decisions, verified.

    Attributes:
        decisions: all of them, in the order in which they were recorded.
        head: the digest of the last line; 64 zeros where there is none. Note it elsewhere.
    """

    decisions: tuple[Decision, ...] = ()
    head: str = START


_ENCODER: Final = msgspec.json.Encoder(order="sorted")
_DECISION: Final = msgspec.json.Decoder(Decision)
_KIND: Final = chain.Kind(Entry, "decision", TamperedError, RESTORE)


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
    decision = _checked(target(path), decision)
    return chain.append(_KIND, path, lambda n, prev: Entry(n=n, decision=decision, prev=prev))


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
    path = target(path)
    entries = chain.read(_KIND, path)
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
    except UNREADABLE as error:
        text = f"the decision on {decision.entry!r} cannot be recorded: {error}"
        raise LedgerError(path, None, text, "correct it and record it again") from None
    return decision
