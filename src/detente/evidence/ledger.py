"""The append-only ledger: what was found, in the order in which it was recorded.

A ledger is a file of JSON lines, one entry a line. Each entry holds the digest of the one before,
so a change anywhere shows at its line or the next; every line is the only way to write what it
says, so white space counts too. A small file beside it, ``<ledger>.head``, notes how many entries
there are and the digest of the last one, so that lines cut off the end are missed. Whoever notes
that digest somewhere else (``Verified.head``) can prove later that nothing before it was rewritten.

Both files are only ever replaced as a whole, the ledger first. A process killed at any instant
leaves the old content or the new, and at worst a head file that is one entry behind: the ledger
still verifies, says so, and the next ``append`` renews the head file.

The file ``<ledger>.lock`` keeps writers apart. It stays, is empty and means nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Set
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec

from detente.evidence.chain import START, UNREADABLE
from detente.evidence.durable import (
    MAX_LINE,
    RESTORE,
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
from detente.evidence.model import Finding
from detente.law.dates import span

MAX_PROBLEMS: Final = 1000

_FIX: Final = "free space, correct the permissions or name another file; nothing was added"


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the ledger.

    Attributes:
        n: its place, counted from 0.
        regime: the regime that the finding is about.
        finding: what was found.
        prev: the digest of the entry before; 64 zeros in the first.
        hash: SHA-256, in hexadecimal, of the canonical JSON of all the other fields.
    """

    n: int
    regime: str
    finding: Finding
    prev: str
    hash: str


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a ledger that verifies holds.

    Attributes:
        entries: how many entries.
        head: the digest of the last one (64 zeros if there is none); note it elsewhere.
        ahead: the ledger is one entry ahead of its head file, as a process killed while adding
            leaves it; only the chain, not the head file, vouches for that last entry.
        since: how many entries came after the head that was noted elsewhere, if one was given.
    """

    entries: int
    head: str
    ahead: bool = False
    since: int | None = None


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry's digest covers."""

    n: int
    regime: str
    finding: Finding
    prev: str


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of the head file."""

    entries: Annotated[int, msgspec.Meta(ge=1)]
    hash: str


class _Place(NamedTuple):
    """The number and digest that a line states; the digest is empty if it cannot be read."""

    n: int
    hash: str


class _Report(NamedTuple):
    """What one pass over a ledger found; ``anchored`` entries are vouched for by the head file."""

    places: list[_Place]
    ids: set[tuple[str, str]]
    anchored: int
    faults: list[LedgerError]


_ENCODER: Final = msgspec.json.Encoder(order="sorted")
_ENTRY: Final = msgspec.json.Decoder(Entry)
_HEAD: Final = msgspec.json.Decoder(_Head)
_FINDING: Final = msgspec.json.Decoder(Finding)


def read(path: Path, regime: str | None = None) -> tuple[Entry, ...]:
    """Return the entries of a ledger in order, verified while they are read.

    Args:
        path: the ledger; one that does not exist yet is empty.
        regime: only the entries of this regime; all are verified all the same.

    Raises:
        LedgerError: at the first thing that is wrong, with its line.
    """
    entries: list[Entry] = []
    report = _examine(path, None, limit=1, take=entries.append)
    if report.faults:
        raise report.faults[0]
    return tuple(entry for entry in entries if regime in (None, entry.regime))


def findings(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """Return the findings of ``entries``, in their order."""
    return tuple(entry.finding for entry in entries)


def problems(
    path: Path, head: str | None = None, known_ids: Set[str] | None = None
) -> list[LedgerError]:
    """Return everything that is wrong with a ledger; nothing, if it verifies.

    Args:
        path: the ledger.
        head: a head (``Verified.head``) noted elsewhere at some time, which must still be there.
        known_ids: the ids of findings outside the ledger that an entry may correct. Without it,
            an entry may correct an id that the ledger does not hold: ``append`` has checked it.

    Returns:
        The problems in the order of the file, at most ``MAX_PROBLEMS`` and a last one that says so.
    """
    report = _examine(path, known_ids)
    return report.faults + _noted_fault(path, report, head)


def verify(path: Path, head: str | None = None, known_ids: Set[str] | None = None) -> Verified:
    """Check every line of a ledger, the chain through them, the ids and the head file.

    Args:
        path: the ledger.
        head: as in ``problems``.
        known_ids: as in ``problems``.

    Returns:
        How many entries there are, the head to note, whether the head file is one entry behind,
        and how many entries came since the head noted elsewhere.

    Raises:
        LedgerError: the first of the ``problems``; it tells how many more there are.
    """
    report = _examine(path, known_ids)
    faults = report.faults + _noted_fault(path, report, head)
    if faults:
        first, more = faults[0], len(faults) - 1
        count = f" (and {more} more problem{'s' * (more > 1)})" if more else ""
        raise LedgerError(first.file, first.line, first.problem + count, first.remedy)
    entries = len(report.places)
    return Verified(
        entries=entries,
        head=_last(report).hash,
        ahead=report.anchored < entries,
        since=None if head is None else entries - _position(report, head),
    )


def append(path: Path, regime: str, finding: Finding, known_ids: Set[str] = frozenset()) -> Entry:
    """Add a finding to a ledger and return its entry, once it is safely on disk.

    Waits for other writers. Creates the ledger and its folders where there are none.

    Args:
        path: the ledger.
        regime: the regime that the finding is about.
        finding: what was found; its ``recorded`` date is the caller's, never today's.
        known_ids: the ids of that regime's findings outside the ledger: the finding may correct
            them and may not use them again.

    Raises:
        LedgerError: the ledger is broken, the finding cannot be added, or the system refused to
            write. The ledger is then as it was, except where the message says otherwise.
    """
    path = target(path)
    with told(path, _FIX):
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            try:
                sweep(path)
                report = _examine(path, None, limit=1)
                if report.faults:
                    raise report.faults[0]
                entry = _next(path, report, regime, finding, known_ids)
                if report.anchored < entry.n:
                    renew(
                        path, _canonical(_Head(entries=len(report.places), hash=_last(report).hash))
                    )
                write(
                    path,
                    _canonical(entry),
                    _canonical(_Head(entries=entry.n + 1, hash=entry.hash)),
                    entry.n,
                )
            finally:
                sweep(path)
    return entry


# One pass over the file


def _examine(
    path: Path,
    known_ids: Set[str] | None,
    limit: int = MAX_PROBLEMS,
    take: Callable[[Entry], None] = lambda entry: None,
) -> _Report:
    """Check a ledger line by line until ``limit`` faults; hand every readable entry to ``take``."""
    path = target(path)
    report = _Report([], set(), 0, [])
    try:
        with told(path, "make it readable, or name another file"):
            file, anchor = snapshot(path)
            with file:
                for line, raw in lines(file):
                    entry = _check_line(path, line, raw, report, known_ids)
                    if entry is not None:
                        take(entry)
                    if len(report.faults) >= limit:
                        text = f"the check stopped here after {len(report.faults)} problems"
                        report.faults.append(LedgerError(path, line, text, RESTORE))
                        return report
    except LedgerError as error:
        report.faults.append(error)
        return report
    return _check_head(path, anchor, report)


def _check_line(
    path: Path, line: int, raw: bytes, report: _Report, known_ids: Set[str] | None
) -> Entry | None:
    """Check one line against all before it, note it in the report and return what it says."""
    entry = _parse(path, line, raw)
    before = _last(report)
    if isinstance(entry, LedgerError):
        report.faults.append(entry)
        report.places.append(_Place(before.n + 1, ""))
        return None
    texts: list[str] = []
    if entry.n != before.n + 1:
        texts.append(f"entry {entry.n} stands where entry {before.n + 1} belongs")
    elif before.hash and entry.prev != before.hash:
        texts.append("the chain breaks here: this line or the one before was changed")
    if entry.hash != _digest(entry):
        texts.append("the entry was changed after it was recorded: its digest does not fit")
    key = (entry.regime, entry.finding.id)
    if key in report.ids:
        texts.append(f"finding {key[1]!r} of {key[0]!r} is there already")
    corrected = entry.finding.corrects
    if corrected is not None and not _names(report, entry.regime, corrected, known_ids):
        texts.append(f"finding {key[1]!r} corrects {corrected!r}, which is not known before it")
    report.faults.extend(LedgerError(path, line, text, RESTORE) for text in texts)
    report.places.append(_Place(entry.n, entry.hash))
    report.ids.add(key)
    return entry


def _parse(path: Path, line: int, raw: bytes) -> Entry | LedgerError:
    """Return the entry that a line holds, or what is wrong with the line taken by itself."""
    problem = None
    if len(raw) > MAX_LINE:
        problem = f"the line is longer than {MAX_LINE} bytes"
    elif not raw.endswith(b"\n"):
        problem = "the line is cut off: it has no end"
    else:
        try:
            entry = _ENTRY.decode(raw)
            if _canonical(entry) == raw:
                return entry
            problem = "the line is not in canonical form: perhaps white space was changed"
        except UNREADABLE as error:
            problem = f"the line is no ledger entry: {error}"
    return LedgerError(path, line, problem, RESTORE)


def _check_head(path: Path, anchor: bytes, report: _Report) -> _Report:
    """Compare the head file with the entries that were read."""
    entries = len(report.places)
    head_path = beside(path, ".head")
    if not anchor:
        # Killed between its two writes, the first append of all leaves no head file.
        if entries > 1:
            text = f"the head file is missing, so nothing shows whether {entries} entries are all"
            report.faults.append(LedgerError(head_path, None, text, RESTORE))
        return report
    try:
        head = _HEAD.decode(anchor)
        if _canonical(head) != anchor:
            raise ValueError("not in canonical form")
    except UNREADABLE as error:
        text = f"the head file cannot be read: {error}"
        report.faults.append(LedgerError(head_path, 1, text, RESTORE))
        return report
    if not entries - 1 <= head.entries <= entries:
        text = f"the ledger has {entries} entries where its head file counts {head.entries}"
        report.faults.append(LedgerError(path, None, text, RESTORE))
    elif report.places[head.entries - 1].hash not in (head.hash, ""):
        text = "the digest in the head file is not this entry's: one of them was changed"
        report.faults.append(LedgerError(path, head.entries, text, RESTORE))
    return report._replace(anchored=head.entries)


def _noted_fault(path: Path, report: _Report, head: str | None) -> list[LedgerError]:
    """Return a problem if the head noted elsewhere is not that of any entry."""
    if head is None or _position(report, head) >= 0:
        return []
    text = f"no entry has the noted digest {head!r}: entries were cut off or rewritten"
    return [LedgerError(path, None, text, RESTORE)]


def _position(report: _Report, head: str) -> int:
    """Return how many entries there were when ``head`` was noted, or -1 for never."""
    if head == START:
        return 0
    places = enumerate(report.places, start=1)
    return next((count for count, place in places if head and place.hash == head), -1)


def _last(report: _Report) -> _Place:
    """Return what the next entry follows."""
    return report.places[-1] if report.places else _Place(-1, START)


def _names(report: _Report, regime: str, finding: str, known_ids: Set[str] | None) -> bool:
    """Return whether an earlier entry, or one outside the ledger, is the finding's."""
    return known_ids is None or finding in known_ids or (regime, finding) in report.ids


