"""Whole tables screened: in order, by any number of workers, with every broken row told."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_tables import (
    dying,
    failing,
    hits_of,
    one_hit,
    outputs,
    plain,
    ruling_out,
    silent,
    slow,
    write_table,
)

from detente.entities.spans import parse_span
from detente.errors import UsageError
from detente.screening.bulk.batches import Settings, batches, screen
from detente.screening.bulk.records import Broken, Record
from detente.screening.bulk.run import Row, Summary, run
from detente.screening.bulk.writer import COLUMNS, csv_lines
from detente.screening.model import Query

HERE = str(Path(__file__).parent)


def some_broken(row: int) -> str | None:
    """Break a few rows, each in its own way."""
    broken = {7: "7,too few", 40: '40,"open,,1962,DE', 99: "99,a,b,1962,DE,more", 123: "123,,,,"}
    return {**broken, 150: "150,Anna,,32.13.2001,DE"}.get(row)


def dicts(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_hits_come_in_the_order_of_the_table(tmp_path: Path) -> None:
    """With exactly the columns that are promised, and nothing lost."""
    table = write_table(tmp_path / "in.csv", 30)
    summary = run(table, tmp_path / "hits.csv", plain, batch=7)
    rows = list(csv.reader((tmp_path / "hits.csv").read_text(encoding="utf-8").splitlines()))
    promised = "row,query,score,entry,name,source,programmes,authority,measures,since,why"
    assert ",".join(rows[0]) == ",".join(COLUMNS) == promised
    expected = []
    for row in range(1, 31):
        birth = parse_span(f"19{row % 90 + 10}-01-02")
        assert birth is not None
        query = Query(
            name=f"Anna {row} Müller", aliases=(f"A. {row}", "Ann"), births=(birth,),
            countries=("de",),
        )  # fmt: skip
        expected += [[str(row), query.name, hit.entry, hit.why] for hit in hits_of(query)]
    assert [[row[0], row[1], row[3], row[10]] for row in rows[1:]] == expected
    assert summary.hits == len(expected)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hits.csv", "in.csv"]


def test_the_summary_counts_everything(tmp_path: Path) -> None:
    """Rows, screened, broken, hits, rows with hits, warnings, columns that were ignored."""
    table = write_table(tmp_path / "in.csv", 200, some_broken)
    text = table.read_text(encoding="utf-8").replace("country\n", "land\n", 1)
    table.write_text(text, encoding="utf-8")
    summary = run(table, tmp_path / "hits.csv", plain)
    hits = dicts(tmp_path / "hits.csv")
    assert summary == Summary(
        rows=200,
        screened=196,
        broken=4,
        hits=len(hits),
        hit_rows=len({hit["row"] for hit in hits}),
        warnings=1,
        ignored=("land",),
        output=str(tmp_path / "hits.csv"),
        errors=str(tmp_path / "hits.errors.csv"),
        cells=str(tmp_path / "hits.warnings.csv"),
    )
    errors = list(csv.reader((tmp_path / "hits.errors.csv").read_text("utf-8").splitlines()))
    assert errors == [
        ["row", "line", "why"],
        ["7", "8", "2 cells where the header has 5"],
        ["40", "41", "a quote is opened and not closed"],
        ["99", "100", "6 cells where the header has 5"],
        ["123", "124", "the row has no name"],
    ]
    warnings = (tmp_path / "hits.warnings.csv").read_text(encoding="utf-8")
    assert warnings == "row,line,why\n150,151,date of birth: '32.13.2001' cannot be read\n"


def test_files_of_broken_rows_are_there_only_where_rows_broke(tmp_path: Path) -> None:
    """One of an older run would tell of rows that are not broken any more."""
    run(write_table(tmp_path / "in.csv", 200, some_broken), tmp_path / "hits.csv", silent)
    assert (tmp_path / "hits.errors.csv").exists()
    run(write_table(tmp_path / "in.csv", 200), tmp_path / "hits.csv", silent)
    assert list(outputs(tmp_path)) == ["hits.csv"]


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("batch", [1, 17, 500])
def test_workers_and_batches_do_not_change_a_byte(tmp_path: Path, workers: int, batch: int) -> None:
    """The same files whoever does the work."""
    table = write_table(tmp_path / "in.csv", 200, some_broken)
    run(table, tmp_path / "hits.csv", plain)
    expected = outputs(tmp_path)
    run(table, tmp_path / "hits.csv", plain, workers=workers, batch=batch)
    assert outputs(tmp_path) == expected


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
RECORDS = st.lists(st.one_of(st.tuples(CELLS, CELLS, CELLS), CELLS), max_size=40)


@given(RECORDS, st.integers(1, 50))
def test_any_cut_into_batches_gives_the_same_lines(
    rows: list[tuple[str, str, str] | str], size: int
) -> None:
    """Whatever the cells hold."""
    header = ("name", "alias", "dob")
    found = [
        Broken(number, number + 1, row)
        if isinstance(row, str)
        else Record(number, number + 1, header, list(row))
        for number, row in enumerate(rows, 1)
    ]
    texts = []
    for cut in (size, 1000):
        done = [
            screen(plain(), Settings({}, "csv"), batch.payload)
            for batch in batches(iter(found), cut)
        ]
        texts.append([b"".join(item.texts[index] for item in done) for index in range(3)])
    assert texts[0] == texts[1]


def test_json_lines_and_parquet_say_the_same_as_csv(tmp_path: Path) -> None:
    """Row by row; Parquet with types."""
    parquet = pytest.importorskip("pyarrow.parquet")
    table = write_table(tmp_path / "in.csv", 100)
    for name in ("hits.csv", "hits.jsonl", "hits.parquet"):
        run(table, tmp_path / name, plain, ids=True, batch=9)
    lines = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text("utf-8").splitlines()]
    assert parquet.read_table(tmp_path / "hits.parquet").to_pylist() == lines
    rows = dicts(tmp_path / "hits.csv")
    assert rows == [{key: str(value) for key, value in line.items()} for line in lines]
    assert [row["id"] for row in rows] == [row["row"] for row in rows]
    assert sorted(outputs(tmp_path)) == ["hits.csv", "hits.jsonl", "hits.parquet"]


def test_an_id_stands_only_where_a_row_has_one(tmp_path: Path) -> None:
    """In JSON lines, where fields may come and go."""
    (tmp_path / "in.csv").write_text("id,name\nK-7,Anna\n,Anna\n", encoding="utf-8")
    run(tmp_path / "in.csv", tmp_path / "hits.jsonl", one_hit, ids=True)
    lines = (tmp_path / "hits.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line).get("id") for line in lines] == ["K-7", None]


def test_who_is_ruled_out_by_number_is_counted_and_not_written(tmp_path: Path) -> None:
    """A row with nobody else is a row without a hit."""
    table = write_table(tmp_path / "in.csv", 3)
    summary = run(table, tmp_path / "hits.csv", ruling_out)
    assert (summary.hits, summary.hit_rows, summary.ruled_out) == (0, 0, 3)
    assert dicts(tmp_path / "hits.csv") == []


def test_parquet_without_a_hit_still_has_its_columns(tmp_path: Path) -> None:
    """An empty table is a table."""
    parquet = pytest.importorskip("pyarrow.parquet")
    run(write_table(tmp_path / "in.csv", 3), tmp_path / "hits.parquet", silent)
    found = parquet.read_table(tmp_path / "hits.parquet")
    assert (found.num_rows, tuple(found.column_names)) == (0, COLUMNS)


def test_no_cell_is_a_formula_or_speaks_to_a_terminal() -> None:
    """Whoever wrote the list or the table."""
    cells = ["=1+1", "@x", "+1", "-A1", "\x1b[2Jx", "\tx", "-5", "Anna"]
    safe = ["'=1+1", "'@x", "'+1", "'-A1", " [2Jx", "'\tx", "-5", "Anna"]
    assert next(csv.reader([csv_lines([cells]).decode()])) == safe


def test_the_mapping_reaches_the_workers(tmp_path: Path) -> None:
    """A column that the user named is read in each process."""
    table = tmp_path / "in.csv"
    table.write_text("Kundenname,Geb\nAnna,1962\nBert,1963\n", encoding="utf-8")
    mapping = {"Kundenname": "name", "Geb": "dob"}
    run(table, tmp_path / "hits.csv", plain, mapping=mapping, workers=2, strict=True)
    assert b"births: 1962" in outputs(tmp_path)["hits.csv"]


def test_json_lines_may_have_other_keys_on_each_line(tmp_path: Path) -> None:
    """Columns are known for each, and a line without a name is broken."""
    table = tmp_path / "in.jsonl"
    rows: list[dict[str, object]] = [
        {"dob": 1962}, {"name": "A", "mood": 1}, {"last_name": "B"}, {"name": ["C", "D"]},
    ]  # fmt: skip
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    summary = run(table, tmp_path / "hits.csv", silent)
    assert (summary.screened, summary.broken, summary.ignored) == (3, 1, ("mood",))


@pytest.mark.parametrize("name", ["hits.txt", "hits", "hits.csv.gz"])
def test_an_output_of_no_known_form_is_refused(tmp_path: Path, name: str) -> None:
    """Before anything is read."""
    with pytest.raises(UsageError, match=r"must end in \.csv"):
        run(tmp_path / "none.csv", tmp_path / name, plain)


def test_a_table_without_names_leaves_nothing_behind(tmp_path: Path) -> None:
    """No half of a file and no journal."""
    table = tmp_path / "in.csv"
    table.write_text("nam,x\nA,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no column holds names"):
        run(table, tmp_path / "hits.csv", plain)
    assert outputs(tmp_path) == {}


def test_progress_is_told_after_each_batch(tmp_path: Path) -> None:
    """Rows done, and which part of the table."""
    told: list[tuple[int, float | None]] = []
    table = write_table(tmp_path / "in.csv", 20_000)
    run(table, tmp_path / "hits.csv", silent, progress=lambda *now: told.append(now))
    assert [rows for rows, _ in told] == [*range(500, 20_001, 500), 20_000]
    parts = [part for _, part in told if part is not None]
    assert parts == sorted(parts)
    assert 0 < parts[len(parts) // 2] < 1
    assert parts[-1] == 1.0


def test_standard_input_is_screened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is not known."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"name\nAnna\nBert\n")))
    told: list[float | None] = []
    summary = run(
        "-", tmp_path / "hits.csv", plain, batch=1, progress=lambda _, part: told.append(part)
    )
    assert summary.rows == 2
    assert told == [None, None, 1.0]


MILLION = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from made_tables import silent
from detente.screening.bulk.run import run
summary = run(sys.argv[2], sys.argv[3], silent)
status = Path("/proc/self/status")
most = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")] \
    if status.exists() else ["VmHWM: 0 kB"]
print(summary.rows, summary.screened, summary.broken, int(most[0].split()[1]) // 1024)
"""


