"""Editions go in once, in any order, whole or not at all, and come out byte for byte."""

import itertools
import os
import random
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import made
import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import sdn, un

from detente.errors import DetenteError, UsageError
from detente.store.content import restored
from detente.store.export import lines
from detente.store.read import edition_at, editions, parties_at, party_at, spells
from detente.store.schema import opened
from detente.store.take import Import, take_files
from detente.store.verify import faults, reread
from detente.store.write import forget


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with opened(tmp_path / "a.store", write=True) as connection:
        yield connection


def bring(
    connection: sqlite3.Connection, files: dict[str, bytes], day: str | None = None
) -> Import:
    return take_files(connection, files, date=day)


def edition(names: dict[str, str]) -> dict[str, bytes]:
    """An edition of a list whose entries have these names."""
    return made.ofac(made.sdn_row(number, name) for number, name in names.items())


def test_the_same_edition_twice_changes_nothing(store: sqlite3.Connection) -> None:
    """The second import says that it was known, and the export stays the same."""
    first = bring(store, edition({"1": "A CO", "2": "B CO"}), "2019-01-04")
    before = list(lines(store))
    second = bring(store, edition({"1": "A CO", "2": "B CO"}), "2019-01-04")
    assert (first.known, second.known) == (False, True)
    assert second.entries == 2
    assert list(lines(store)) == before


def test_an_older_edition_is_put_in_its_place(store: sqlite3.Connection) -> None:
    """An entry renamed in between has three spells, whatever came last."""
    bring(store, edition({"1": "OLD"}), "2015-01-17")
    bring(store, edition({"1": "OLD"}), "2019-01-04")
    bring(store, edition({"1": "NEW"}), "2018-01-26")
    life = spells(store, "ofac-sdn", "1")
    assert [(s.first, s.until, s.party.name) for s in life] == [
        ("2015-01-17", "2018-01-26", "OLD"),
        ("2018-01-26", "2019-01-04", "NEW"),
        ("2019-01-04", None, "OLD"),
    ]


def test_as_of_a_day_holds_the_newest_edition_by_then(store: sqlite3.Connection) -> None:
    """Before the oldest edition nothing is known; on its day it holds."""
    bring(store, edition({"1": "A CO", "2": "B CO"}), "2018-01-26")
    bring(store, edition({"2": "B CO", "3": "C CO"}), "2019-01-04T17:00")
    names = {
        day: [party.name for party in parties_at(store, "ofac-sdn", day)]
        for day in ("2018-01-25", "2018-01-26", "2019-01-03", "2019-01-04")
    }
    assert names == {
        "2018-01-25": [],
        "2018-01-26": ["A CO", "B CO"],
        "2019-01-03": ["A CO", "B CO"],
        "2019-01-04": ["B CO", "C CO"],
    }
    assert edition_at(store, "ofac-sdn", "2018-01-25") is None
    assert party_at(store, "ofac-sdn", "1", "2019-01-04T12:00") is not None
    assert party_at(store, "ofac-sdn", "1", "2019-01-04") is None


def test_another_content_of_the_same_day_is_refused(store: sqlite3.Connection) -> None:
    """The message says how to tell the two apart; the store keeps what it had."""
    bring(store, edition({"1": "A CO"}), "2019-01-04")
    before = list(lines(store))
    with pytest.raises(UsageError, match="--date 2019-01-04T18:00"):
        bring(store, edition({"1": "B CO"}), "2019-01-04")
    assert list(lines(store)) == before


def test_an_edition_cut_in_half_is_refused_until_forced(store: sqlite3.Connection) -> None:
    """A list never loses more than half its entries at once; a broken file does."""
    bring(store, edition({str(n): f"CO {n}" for n in range(9)}), "2018-01-26")
    with pytest.raises(UsageError, match="cut off"):
        bring(store, edition({"1": "CO 1"}), "2019-01-04")
    assert len(editions(store)) == 1
    take_files(store, edition({"1": "CO 1"}), date="2019-01-04", force=True)
    assert len(editions(store)) == 2


