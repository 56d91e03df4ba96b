"""The ledger: what it keeps, what it refuses, and that no change to it goes unseen."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.evidence import chain, durable, ledger
from detente.evidence.durable import LedgerError
from detente.evidence.model import Finding
from detente.law.model import Range

PLAIN = Finding(
    id="reactor-idle",
    component="yongbyon-5mwe",
    extent="progress",
    verification="observed",
    happened="2018-12",
    recorded="2019-03-06",
    sources=("iaea-2019",),
    confidence="verified-secondary",
)


def finding(number: int, **changes: Any) -> Finding:
    """Return one of many findings."""
    statement = f"영변 reactor, look {number}: “no” signs\nof operation"
    changes = {"id": f"look-{number}", "statement": statement, **changes}
    return msgspec.structs.replace(PLAIN, **changes)


def grow(path: Path, count: int) -> None:
    """Append ``count`` findings to a ledger."""
    for number in range(count):
        ledger.append(path, "dprk", finding(number))


def head_of(path: Path) -> Path:
    """Return the head file of a ledger."""
    return path.with_name(path.name + ".head")


def canonical(value: object) -> bytes:
    """Return canonical JSON, computed by another library than the ledger's."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


def reseal(line: bytes, **changes: object) -> bytes:
    """Change fields of an entry and recompute the digest of that line alone."""
    entry = {**json.loads(line), **changes}
    entry.pop("hash")
    entry["hash"] = hashlib.sha256(canonical(entry)[:-1]).hexdigest()
    return canonical(entry)


def only(path: Path, **arguments: Any) -> LedgerError:
    """Return the one problem of a ledger."""
    (problem,) = ledger.problems(path, **arguments)
    return problem


# What it keeps


def test_a_missing_ledger_is_empty(tmp_path: Path) -> None:
    """Before the first finding there is nothing to read and nothing wrong."""
    path = tmp_path / "ledger.jsonl"
    assert ledger.read(path) == ()
    assert ledger.verify(path) == ledger.Verified(entries=0, head=chain.START)
    assert list(tmp_path.iterdir()) == []


def test_findings_come_back_in_the_order_in_which_they_were_appended(tmp_path: Path) -> None:
    """The ledger and its folders are created; what goes in comes out, in order."""
    path = tmp_path / "new" / "folder" / "ledger.jsonl"
    grow(path, 3)
    entries = ledger.read(path)
    assert ledger.findings(entries) == (finding(0), finding(1), finding(2))
    assert [entry.n for entry in entries] == [0, 1, 2]
    assert ledger.verify(path) == ledger.Verified(entries=3, head=entries[-1].hash)


def test_append_returns_the_entry_that_read_returns(tmp_path: Path) -> None:
    """Numbers, dates and other scripts survive, and whole numbers become the fractions they are."""
    share = Range(low=0, central=0.25, high=1)
    entry = ledger.append(tmp_path / "l", "dprk", finding(0, fraction=share))
    assert ledger.read(tmp_path / "l") == (entry,)
    assert entry.finding.fraction == share


def test_read_can_keep_to_one_regime(tmp_path: Path) -> None:
    """Regimes share a ledger; the same id may stand once in each."""
    path = tmp_path / "l"
    ledger.append(path, "dprk", PLAIN)
    ledger.append(path, "iran", PLAIN)
    assert [entry.n for entry in ledger.read(path, "iran")] == [1]


def test_the_file_can_be_checked_without_this_program(tmp_path: Path) -> None:
    """Each line is canonical JSON whose digest anybody can recompute with the standard library."""
    path = tmp_path / "l"
    grow(path, 3)
    prev = "0" * 64
    for line in path.read_bytes().splitlines(keepends=True):
        entry = json.loads(line)
        assert canonical(entry) == line == reseal(line)
        assert entry["prev"] == prev
        prev = entry["hash"]
    assert head_of(path).read_bytes() == canonical({"entries": 3, "hash": prev})


def test_a_linked_ledger_stays_a_link(tmp_path: Path) -> None:
    """Appending through a link adds to the file that it points to."""
    real, link = tmp_path / "real", tmp_path / "link"
    grow(real, 1)
    link.symlink_to(real)
    ledger.append(link, "dprk", finding(1))
    assert link.is_symlink()
    assert ledger.verify(real).entries == 2