def test_a_million_rows_report_a_hundred_broken_ones_and_screen_the_rest(tmp_path: Path) -> None:
    """In little memory."""
    table = tmp_path / "in.csv"
    block = "".join(f"{n},name {n}\n" for n in range(9_999))
    kinds = ('x,"open\n', "x\n", "x,y,z\n", 'x,"a"b\n', "x,\n")
    with table.open("w", encoding="utf-8") as stream:
        stream.write("id,name\n")
        for number in range(100):
            stream.write(block + kinds[number % len(kinds)])
    command = [sys.executable, "-c", MILLION, HERE, str(table), str(tmp_path / "hits.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, screened, broken, megabytes = map(int, done.stdout.split())
    assert (rows, screened, broken) == (1_000_000, 999_900, 100)
    assert megabytes < 80
    errors = dicts(tmp_path / "hits.errors.csv")
    assert [int(error["row"]) for error in errors] == list(range(10_000, 1_000_001, 10_000))


# What goes wrong in an answer or a worker


def poisoned(path: Path) -> Path:
    """Write a table with one name that no answer survives."""
    return write_table(path, 60, lambda row: "33,Poison,,," if row == 33 else None)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_row_on_which_the_answer_fails_is_broken_and_the_rest_screened(
    tmp_path: Path, workers: int
) -> None:
    """Its line says what happened."""
    table = poisoned(tmp_path / "in.csv")
    summary = run(table, tmp_path / "hits.csv", failing, workers=workers, batch=10)
    assert (summary.screened, summary.broken) == (59, 1)
    assert (
        b"33,34,the row could not be screened (ArithmeticError: a bad name)"
        in (outputs(tmp_path)["hits.errors.csv"])
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_an_answer_that_fails_on_every_row_is_no_rows_fault(tmp_path: Path, workers: int) -> None:
    """The failure is passed on."""
    table = write_table(tmp_path / "in.csv", 60, lambda row: f"{row},Poison,,,")
    with pytest.raises(ArithmeticError, match="a bad name"):
        run(table, tmp_path / "hits.csv", failing, workers=workers)


def test_a_worker_that_dies_once_is_replaced(tmp_path: Path) -> None:
    """Nothing is lost, and nothing comes twice."""
    table = poisoned(tmp_path / "in.csv")
    run(table, tmp_path / "hits.csv", plain, batch=10)
    expected = outputs(tmp_path)
    factory = partial(dying, str(tmp_path / "marker"))
    run(table, tmp_path / "hits.csv", factory, workers=2, batch=10)
    assert (tmp_path / "marker").exists()
    assert outputs(tmp_path) == expected


def test_a_batch_that_kills_two_workers_is_named(tmp_path: Path) -> None:
    """And what was done before stays for the next run."""
    table = poisoned(tmp_path / "in.csv")
    with pytest.raises(
        UsageError, match=r"died twice \(signal 9, then signal 9\) on batch 17, rows 33 to 34"
    ):
        run(table, tmp_path / "hits.csv", dying, workers=2, batch=2)
    summary = run(table, tmp_path / "hits.csv", plain, workers=2, batch=2)
    assert summary.resumed > 0
    assert summary.rows == 60


def refusing() -> None:
    """Refuse to make an answer."""
    raise UsageError("no list is kept; fetch one first")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_answer_that_cannot_be_made_says_why(tmp_path: Path, workers: int) -> None:
    """In the words of whoever makes it."""
    table = write_table(tmp_path / "in.csv", 3)
    with pytest.raises(UsageError, match="no list is kept; fetch one first"):
        run(table, tmp_path / "hits.csv", refusing, workers=workers)  # type: ignore[arg-type]


STOPPED = """
import sys
from functools import partial
sys.path.insert(0, sys.argv[1])
from made_tables import slow
from detente.screening.bulk.run import run
if __name__ == "__main__":
    run(sys.argv[2], sys.argv[3], partial(slow, sys.argv[4]), workers=2, batch=1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_first_process(tmp_path: Path, sign: signal.Signals) -> None:
    """By Ctrl-C at once; after a kill as soon as they look for more work."""
    folder = tmp_path / "pids"
    folder.mkdir()
    table = write_table(tmp_path / "in.csv", 20)
    script = tmp_path / "script.py"
    script.write_text(STOPPED, encoding="utf-8")
    arguments = [HERE, str(table), str(tmp_path / "hits.csv"), str(folder)]
    with (tmp_path / "errors.txt").open("w") as errors:
        process = subprocess.Popen([sys.executable, str(script), *arguments], stderr=errors)
    while len(list(folder.iterdir())) < 2:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(sign)
    process.wait(timeout=60)
    for path in folder.iterdir():
        while alive(int(path.name)):  # the test never ends where they do not
            time.sleep(0.02)
    if sign == signal.SIGINT:
        assert (tmp_path / "errors.txt").read_text().count("Traceback") == 1  # none of a worker


def alive(pid: int) -> bool:
    """Return whether a process runs."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] not in "ZX"


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("moment", [0, 1, 2])
def test_ctrl_c_while_workers_start_tells_one_traceback(tmp_path: Path, moment: int) -> None:
    """It reaches all processes of the group, and only the first speaks."""
    folder = tmp_path / "pids"
    folder.mkdir()
    table = write_table(tmp_path / "in.csv", 20)
    script = tmp_path / "script.py"
    script.write_text(STOPPED, encoding="utf-8")
    arguments = [HERE, str(table), str(tmp_path / "hits.csv"), str(folder)]
    with (tmp_path / "errors.txt").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, str(script), *arguments], stderr=errors, start_new_session=True
        )
    while not (tmp_path / "hits.csv.part").exists() or len(list(folder.iterdir())) < moment:
        assert process.poll() is None
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=60)
    assert (tmp_path / "errors.txt").read_text().count("Traceback") == 1


def test_an_output_that_would_replace_the_table_is_refused(tmp_path: Path) -> None:
    """Also where it is the table of broken rows that would."""
    for name in ("hits.csv", "hits.errors.csv"):
        table = write_table(tmp_path / name, 3)
        with pytest.raises(UsageError, match="would replace"):
            run(table, tmp_path / "hits.csv", plain)
        table.unlink()


def test_rows_of_megabytes_do_not_pile_up(tmp_path: Path) -> None:
    """A batch is cut where its rows are long."""
    rows = (
        Record(number, number, ("name", "x"), ["A", "x" * 1_000_000]) for number in range(1, 41)
    )
    sizes = [batch.last - batch.first + 1 for batch in batches(rows, 500)]
    assert sum(sizes) == 40
    assert max(sizes) < 10


def test_a_hit_without_a_basis_is_still_a_row() -> None:
    """Only score, entry and name are needed."""
    assert Row(score=1.0, entry="made-up:1", name="A").why == ""


def test_slow_is_picklable() -> None:
    """As every factory must be."""
    import pickle

    assert pickle.loads(pickle.dumps(partial(slow, "x"))).func is slow
