"""Some rows screened at once: what a worker process takes and what it gives back.

Both are bytes. A batch as bytes is what travels to another process, and what a journal remembers of
the table by its digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from detente.errors import DetenteError
from detente.screening.bulk.asks import Asked, asked
from detente.screening.bulk.columns import Columns, lenient
from detente.screening.bulk.records import Broken, Record
from detente.screening.bulk.writer import Form, Hit, Row, broken_lines, hit_lines
from detente.screening.model import Query

Answer = Callable[[Sequence[Query]], list[list[Row]]]
"""Screens queries: for each, in order, its hits."""
Factory = Callable[[], Answer]
"""Makes an answer; picklable, and called once in each worker process."""


class Settings(msgspec.Struct, frozen=True):
    """What a worker must know beside the batch.

    Attributes:
        mapping: the user's names for columns.
        form: of the output.
        ids: whether the rows' own ids are written.
    """

    mapping: dict[str, str]
    form: Form
    ids: bool = False


class Counts(msgspec.Struct, frozen=True):
    """How many rows there were, and of what kind.

    Attributes:
        rows: all of them.
        screened: those that were screened.
        broken: those that were not.
        hits: lines of hits.
        hit_rows: rows with at least one hit.
        warnings: cells that could not be read.
        ruled_out: parties that a number for life rules out.
    """

    rows: int = 0
    screened: int = 0
    broken: int = 0
    hits: int = 0
    hit_rows: int = 0
    warnings: int = 0
    ruled_out: int = 0


def added(one: Counts, two: Counts) -> Counts:
    """Return the sum of two counts."""
    pairs = zip(msgspec.structs.astuple(one), msgspec.structs.astuple(two), strict=True)
    return Counts(*(first + second for first, second in pairs))


class Done(msgspec.Struct, frozen=True, array_like=True):
    """A batch that was screened.

    Attributes:
        texts: lines of hits, of broken rows and of warnings.
        counts: of this batch.
    """

    texts: tuple[bytes, bytes, bytes]
    counts: Counts


class Batch(NamedTuple):
    """Rows to be screened together.

    Attributes:
        number: its place, from 0.
        first: number of its first row.
        last: number of its last row.
        payload: the rows as bytes.
    """

    number: int
    first: int
    last: int
    payload: bytes


class _Rows(msgspec.Struct, frozen=True, array_like=True):
    """The content of a payload; an item without header is a broken row and says why."""

    headers: list[tuple[str, ...]]
    items: list[tuple[int, int, int, list[str]]]


_BROKEN: Final = -1
_LONGEST: Final = 1 << 23
"""Characters of a batch, about."""
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Rows)


def batches(records: Iterator[Record | Broken], size: int) -> Iterator[Batch]:
    """Yield rows in batches of ``size``, or fewer where they are very long."""
    number = letters = 0
    headers: list[tuple[str, ...]] = []
    numbers: dict[tuple[str, ...], int] = {}
    items: list[tuple[int, int, int, list[str]]] = []
    for record in records:
        if isinstance(record, Broken):
            items.append((record.row, record.line, _BROKEN, [record.why]))
        else:
            place = numbers.get(record.header)
            if place is None:
                place = numbers[record.header] = len(headers)
                headers.append(record.header)
            items.append((record.row, record.line, place, record.cells))
            letters += sum(map(len, record.cells))
        if len(items) == size or letters > _LONGEST:
            yield _batch(number, headers, items)
            number, letters = number + 1, 0
            headers, numbers, items = [], {}, []
    if items:
        yield _batch(number, headers, items)


def _batch(
    number: int, headers: list[tuple[str, ...]], items: list[tuple[int, int, int, list[str]]]
) -> Batch:
    payload = _ENCODER.encode(_Rows(headers, items))
    return Batch(number, items[0][0], items[-1][0], payload)


def screen(answer: Answer, settings: Settings, payload: bytes) -> Done:
    """Screen a batch.

    A row on which the answer fails is broken like one that cannot be read; only where it fails on
    every one of several rows is the failure passed on, since it then is no row's.

    Args:
        answer: screens queries.
        settings: what else there is to know.
        payload: the batch.
    """
    rows = _DECODER.decode(payload)
    columns = [_columns(header, tuple(settings.mapping.items())) for header in rows.headers]
    broken: list[Broken] = []
    warned: list[Broken] = []
    todo: list[tuple[int, int, Asked]] = []
    for row, line, place, cells in rows.items:
        found = cells[0] if place == _BROKEN else asked(columns[place], cells)
        if isinstance(found, str):
            broken.append(Broken(row, line, found))
            continue
        todo.append((row, line, found))
        if found.warnings:
            warned.extend(Broken(row, line, why) for why in found.warnings)
    hits: list[Hit] = []
    hit_rows = failed = ruled_out = 0
    for (row, line, item), result in zip(todo, _answers(answer, todo), strict=True):
        if isinstance(result, str):
            broken.append(Broken(row, line, result))
            failed += 1
            continue
        kept = [Hit(row, item.query.name, item.id, hit) for hit in result if not hit.ruled_out]
        hits += kept
        hit_rows += bool(kept)
        ruled_out += len(result) - len(kept)
    if failed:
        broken.sort(key=lambda item: item.row)
    return Done(
        (hit_lines(hits, settings.form, settings.ids), broken_lines(broken), broken_lines(warned)),
        Counts(
            rows=len(rows.items),
            screened=len(todo) - failed,
            broken=len(broken),
            hits=len(hits),
            hit_rows=hit_rows,
            warnings=len(warned),
            ruled_out=ruled_out,
        ),
    )


def _answers(answer: Answer, todo: Sequence[tuple[int, int, Asked]]) -> Sequence[list[Row] | str]:
    """The hits of each row, or why a row could not be screened."""
    asks = [item.query for _, _, item in todo]
    if not asks:
        return []
    try:
        found = answer(asks)
    except DetenteError:
        raise
    except Exception:  # noqa: BLE001 - whatever one row does to the matcher, the next is screened
        return _one_by_one(answer, asks)
    if len(found) != len(asks):
        raise RuntimeError(f"{len(asks)} queries were given {len(found)} answers")
    return found


def _one_by_one(answer: Answer, asks: Sequence[Query]) -> list[list[Row] | str]:
    """Screen each row alone, so that the one that fails is found."""
    found: list[list[Row] | str] = []
    failure: Exception | None = None
    for query in asks:
        try:
            [hits] = answer([query])
            found.append(hits)
        except DetenteError:
            raise
        except Exception as error:  # noqa: BLE001
            words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            found.append(f"the row could not be screened ({words})")
            failure = error
    if failure is not None and len(found) > 1 and all(isinstance(item, str) for item in found):
        raise failure
    return found


@lru_cache(maxsize=1024)
def _columns(header: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> Columns:
    return lenient(header, dict(mapping))