def test_who_may_read_the_ledger_does_not_change(tmp_path: Path) -> None:
    """The permissions of the file outlast its replacement."""
    path = tmp_path / "l"
    grow(path, 1)
    path.chmod(0o640)
    ledger.append(path, "dprk", finding(1))
    assert path.stat().st_mode & 0o777 == 0o640


def test_appending_to_ten_thousand_entries_is_quick(tmp_path: Path) -> None:
    """Verifying and rewriting 10,000 entries takes well under half a second."""
    path = tmp_path / "l"
    ledger.append(path, "dprk", finding(0))
    lines = [path.read_bytes()]
    for n in range(1, 10_000):
        last = json.loads(lines[-1])
        last["finding"]["id"] = f"look-{n}"
        lines.append(reseal(lines[-1], n=n, prev=last["hash"], finding=last["finding"]))
    path.write_bytes(b"".join(lines))
    last = json.loads(lines[-1])
    head_of(path).write_bytes(canonical({"entries": 10_000, "hash": last["hash"]}))
    took = []
    for n in (10_000, 10_001, 10_002):
        start = time.perf_counter()
        ledger.append(path, "dprk", finding(n))
        took.append(time.perf_counter() - start)
    assert min(took) < 0.5
    assert ledger.verify(path).entries == 10_003


# What it refuses


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": "look-0"}, "'look-0' is there already"),
        ({"id": "baseline-1"}, "'baseline-1' is there already"),
        ({"corrects": "look-9"}, "corrects 'look-9', which is not known"),
        ({"corrects": "new"}, "corrects 'new', which is not known"),
        ({"recorded": "yesterday"}, "'yesterday' is no date"),
        ({"happened": "2019-02-30"}, "'2019-02-30' is no day of the calendar"),
        ({"note": "\ud800"}, "surrogates not allowed"),
        ({"note": "x" * durable.MAX_LINE}, "longer than"),
        ({"fraction": Range(low=0, central=float("nan"), high=1)}, "Expected `float`, got `null`"),
        ({"extent": "complete"}, "Invalid enum value 'complete'"),
        ({"note": object()}, "unsupported"),
    ],
)
def test_a_finding_that_cannot_be_kept_is_refused(
    tmp_path: Path, changes: dict[str, Any], expected: str
) -> None:
    """What would break the ledger, or not read back as it was, never enters it."""
    path = tmp_path / "l"
    grow(path, 1)
    before = path.read_bytes()
    new = finding(1, **{"id": "new", **changes})
    with pytest.raises(LedgerError, match=r"new|look-0|baseline-1") as caught:
        ledger.append(path, "dprk", new, known_ids={"baseline-1"})
    assert expected in str(caught.value)
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["l", "l.head", "l.lock"]


def test_a_correction_names_an_earlier_entry_or_a_known_finding(tmp_path: Path) -> None:
    """A finding of the same ledger and regime, or of the evidence files, may be corrected."""
    path = tmp_path / "l"
    grow(path, 1)
    ledger.append(path, "dprk", finding(1, corrects="look-0"))
    ledger.append(path, "dprk", finding(2, corrects="baseline-1"), known_ids={"baseline-1"})
    assert ledger.verify(path, known_ids={"baseline-1"}).entries == 3
    with pytest.raises(LedgerError, match="corrects 'look-0', which is not known"):
        ledger.append(path, "iran", finding(3, corrects="look-0"))


def test_a_correction_of_nothing_is_found_once_the_known_ids_are_given(tmp_path: Path) -> None:
    """Without the evidence files at hand, what they hold cannot be judged."""
    path = tmp_path / "l"
    ledger.append(path, "dprk", finding(0, corrects="baseline-1"), known_ids={"baseline-1"})
    assert ledger.problems(path) == []
    problem = only(path, known_ids=frozenset())
    assert problem.line == 1
    assert "corrects 'baseline-1', which is not known before it" in str(problem)