def test_a_bad_row_leaves_nothing_behind(store: sqlite3.Connection) -> None:
    """The row is read last; what was kept of the edition before it is undone."""
    bring(store, edition({"1": "A CO"}), "2018-01-26")
    before = list(lines(store))
    broken = edition({"1": "A CO", "2": "B CO"})
    broken["sdn.csv"] = broken["sdn.csv"].replace(b'"B CO",', b'"B CO","one too many",')
    with pytest.raises(DetenteError, match="13 columns, not 12"):
        bring(store, broken, "2019-01-04")
    assert list(lines(store)) == before
    assert store.execute("SELECT count(*) FROM version").fetchone() == (1,)


def test_the_files_come_out_as_they_went_in(store: sqlite3.Connection) -> None:
    """Every byte of every file, of an edition that shares most of them with another."""
    many = {str(n): f"CO {n}" for n in range(500)}
    first, second = edition(many), edition(many | {"77": "RENAMED", "600": "NEW"})
    bring(store, first, "2018-01-26")
    bring(store, second, "2019-01-04")
    kept = [restored(store, item.id) for item in editions(store)]
    assert kept == [first, second]


names = st.sampled_from(["A", "B", "C"])
histories = st.lists(
    st.dictionaries(st.sampled_from("12345"), names, min_size=1), min_size=1, max_size=5
)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_imports_leaves_no_trace(
    history: list[dict[str, str]], luck: random.Random
) -> None:
    """Any order gives the spells that a plain walk over the editions gives."""
    days = [f"2019-01-{n + 1:02}" for n in range(len(history))]
    order = list(range(len(history)))
    luck.shuffle(order)
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder) / "a.store", write=True) as store,
    ):
        for n in order:
            take_files(store, edition(history[n]), date=days[n], force=True)
        found = {
            entry: [(s.first, s.until, s.party.name) for s in spells(store, "ofac-sdn", entry)]
            for entry in "12345"
        }
    assert found == {entry: _walked(entry, history, days) for entry in "12345"}


def _walked(
    entry: str, history: list[dict[str, str]], days: list[str]
) -> list[tuple[str, str | None, str]]:
    """The spells of an entry, edition after edition."""
    spans: list[tuple[str, str | None, str]] = []
    for name, group in itertools.groupby(range(len(days)), lambda n: history[n].get(entry)):
        held = list(group)
        after = held[-1] + 1
        if name is not None:
            spans.append((days[held[0]], days[after] if after < len(days) else None, name))
    return spans


TABLES = ("edition", "span", "version", "reading", "key")


@given(histories, st.data())
def test_an_edition_taken_out_again_leaves_no_trace(
    history: list[dict[str, str]], data: st.DataObject
) -> None:
    """The store is as if it had never been imported, whichever edition it was."""
    days = [f"2019-01-{n + 1:02}" for n in range(len(history))]
    out = data.draw(st.integers(0, len(history) - 1))
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder) / "a.store", write=True) as store,
        opened(Path(folder) / "b.store", write=True) as other,
    ):
        for n, names in enumerate(history):
            take_files(store, edition(names), date=days[n], force=True)
            if n != out:
                take_files(other, edition(names), date=days[n], force=True)
        assert forget(store, "ofac-sdn", days[out])
        assert not forget(store, "ofac-sdn", days[out])
        assert list(lines(store)) == list(lines(other))
        assert list(faults(store)) == []
        counts = [
            [c.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES]
            for c in (store, other)
        ]
        assert counts[0] == counts[1]


def _says(path: Path) -> list[str] | None:
    """The lines of a store that holds together; None where it says that it does not."""
    try:
        with opened(path) as store:
            return None if list(faults(store)) else list(lines(store))
    except DetenteError:
        return None


def test_a_damaged_store_never_passes_for_a_whole_one(tmp_path: Path) -> None:
    """Wherever bytes are changed, it is found, or nothing that is said depends on them."""
    path = tmp_path / "a.store"
    with opened(path, write=True) as store:
        bring(store, edition({str(n): f"SHIPPING {n} COMPANY" for n in range(400)}), "2019-01-04")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = _says(path)
    assert whole is not None
    data = path.read_bytes()
    luck = random.Random(5)
    found = []
    for number in range(60):
        spoiled = bytearray(data)
        for _ in range(5):
            spoiled[luck.randrange(4096, len(data))] ^= 1 << luck.randrange(8)
        other = tmp_path / f"{number}.store"
        other.write_bytes(spoiled)
        found.append(_says(other))
    assert all(said in (None, whole) for said in found)
    assert found.count(None) > 30