# The entry to add


def _next(path: Path, report: _Report, regime: str, finding: Finding, known_ids: Set[str]) -> Entry:
    """Return the entry that puts ``finding`` at the end, or raise why it cannot be added."""
    corrected = finding.corrects
    if (regime, finding.id) in report.ids or finding.id in known_ids:
        text, remedy = "is there already", "give it another id; to replace the first, correct it"
    elif corrected is not None and not _names(report, regime, corrected, known_ids):
        text = f"corrects {corrected!r}, which is not known"
        remedy = "name a finding of the same regime that is recorded already"
    else:
        try:
            for when in (finding.happened, finding.recorded):
                span(when)
            # Decoded again, so that the line is the canonical form of what it will be read as.
            finding = _FINDING.decode(_ENCODER.encode(finding))
            last = _last(report)
            body = _Body(n=last.n + 1, regime=regime, finding=finding, prev=last.hash)
            entry = Entry(**msgspec.structs.asdict(body), hash=_digest(body))
            parsed = _parse(path, entry.n + 1, _canonical(entry))
            if isinstance(parsed, Entry):
                return entry
            text = f"cannot be recorded: {parsed.problem}"
        except UNREADABLE as error:
            text = f"cannot be recorded: {error}"
        remedy = "correct the finding and append it again"
    raise LedgerError(path, None, f"finding {finding.id!r} {text}", remedy)


def _digest(entry: Entry | _Body) -> str:
    """Return the SHA-256 of an entry without its ``hash``."""
    body = _Body(n=entry.n, regime=entry.regime, finding=entry.finding, prev=entry.prev)
    return hashlib.sha256(_ENCODER.encode(body)).hexdigest()


def _canonical(value: Entry | _Head) -> bytes:
    """Return the one line that may stand for ``value``."""
    return _ENCODER.encode(value) + b"\n"