def test_nothing_is_added_to_a_broken_ledger(tmp_path: Path) -> None:
    """The error names the broken line, and the file stays as it was found."""
    path = tmp_path / "l"
    grow(path, 3)
    broken = path.read_bytes().replace(b"look-1", b"look-7")
    path.write_bytes(broken)
    with pytest.raises(LedgerError, match=r"l:2: .*digest does not fit"):
        ledger.append(path, "dprk", finding(3))
    assert path.read_bytes() == broken


def test_a_full_ledger_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger never grows beyond what it would read again."""
    path = tmp_path / "l"
    grow(path, 1)
    monkeypatch.setattr(durable, "MAX_FILE", path.stat().st_size + 10)
    with pytest.raises(LedgerError, match="the ledger is full; begin another one"):
        ledger.append(path, "dprk", finding(1))
    assert ledger.verify(path).entries == 1


# What verification tells


def test_an_error_is_one_line_that_names_the_place_and_the_remedy() -> None:
    """Nothing that a hostile file holds can break the line or reach the terminal raw."""
    error = LedgerError("a/l", 3, "found \x1b[31m\nand " + "x" * 9999, "do this")
    assert str(error).startswith("a/l:3: found \\x1b[31m\\nand xxx")
    assert str(error).endswith("xxx; do this")
    assert len(str(error)) < 1000
    assert str(LedgerError(Path("l"), None, "gone", "do that")) == "l: gone; do that"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_verify_raises_the_first_problem_and_counts_the_others(tmp_path: Path) -> None:
    """Problems come in the order of the lines, each once."""
    path = tmp_path / "l"
    grow(path, 4)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], b"junk\n", lines[2], lines[3].replace(b"idle", b"busy")]))
    assert [problem.line for problem in ledger.problems(path)] == [2]
    path.write_bytes(lines[0] + b"junk\n" + lines[2] + lines[3].replace(b"look 3", b"look 8"))
    assert [problem.line for problem in ledger.problems(path)] == [2, 4]
    with pytest.raises(LedgerError, match=r"l:2: .* \(and 1 more problem\); set this file aside"):
        ledger.verify(path)


def test_a_deleted_line_is_reported_once_and_the_count_once(tmp_path: Path) -> None:
    """One deletion does not drown the reader in the lines that moved up."""
    path = tmp_path / "l"
    grow(path, 5)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:1] + lines[2:]))
    first, second = ledger.problems(path)
    assert (first.line, first.problem) == (2, "entry 2 stands where entry 1 belongs")
    assert (second.line, second.problem) == (
        None,
        "the ledger has 4 entries where its head file counts 5",
    )


def test_a_repeated_id_is_found_even_in_a_chain_that_holds(tmp_path: Path) -> None:
    """Whoever forges a whole line at the end still cannot use an id twice or misnumber it."""
    path = tmp_path / "l"
    grow(path, 1)
    line = path.read_bytes()
    prev = json.loads(line)["hash"]
    path.write_bytes(line + reseal(line, n=1, prev=prev))
    assert "finding 'look-0' of 'dprk' is there already" in str(only(path))
    path.write_bytes(line + reseal(line, n=5, prev=prev, regime="iran"))
    assert "entry 5 stands where entry 1 belongs" in str(only(path))


def test_a_ledger_one_entry_ahead_of_its_head_file_verifies_and_says_so(tmp_path: Path) -> None:
    """That is how a process killed between its two writes leaves it; the next append mends it."""
    path = tmp_path / "l"
    grow(path, 1)
    first = head_of(path).read_bytes()
    head_of(path).unlink()
    assert ledger.verify(path).ahead
    head_of(path).write_bytes(first)
    ledger.append(path, "dprk", finding(1))
    head_of(path).write_bytes(first)
    assert ledger.verify(path).ahead
    ledger.append(path, "dprk", finding(2))
    assert ledger.verify(path) == ledger.Verified(entries=3, head=ledger.read(path)[-1].hash)


def test_a_missing_head_file_is_reported(tmp_path: Path) -> None:
    """Without it nobody could tell whether lines were cut off."""
    path = tmp_path / "l"
    grow(path, 2)
    head_of(path).unlink()
    problem = only(path)
    assert problem.file == str(head_of(path))
    assert "the head file is missing" in str(problem)


def test_a_head_noted_elsewhere_tells_how_many_entries_came_since(tmp_path: Path) -> None:
    """The head of today or of any earlier day is found again, as is that of the empty ledger."""
    path = tmp_path / "l"
    assert ledger.verify(path, head=chain.START).since == 0
    grow(path, 1)
    noted = ledger.verify(path).head
    assert ledger.verify(path, head=noted).since == 0
    ledger.append(path, "dprk", finding(1))
    ledger.append(path, "dprk", finding(2))
    assert ledger.verify(path, head=noted).since == 2
    assert ledger.verify(path, head=chain.START).since == 3
    assert ledger.verify(path).since is None


@pytest.mark.parametrize("keep", [0, 1, 2])
def test_a_forger_who_rewrites_the_head_file_too_is_caught_by_a_noted_head(
    tmp_path: Path, keep: int
) -> None:
    """A cut ledger with a head file to match verifies by itself, but not against the note."""
    path = tmp_path / "l"
    grow(path, 3)
    noted = ledger.verify(path).head
    lines = path.read_bytes().splitlines(keepends=True)[:keep]
    path.write_bytes(b"".join(lines))
    head_of(path).unlink()
    if lines:
        head = {"entries": keep, "hash": json.loads(lines[-1])["hash"]}
        head_of(path).write_bytes(canonical(head))
    assert ledger.verify(path).entries == keep
    assert "entries were cut off or rewritten" in str(only(path, head=noted))


@pytest.mark.parametrize("head", ["", "0" * 63, "f" * 64, "\n"])
def test_a_noted_head_that_is_no_digest_matches_nothing(tmp_path: Path, head: str) -> None:
    """Not even the unreadable lines, which have no digest."""
    path = tmp_path / "l"
    path.write_bytes(b"junk\n")
    assert len(ledger.problems(path, head=head)) == 2


# Hostile files


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"finding":' + b"[" * 500_000 + b"\n", "no ledger entry"),
        (b"[" * 900_000 + b"\n", "no ledger entry"),
        (b'{"finding":{"sources":' + b"[" * 500_000 + b"\n", "no ledger entry"),
        (b'{"n":' + b"9" * 5000 + b"}\n", "no ledger entry"),
        (b"\xff\xfe\n", "no ledger entry"),
        (b"\x00" * 100 + b"\n", "no ledger entry"),
        (b"\n", "no ledger entry"),
        (b"null\n", "no ledger entry"),
        (b"{}\n", "missing required field"),
        (b'{"' + b"\\u001b[2J" * 9 + b'":1}\n', "unknown field"),
        (b"x" * (2 * durable.MAX_LINE + 5) + b"\n", "longer than 1048576 bytes"),
        (b"x" * durable.MAX_LINE, "cut off"),
        (b"x", "cut off"),
    ],
    ids=range(13),
)
def test_a_hostile_line_is_one_problem_at_its_line(
    tmp_path: Path, line: bytes, expected: str
) -> None:
    """Reading goes on after it, and every function fails in the same, printable way."""
    path = tmp_path / "l"
    grow(path, 2)
    path.write_bytes(path.read_bytes() + line)
    problem = only(path)
    assert problem.line == 3
    assert expected in str(problem)
    assert str(problem).isprintable()
    for call in (ledger.read, ledger.verify, lambda path: ledger.append(path, "dprk", PLAIN)):
        with pytest.raises(LedgerError, match=r"l:3: "):
            call(path)


def test_every_strange_byte_inside_a_string_is_found(tmp_path: Path) -> None:
    """Invalid UTF-8, NUL, carriage returns and byte-order marks do not pass as text."""
    path = tmp_path / "l"
    grow(path, 1)
    good = path.read_bytes()
    for bad in (
        good.replace(b"look-0", b"look-\xff"),
        good.replace(b"look-0", b"look-\x00"),
        good.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + good,
        good.replace("영".encode(), b"\\uc601"),
    ):
        path.write_bytes(bad)
        assert only(path).line == 1


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """A file over 256 MB is not opened; an endless line in a smaller one is read in pieces."""
    path = tmp_path / "l"
    with path.open("wb") as file:
        file.truncate(durable.MAX_FILE + 1)
    assert "larger than 268435456 bytes" in str(only(path))
    with path.open("wb") as file:
        file.truncate(20 * durable.MAX_LINE)
    assert only(path).line == 1


def test_the_list_of_problems_is_capped_and_says_so(tmp_path: Path) -> None:
    """A file of nothing but broken lines does not fill the memory with complaints."""
    path = tmp_path / "l"
    path.write_bytes(b"\n" * 50_000)
    found = ledger.problems(path)
    assert len(found) == ledger.MAX_PROBLEMS + 1
    assert "the check stopped here after 1000 problems" in str(found[-1])


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    """A folder or a pipe in place of the ledger or its head file never hangs the program."""
    path = tmp_path / "l"
    path.mkdir()
    assert "this is not an ordinary file" in str(only(path))
    path.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        assert "this is not an ordinary file" in str(only(path))
        path.unlink()
        grow(path, 1)
        head_of(path).unlink()
        os.mkfifo(head_of(path))
        assert only(path).file == str(head_of(path))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=100))
def test_any_bytes_at_all_give_problems_and_no_other_error(content: bytes, anchor: bytes) -> None:
    """Whatever the two files hold, the answer is a list of problems."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l"
        path.write_bytes(content)
        head_of(path).write_bytes(anchor)
        found = ledger.problems(path)
        assert bool(found) == bool(content or anchor)
        assert all(str(problem).startswith(str(path)) for problem in found)