def test_a_better_reader_reaches_what_is_held(store: sqlite3.Connection) -> None:
    """An edition read by an older reader differs from its files, and is read again."""
    bring(store, edition({"1": "A CO", "2": "B CO"}), "2019-01-04")
    before = list(lines(store))
    store.execute("UPDATE version SET kind = 'vessel', tags = 'IRAN'")
    assert [(f.source, f.moment) for f in faults(store)] == [("ofac-sdn", "2019-01-04")]
    reread(store, "ofac-sdn", "2019-01-04")
    assert list(faults(store)) == []
    assert list(lines(store)) == before


SIX = ("2015-01-17", "2018-01-26", "2019-01-04", "2021-07-07", "2023-12-28", "2024-07-02")


@pytest.mark.real
def test_six_real_editions_in_any_order_make_the_same_store(tmp_path: Path) -> None:
    """As published, backwards and shuffled: the logical exports are the same bytes."""
    shuffled = (SIX[3], SIX[5], SIX[0], SIX[4], SIX[1], SIX[2])
    exports = []
    for number, order in enumerate((SIX, SIX[::-1], shuffled)):
        with opened(tmp_path / f"{number}.store", write=True) as store:
            for day in order:
                bring(store, sdn(day), day)
            exports.append(list(lines(store)))
    assert exports[0] == exports[1]
    assert exports[0] == exports[2]


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def _killed_import(path: Path, files: dict[str, bytes], day: str, steps: int) -> bool:
    """Import in a process that is killed after so many thousand steps; whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            with opened(path, write=True) as store:
                left = [steps]

                def tick() -> int:
                    left[0] -= 1
                    if left[0] <= 0:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return 0

                store.set_progress_handler(tick, 1000)
                take_files(store, files, date=day, force=True)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@needs_fork
def test_fifty_kills_inside_the_database_leave_no_trace(tmp_path: Path) -> None:
    """After each kill the store opens, and at the end it is as if nothing had happened."""
    luck = random.Random(4)
    many = {str(n): f"SHIPPING {n} COMPANY" for n in range(1500)}
    history = [many, {k: v for k, v in many.items() if int(k) % 7} | {"9001": "NEW"}]
    with opened(tmp_path / "calm.store", write=True) as store:
        for files, day in zip(map(edition, history), ("2018-01-26", "2019-01-04"), strict=True):
            take_files(store, files, date=day, force=True)
        calm = list(lines(store))
    path = tmp_path / "killed.store"
    with opened(path, write=True) as store:
        take_files(store, edition(history[1]), date="2019-01-04", force=True)
        held = list(lines(store))
    killed = 0
    for _ in range(50):  # the older edition goes in before the one that is held
        killed += _killed_import(path, edition(history[0]), "2018-01-26", luck.randrange(1, 120))
        with opened(path) as store:
            found = list(lines(store))
        assert found in (held, calm)
        if found == calm:
            with opened(path, write=True) as store:
                assert forget(store, "ofac-sdn", "2018-01-26")
    assert killed > 40
    with opened(path, write=True) as store:
        take_files(store, edition(history[0]), date="2018-01-26", force=True)
        assert list(lines(store)) == calm


@needs_fork
@pytest.mark.real
def test_fifty_kills_at_any_moment_of_a_real_import_leave_no_trace(tmp_path: Path) -> None:
    """The kill comes from outside, at moments spread over the whole import."""
    files = un("2018-10-29")
    with opened(tmp_path / "calm.store", write=True) as store:
        begun = time.monotonic()
        bring(store, files)
        took = time.monotonic() - begun
        calm = list(lines(store))
    path = tmp_path / "killed.store"
    killed = 0
    for kill in range(50):
        child = os.fork()
        if child == 0:
            try:
                with opened(path, write=True) as store:
                    bring(store, files)
            finally:
                os._exit(0)
        time.sleep(took * (kill + 1) / 50)
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        if kill % 10 == 9:  # begin again, so that late kills find an empty store too
            for left in tmp_path.glob("killed.store*"):
                left.unlink()
    with opened(path, write=True) as store:
        bring(store, files)
        assert list(lines(store)) == calm
    assert killed > 10
