"""A whole table screened: any number of rows in bounded memory, by several processes, resumable.

The output is the same bytes whatever the number of workers, the size of the batches and however
often the run was killed and taken up again.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from detente._version import __version__
from detente.errors import UsageError
from detente.screening.bulk import columns as of_columns
from detente.screening.bulk.batches import (
    Answer,
    Batch,
    Factory,
    Settings,
    added,
    batches,
)
from detente.screening.bulk.journal import Journal, Key, Paths
from detente.screening.bulk.records import Broken, Record
from detente.screening.bulk.tables import Format, read
from detente.screening.bulk.workers import screened
from detente.screening.bulk.writer import ROW_COLUMNS, Row, csv_lines, form_of, header, join_parquet

__all__ = ["Answer", "Factory", "Progress", "Row", "Summary", "run"]

Progress = Callable[[int, float | None], None]
"""Is told how many rows are done and which part of the table, from 0 to 1; None where the size of
the table is not known."""

_EVERY: Final = 4
"""Batches after which what is written is made to last."""
_PEEK: Final = 1000
"""Rows in which a column with names must show, where each row has columns of its own."""
_HEAD: Final = 1 << 16


class Summary(msgspec.Struct, frozen=True):
    """What a run did, from its beginning, however often it was taken up again.

    Attributes:
        rows: rows of the table.
        screened: rows that were screened.
        broken: rows that were not, each told in ``errors``.
        hits: lines of hits.
        hit_rows: rows with at least one hit.
        warnings: cells that could not be read, each told in ``cells``; their rows were screened.
        ignored: names of columns that were not understood.
        output: where the hits are.
        errors: where the broken rows are; None where there is none.
        cells: where the warnings are; None where there is none.
        resumed: rows that an earlier run had done.
        ruled_out: parties with such a name that a number for life rules out, and no hits.
        anew: what changed since an earlier run that was stopped and is not gone on with; empty
            where there was none.
    """

    rows: int
    screened: int
    broken: int
    hits: int
    hit_rows: int
    warnings: int
    ignored: tuple[str, ...]
    output: str
    errors: str | None = None
    cells: str | None = None
    resumed: int = 0
    ruled_out: int = 0
    anew: str = ""


def run(
    source: str | Path,
    output: str | Path,
    factory: Factory,
    *,
    workers: int = 1,
    batch: int = 500,
    resume: bool | None = None,
    progress: Progress | None = None,
    mapping: Mapping[str, str] | None = None,
    strict: bool = False,
    format: Format | None = None,  # noqa: A002 - the word that users know
    encoding: str | None = None,
    ids: bool = False,
    configuration: Mapping[str, str] | None = None,
) -> Summary:
    """Screen a table and write the hits, the rows that are broken and the cells that are unread.

    Args:
        source: the table; ``-`` is standard input.
        output: ends in ``.csv``, ``.jsonl`` or ``.parquet``. Broken rows go to ``.errors.csv``
            beside it, cells that could not be read to ``.warnings.csv``.
        factory: makes the answer, once in each process; it must be picklable.
        workers: how many processes; with 1 all is done in this one.
        batch: rows that are screened together.
        resume: go on where an earlier run of the same stopped; by default wherever the table and
            everything else is as it was; False begins anew.
        progress: is told how far the run is.
        mapping: usual names for columns that are called otherwise.
        strict: refuse a table with columns that are not understood.
        format: of the table, where content and ending do not tell.
        encoding: of the table, where it is not UTF-8.
        ids: whether the table's own ids of its rows become a last column.
        configuration: what else the answers depend on, such as the editions of the lists, each by
            what it is called (``{"lists": digest}``), so that it can be told what changed.

    Raises:
        UsageError: an argument makes no sense, the table cannot be read, the output cannot be
            written, an earlier run cannot be taken up, or a worker died twice of one batch.
    """
    if workers < 1 or batch < 1:
        raise UsageError("workers and batch must be at least 1")
    if resume is None and str(source) == "-":
        resume = False  # nothing tells that it is the same table again
    output = Path(output)
    form = form_of(output)
    paths = Paths(output)
    if any(_is_same(source, path) for path in paths.all()):
        raise UsageError(f"{source} is a file that the run would replace; name another output")
    settings = Settings(dict(mapping or {}), form, ids)
    table_options = msgspec.json.encode((batch, settings, strict, format, encoding))
    key = _key(
        source,
        {
            **(configuration or {}),
            "options for the table": hashlib.sha256(table_options).hexdigest(),
            "version": __version__,
        },
    )
    heads = (header(form, ids), csv_lines([ROW_COLUMNS]), csv_lines([ROW_COLUMNS]))
    journal = Journal(paths)
    anew = ""
    try:
        if not _taken_up(journal, key, resume):
            if journal.key is not None and resume is None:
                anew = _changed(journal.key, key)
            journal.begin(key, heads)
        elif not journal.mark.complete:
            journal.resume(heads)
        resumed = journal.mark.counts.rows
        table = _Table(source, settings, strict, format, encoding, key.size)
        if journal.mark.complete:
            table.peek()
        else:
            _write_all(journal, table, factory, batch, workers, progress)
        journal.finish(partial(join_parquet, ids=ids) if form == "parquet" else None)
    finally:
        journal.give_up()
    return msgspec.structs.replace(_summary(journal, table, resumed), anew=anew)


def _write_all(
    journal: Journal,
    table: _Table,
    factory: Factory,
    size: int,
    workers: int,
    progress: Progress | None,
) -> None:
    """Screen what is not yet done, and write it."""
    found = batches(table.rows(), size)
    digest = _passed(journal, found)
    counts, number = journal.mark.counts, journal.mark.batches
    with closing(screened(found, factory, table.settings, workers)) as results:
        for batch, done in results:
            journal.add(done.texts)
            counts, number = added(counts, done.counts), number + 1
            digest = _chained(digest, batch)
            if number % _EVERY == 0:
                journal.commit(number, digest, counts)
            if progress is not None:
                progress(counts.rows, table.fraction())
    journal.commit(number, digest, counts, complete=True)
    if progress is not None:
        progress(counts.rows, 1.0)


def _is_same(source: str | Path, path: Path) -> bool:
    """Whether the table is a file of the run."""
    try:
        return str(source) != "-" and path.exists() and path.samefile(source)
    except (OSError, ValueError):
        return False


# An earlier run


def _key(source: str | Path, configuration: dict[str, str]) -> Key:
    """What the run is of."""
    if str(source) == "-":
        return Key(configuration, None, None, None)
    path = Path(source)
    try:
        with path.open("rb") as stream:
            head = hashlib.sha256(stream.read(_HEAD)).hexdigest()
        found = path.stat()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{source} cannot be read ({why}); check the name") from None
    return Key(configuration, head, found.st_size, found.st_mtime_ns)


def _taken_up(journal: Journal, key: Key, resume: bool | None) -> bool:
    """Return whether the run goes on where an earlier one stopped."""
    if resume is False or journal.key is None:
        return False
    old = journal.key
    same = old == key
    if resume:  # a copy of the table will do: what was done of it is compared
        same = (old.configuration, old.head) == (key.configuration, key.head)
    if same and journal.fits():
        return True
    if resume:
        changed = _changed(old, key)
        what = f"its {changed} changed since" if changed else "its files are not as it left them"
        raise UsageError(
            f"the earlier run of {journal.paths.output} cannot be taken up: {what}; "
            "begin anew without resuming (--anew)"
        )
    return False


def _changed(old: Key, new: Key) -> str:
    """What is not as it was, in words; empty where all is."""
    names = dict.fromkeys((*new.configuration, *old.configuration))
    found = [name for name in names if old.configuration.get(name) != new.configuration.get(name)]
    return " and ".join([*found, *(["table"] if old.head != new.head else [])])


def _passed(journal: Journal, found: Iterator[Batch]) -> str:
    """Pass over the batches that are done, and return the digest of them all."""
    digest = ""
    for batch in itertools.islice(found, journal.mark.batches):
        digest = _chained(digest, batch)
    if digest != journal.mark.table:
        raise UsageError(
            f"the table changed in the {journal.mark.counts.rows} rows that an earlier run of "
            f"{journal.paths.output} has done; begin anew without resuming"
        )
    return digest


def _chained(digest: str, batch: Batch) -> str:
    return hashlib.blake2b(digest.encode() + batch.payload, digest_size=16).hexdigest()


# The table


class _Table:
    """The rows of a table with their columns checked, and how much of it is read."""

    def __init__(
        self,
        source: str | Path,
        settings: Settings,
        strict: bool,
        form: Format | None,
        encoding: str | None,
        size: int | None,
    ) -> None:
        self.settings = settings
        self._source, self._strict, self._form = source, strict, form
        self._encoding, self._size = encoding, size
        self._bytes = 0
        self._known: dict[tuple[str, ...], None] = {}
        self.ignored: dict[str, None] = {}

    def fraction(self) -> float | None:
        """Which part of the table has been read."""
        if self._size is None:
            return None
        return min(1.0, self._bytes / self._size) if self._size else 1.0

    def rows(self) -> Iterator[Record | Broken]:
        """Yield the rows; the columns of the first ones must hold names."""
        found = read(self._source, format=self._form, encoding=self._encoding, told=self._told)
        for item in itertools.chain(self._first(found), found):
            if isinstance(item, Record) and item.header not in self._known:
                self._look(item)
            yield item

    def peek(self) -> None:
        """Look at the columns alone."""
        next(self.rows(), None)

    def _first(self, found: Iterator[Record | Broken]) -> list[Record | Broken]:
        """Take rows until there is a column with names and all that the user mapped."""
        first: list[Record | Broken] = []
        names: dict[str, None] = {}
        for item in itertools.islice(found, _PEEK):
            first.append(item)
            if isinstance(item, Record):
                names.update(dict.fromkeys(item.header))
                with suppress(UsageError):
                    of_columns.queries(tuple(names), self.settings.mapping)
                    break
        if names:
            of_columns.queries(tuple(names), self.settings.mapping, self._strict)
        return first

    def _told(self, count: int) -> None:
        self._bytes = count

    def _look(self, item: Record) -> None:
        """Note the columns that are ignored, of rows with columns not met before."""
        if len(self._known) > 1000:
            self._known.clear()
        self._known[item.header] = None
        columns = of_columns.lenient(item.header, self.settings.mapping)
        if self._strict and columns.ignored:
            raise UsageError(f"row {item.row}: column {columns.ignored[0]!r} is not known")
        if len(self.ignored) < 1000:
            self.ignored.update(dict.fromkeys(columns.ignored))


def _summary(journal: Journal, table: _Table, resumed: int) -> Summary:
    counts, paths = journal.mark.counts, journal.paths
    return Summary(
        rows=counts.rows,
        screened=counts.screened,
        broken=counts.broken,
        hits=counts.hits,
        hit_rows=counts.hit_rows,
        warnings=counts.warnings,
        ignored=tuple(table.ignored),
        output=str(paths.output),
        errors=str(paths.errors) if counts.broken else None,
        cells=str(paths.warnings) if counts.warnings else None,
        resumed=resumed,
        ruled_out=counts.ruled_out,
    )