# No change goes unseen

ENTRIES = 5


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes], bytes]:
    """Give a path to write to, and the lines and the head file of a ledger that verifies."""
    path = tmp_path_factory.mktemp("sealed") / "l"
    grow(path, ENTRIES)
    assert ledger.problems(path) == []
    lines = path.read_bytes().splitlines(keepends=True)
    return path, lines, head_of(path).read_bytes()


def blamed(path: Path, content: bytes) -> int | None:
    """Write a changed ledger and return the line that its first problem names."""
    path.write_bytes(content)
    first = ledger.problems(path)[0]
    assert str(first).startswith(f"{path}: " if first.line is None else f"{path}:{first.line}: ")
    return first.line


def line_at(content: bytes, position: int) -> int:
    """Return the number of the line in which a byte stands."""
    return content[:position].count(b"\n") + 1


Sealed = tuple[Path, list[bytes], bytes]
LINES = st.integers(min_value=0, max_value=ENTRIES - 1)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(min_value=1, max_value=255))
def test_a_flipped_byte_is_found_at_its_line(
    sealed: Sealed, data: st.DataObject, mask: int
) -> None:
    """Any other value of any one byte is found, at the line in which it stands."""
    content = bytearray(b"".join(sealed[1]))
    position = data.draw(st.integers(min_value=0, max_value=len(content) - 1))
    line = line_at(bytes(content), position)
    content[position] ^= mask
    assert blamed(sealed[0], bytes(content)) == line


