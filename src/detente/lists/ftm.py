"""Lists as FollowTheMoney entities, one JSON object a line, as the field's other tools give them.

A party is spread over several lines, which may stand anywhere in the file, so the file is read as a
whole: it is one record's part of every entry.
"""

from __future__ import annotations

import re
from typing import Final

from detente.entities.ftm import from_lines
from detente.entities.model import Party
from detente.errors import DataError
from detente.lists.errors import ListError
from detente.lists.records import Cut, Files, Format, Piece, Record

_ENTITY: Final = re.compile(rb'\s*\{(?=[^\n]*"schema"\s*:)(?=[^\n]*"properties"\s*:)')


_SOURCE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _recognises(files: Files) -> bool:
    return len(files) == 1 and _ENTITY.match(next(iter(files.values()))) is not None


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    try:
        parties = list(from_lines(data.splitlines(), file=name))
    except DataError as error:
        problem = error.problems[0]
        raise ListError(name, problem.line, problem.problem, problem.suggestion) from None
    sources = sorted({party.source for party in parties})
    if not parties:
        raise ListError(name, None, "no entity in it is on a list", "give a file of listed parties")
    if len(sources) > 1:
        what = f"it holds several lists: {', '.join(sources)}"
        raise ListError(name, None, what, "give a file for each")
    if not _SOURCE.fullmatch(sources[0]):
        raise ListError(name, None, "it names its list in a way that no list is named", "mend it")
    by_entry: dict[str, Party] = {}
    for party in parties:
        if party.entry in by_entry:
            what = f"two entities are the entry {party.entry}"
            raise ListError(name, None, what, "give each its own")
        by_entry[party.entry] = party
    whole = Piece(name, 0, len(data))
    return Cut(
        files=files, format="ftm-json", source=sources[0], date=None, pieces=[whole],
        records=[Record(entry, (whole,)) for entry in by_entry], context=by_entry,
    )  # fmt: skip


def _read(cut: Cut, record: Record) -> Party:
    party: Party = cut.context[record.entry]
    return party


FTM_JSON: Final = Format(
    id="ftm-json",
    title="FollowTheMoney entities, JSON lines",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