@settings(max_examples=200, deadline=None)
@given(st.data(), st.one_of(st.sampled_from([b" ", b"\t", b"\n", b"\r"]), st.binary(min_size=1)))
def test_inserted_bytes_are_found(sealed: Sealed, data: st.DataObject, junk: bytes) -> None:
    """White space or junk, within a line, between lines or at the end, is found where it stands."""
    content = b"".join(sealed[1])
    position = data.draw(st.integers(min_value=0, max_value=len(content)))
    line = line_at(content, position)
    # What ends a line before its own end did is found at the line after it.
    expected = {line, line + 1} if junk.startswith(b"\n") else {line}
    assert blamed(sealed[0], content[:position] + junk + content[position:]) in expected


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_cut_is_found_wherever_it_falls(sealed: Sealed, data: st.DataObject) -> None:
    """Within a line that line is named; between lines the head file counts more than there are."""
    content = b"".join(sealed[1])
    position = data.draw(st.integers(min_value=0, max_value=len(content) - 1))
    whole = content[:position].endswith(b"\n") or not position
    expected = None if whole else line_at(content, position)
    assert blamed(sealed[0], content[:position]) == expected


@given(st.sets(LINES, min_size=1))
@settings(max_examples=50, deadline=None)
def test_deleted_lines_are_found(sealed: Sealed, gone: set[int]) -> None:
    """The first line that moved up is named; if only the last ones went, the ledger is."""
    kept = [line for number, line in enumerate(sealed[1]) if number not in gone]
    line = blamed(sealed[0], b"".join(kept))
    assert line == (min(gone) + 1 if min(gone) < len(kept) else None)


@given(LINES, st.integers(min_value=0, max_value=ENTRIES))
@settings(max_examples=50, deadline=None)
def test_a_repeated_line_is_found(sealed: Sealed, source: int, place: int) -> None:
    """A copy of any line, put in any place, is found there or where the original now stands."""
    lines = [*sealed[1][:place], sealed[1][source], *sealed[1][place:]]
    assert blamed(sealed[0], b"".join(lines)) == place + 1 + (source == place)


@given(st.permutations(range(ENTRIES)))
@settings(max_examples=50, deadline=None)
def test_swapped_lines_are_found(sealed: Sealed, order: list[int]) -> None:
    """In any other order, the first line that is out of its place is named."""
    moved = [number for number, source in enumerate(order) if number != source]
    if moved:
        content = b"".join(sealed[1][number] for number in order)
        assert blamed(sealed[0], content) == moved[0] + 1


@given(LINES, st.sampled_from(["id", "recorded", "statement", "regime"]), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_an_edited_entry_with_its_digest_recomputed_is_found(
    sealed: Sealed, number: int, field: str, text: str
) -> None:
    """The next line no longer follows from it; after the last line, the head file says so."""
    lines = list(sealed[1])
    entry = json.loads(lines[number])
    if field == "regime":
        lines[number] = reseal(lines[number], regime=text)
    else:
        lines[number] = reseal(lines[number], finding={**entry["finding"], field: text})
    if lines != sealed[1]:
        line = blamed(sealed[0], b"".join(lines))
        assert line in {number + 1, min(number + 2, ENTRIES)}


@given(LINES, st.sampled_from(["hash", "prev", "n"]), st.integers(min_value=0, max_value=9))
@settings(max_examples=100, deadline=None)
def test_an_edited_seal_is_found_at_its_line(
    sealed: Sealed, number: int, field: str, digit: int
) -> None:
    """The number and the two digests of an entry cannot be changed either."""
    lines = list(sealed[1])
    entry = json.loads(lines[number])
    entry[field] = digit if field == "n" else f"{digit}" + entry[field][1:]
    lines[number] = canonical(entry)
    if lines != sealed[1]:
        assert blamed(sealed[0], b"".join(lines)) == number + 1


@given(
    st.one_of(
        st.binary(min_size=1, max_size=120),
        st.builds(
            lambda entries, hash_: canonical({"entries": entries, "hash": hash_}),
            st.integers(min_value=-1, max_value=ENTRIES + 2),
            st.text("0123456789abcdef", min_size=64, max_size=64),
        ),
        st.integers(min_value=-1, max_value=ENTRIES + 2).map(lambda n: {"entries": n}),
        st.text(" \n\t", min_size=1).map(str.encode),
    )
)
@settings(max_examples=150, deadline=None)
def test_a_rewritten_head_file_is_found(sealed: Sealed, new: bytes | dict[str, int]) -> None:
    """Other bytes, another count, another digest: only one entry less with its digest passes."""
    path, lines, anchor = sealed
    entries = [json.loads(line) for line in lines]
    if isinstance(new, dict):
        digest = entries[min(max(new["entries"], 1), ENTRIES) - 1]["hash"]
        new = canonical({**new, "hash": digest})
    elif new.isspace():
        new = anchor + new
    path.write_bytes(b"".join(lines))
    head_of(path).write_bytes(new)
    try:
        behind = canonical({"entries": ENTRIES - 1, "hash": entries[-2]["hash"]})
        if new in (anchor, behind):
            assert ledger.verify(path).ahead == (new == behind)
        else:
            assert str(only(path)).startswith(str(path))
    finally:
        head_of(path).write_bytes(anchor)
