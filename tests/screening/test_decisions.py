"""Decisions on hits: kept, honoured until something changes, and safe from rewriting."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.entities.model import Identifier, Listing, Name, Party
from detente.entities.spans import year_span
from detente.evidence import chain
from detente.evidence.durable import LedgerError
from detente.screening import decisions
from detente.screening.decisions import Decision, Stale
from detente.screening.model import Query

QUERY = Query(
    name="Anna Smith",
    aliases=("Ann Smith", "A. Smith"),
    births=(year_span(1962), year_span(1963)),
    countries=("de", "fr"),
    places=("Bonn",),
    identifiers=(Identifier(kind="passport", value="C01X"), Identifier(kind="tax", value="7")),
)
PARTY = Party(
    source="made-up",
    entry="12",
    kind="person",
    names=(Name(text="SMITH, Anna"), Name(text="SMITH, Ann", kind="alias")),
    nationalities=("Germany", "France"),
    listings=(Listing(programmes=("ONE", "TWO")),),
)


def decision(**named: Any) -> Decision:
    """Return a decision that Anna Smith is not the one listed."""
    fields: dict[str, Any] = {
        "query": decisions.query_digest(QUERY),
        "entry": PARTY.id,
        "entry_digest": decisions.entry_digest(PARTY),
        "verdict": "cleared",
        "by": "B. Clerk",
        "why": "another date of birth",
        "when": date(2024, 5, 6),
        "name": "Anna Smith",
    }
    return Decision(**(fields | named))


def asked(path: Path, query: Query = QUERY, party: Party = PARTY) -> Decision | Stale | None:
    """Return what stands on a hit."""
    return decisions.standing(
        decisions.read(path), decisions.query_digest(query), party.id, decisions.entry_digest(party)
    )


# What stands


def test_a_decision_stands_on_the_next_run(tmp_path: Path) -> None:
    """As long as nothing changes."""
    path = tmp_path / "decisions.jsonl"
    assert asked(path) is None
    decisions.record(path, decision())
    assert asked(path) == decision()


def test_a_decision_is_stale_once_the_entry_changes(tmp_path: Path) -> None:
    """The hit comes back, with what was decided."""
    path = tmp_path / "decisions.jsonl"
    decisions.record(path, decision())
    changed = msgspec.structs.replace(PARTY, gender="female")
    assert asked(path, party=changed) == Stale(decision=decision())


def test_new_data_of_the_query_make_the_hit_new(tmp_path: Path) -> None:
    """It is another question."""
    path = tmp_path / "decisions.jsonl"
    decisions.record(path, decision())
    assert asked(path, query=msgspec.structs.replace(QUERY, births=(year_span(1970),))) is None


def test_the_last_decision_counts(tmp_path: Path) -> None:
    """Also where an older one was on the entry as it is now."""
    path = tmp_path / "decisions.jsonl"
    decisions.record(path, decision())
    decisions.record(path, decision(verdict="confirmed", by="C. Chief"))
    assert asked(path) == decision(verdict="confirmed", by="C. Chief")
    decisions.record(path, decision(entry_digest="another"))
    assert isinstance(asked(path), Stale)


def test_a_decision_may_be_withdrawn(tmp_path: Path) -> None:
    """Nothing is deleted, and the hit is open again."""
    path = tmp_path / "decisions.jsonl"
    decisions.record(path, decision())
    decisions.record(path, decision(verdict="withdrawn", why="looked at the wrong file"))
    assert asked(path) is None
    assert len(decisions.read(path)) == 2


def test_a_decision_is_about_one_entry() -> None:
    """The same name on another list is another hit."""
    found = decisions.latest([decision()])
    digest = decisions.query_digest(QUERY)
    assert decisions.standing(found, digest, "made-up:13", decision().entry_digest) is None
    assert decisions.standing(found, digest, "made-up:12", decision().entry_digest) == decision()


# Digests


@given(st.data())
def test_order_makes_no_difference_to_a_query(data: st.DataObject) -> None:
    """Nor do capitals, white space, or which name comes first."""
    names = data.draw(st.permutations((QUERY.name, *QUERY.aliases)))
    shuffled = Query(
        name=f" {names[0].upper()} ",
        aliases=(*names[1:], names[1]),
        births=tuple(data.draw(st.permutations(QUERY.births))),
        countries=tuple(data.draw(st.permutations(QUERY.countries))),
        places=("BONN",),
        identifiers=tuple(data.draw(st.permutations(QUERY.identifiers))),
    )
    assert decisions.query_digest(shuffled) == decisions.query_digest(QUERY)


CHANGES: tuple[dict[str, Any], ...] = (
    {"name": "Anna Smyth"}, {"aliases": ()}, {"family": "Smythe"}, {"given": "Joan"},
    {"kind": "person"}, {"births": ()}, {"countries": ("de",)}, {"places": ("Köln",)},
    {"gender": "female"}, {"identifiers": ()},
    {"identifiers": (Identifier(kind="passport", value="7"), Identifier(kind="tax", value="C01X"))},
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_every_fact_makes_a_difference_to_a_query(change: dict[str, Any]) -> None:
    """Whatever is said of somebody is part of who they are."""
    changed = msgspec.structs.replace(QUERY, **change)
    assert decisions.query_digest(changed) != decisions.query_digest(QUERY)


def test_every_field_of_a_query_is_part_of_its_digest() -> None:
    """A field that is added must be thought of."""
    assert {key for change in CHANGES for key in change} == set(Query.__struct_fields__)


def test_a_family_name_that_the_name_has_makes_no_difference() -> None:
    """A table has it in a column of its own; who decides types the name in full."""
    apart = Query(name="Anna Maria Smith", family="Smith", given="Anna Maria")
    digest = decisions.query_digest(Query(name="anna maria smith"))
    assert decisions.query_digest(apart) == digest
    other = msgspec.structs.replace(apart, family="Smithe")
    assert decisions.query_digest(other) != digest


def test_numbers_in_another_script_are_not_one_number() -> None:
    """What has no Latin letter or digit is told apart, too."""
    two = [
        decisions.query_digest(Query(name="A", identifiers=(Identifier(kind="tax", value=text),)))
        for text in ("АБ", "ВГ")
    ]
    assert two[0] != two[1]


def test_a_list_that_is_written_in_another_order_says_the_same() -> None:
    """Names and nationalities may come in any order."""
    turned = msgspec.structs.replace(
        PARTY,
        names=PARTY.names[::-1],
        nationalities=("France", "Germany"),
        listings=(Listing(programmes=("TWO", "ONE")),),
    )
    assert decisions.entry_digest(turned) == decisions.entry_digest(PARTY)
    assert decisions.entry_digest(msgspec.structs.replace(PARTY, titles=("Dr",))) != (
        decisions.entry_digest(PARTY)
    )


# The file


@pytest.mark.parametrize(
    "fields",
    [{"by": " "}, {"why": ""}, {"query": ""}, {"entry_digest": ""}, {"verdict": "perhaps"},
     {"why": "x" * (1 << 20)}, {"why": "\ud800"}],
    ids=lambda fields: next(iter(fields)),
)  # fmt: skip
def test_a_decision_that_says_too_little_is_refused(tmp_path: Path, fields: dict[str, str]) -> None:
    """Nothing is written."""
    path = tmp_path / "decisions.jsonl"
    decisions.record(path, decision())
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="cannot be recorded"):
        decisions.record(path, decision(**fields))
    assert path.read_bytes() == before


def written(tmp_path: Path, count: int = 4) -> Path:
    """Return a file with some decisions."""
    path = tmp_path / "deep" / "decisions.jsonl"
    for number in range(count):
        decisions.record(path, decision(entry=f"made-up:{number}"))
    return path


def test_decisions_are_read_in_the_order_in_which_they_were_made(tmp_path: Path) -> None:
    """Each line is JSON and holds the digest of the one before."""
    path = written(tmp_path)
    assert [item.entry for item in decisions.read(path)] == [f"made-up:{n}" for n in range(4)]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["prev"] for row in rows] == [chain.START, *(row["hash"] for row in rows[:-1])]


def test_any_change_of_any_byte_is_found(tmp_path: Path) -> None:
    """In the file or in its head file."""
    path = written(tmp_path, 2)
    for file in (path, path.with_name(path.name + ".head")):
        raw = file.read_bytes()
        for place in range(len(raw)):
            file.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
            with pytest.raises(LedgerError):
                decisions.read(path)
        file.write_bytes(raw)
    assert len(decisions.read(path)) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[:-2], "the file has 2 lines where its head file counts 4"),
        (lambda rows: [rows[1], rows[0], *rows[2:]], "1: entry 1 stands where entry 0 belongs"),
        (lambda rows: [rows[0], *rows[2:]], "2: entry 2 stands where entry 1 belongs"),
        (lambda rows: [*rows, rows[-1]], "5: entry 3 stands where entry 4 belongs"),
        (lambda rows: [*rows[:-1], rows[-1][:-20]], "4: the line is cut off"),
        (lambda rows: [*rows, rows[-1][:50]], "5: the line is cut off"),
        (lambda rows: [rows[0].replace(b"cleared", b"confirmed"), *rows[1:]], "was changed after"),
        (lambda rows: [rows[0].replace(b":0,", b": 0,"), *rows[1:]], "not in canonical form"),
        (lambda rows: [*rows, b"\n"], "5: the line is no decision"),
    ],
)  # fmt: skip
def test_tampering_is_told_with_its_line(tmp_path: Path, change: Any, words: str) -> None:
    """And nothing is added to such a file."""
    path = written(tmp_path)
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
    for action in (lambda: decisions.read(path), lambda: decisions.record(path, decision())):
        with pytest.raises(decisions.TamperedError, match=words) as told:
            action()
        assert "ledger" not in str(told.value)


def test_a_file_rewritten_as_a_whole_is_found_by_a_noted_digest(tmp_path: Path) -> None:
    """Only what is noted elsewhere can show that."""
    path = tmp_path / "decisions.jsonl"
    noted = decisions.record(path, decision()).hash
    newest = decisions.record(path, decision(entry="made-up:13")).hash
    assert len(decisions.read(path, head=noted)) == 2
    assert decisions.kept(path).head == newest
    for file in tmp_path.iterdir():
        file.unlink()
    decisions.record(path, decision(why="rewritten"))
    with pytest.raises(LedgerError, match="no line has the noted digest"):
        decisions.read(path, head=noted)


def test_a_missing_head_file_is_missed(tmp_path: Path) -> None:
    """But for one line, which a kill may leave without it."""
    path = written(tmp_path, 2)
    path.with_name(path.name + ".head").unlink()
    with pytest.raises(LedgerError, match="head file is missing"):
        decisions.read(path)


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_decisions import decision
from detente.screening import decisions
for number in range(int(sys.argv[4])):
    decisions.record(Path(sys.argv[2]), decision(entry=f"{sys.argv[3]}:{number}"))
"""


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """They take turns."""
    path = tmp_path / "decisions.jsonl"
    command = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(path)]
    writers = [subprocess.Popen([*command, name, "15"]) for name in ("one", "two")]
    assert [writer.wait() for writer in writers] == [0, 0]
    found = [item.entry for item in decisions.read(path)]
    for name in ("one", "two"):
        assert [entry for entry in found if entry.startswith(name)] == [
            f"{name}:{number}" for number in range(15)
        ]
    assert len(found) == 30


CALLS = ("open", "write", "fsync", "replace", "unlink", "close")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_any_instant_a_file_holds_the_old_decisions_or_the_new(tmp_path: Path) -> None:
    """And takes the next one."""
    instant, died = 0, True
    while died:
        path = tmp_path / str(instant) / "decisions.jsonl"
        decisions.record(path, decision())
        child = os.fork()
        if not child:
            passed = 0

            def wrapped(call: Any, instant: int = instant) -> Any:
                def with_death(*arguments: Any, **named: Any) -> Any:
                    nonlocal passed
                    if passed == instant:
                        os.kill(os.getpid(), signal.SIGKILL)
                    passed += 1
                    return call(*arguments, **named)

                return with_death

            status = 1
            try:
                for name in CALLS:
                    setattr(os, name, wrapped(getattr(os, name)))
                decisions.record(path, decision(entry="new:1"))
                status = 0
            finally:
                os._exit(status)
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        found = [item.entry for item in decisions.read(path)]
        assert found in (["made-up:12"], ["made-up:12", "new:1"])
        decisions.record(path, decision(entry="next:1"))
        assert [item.entry for item in decisions.read(path)] == [*found, "next:1"]
        instant += 1
    assert instant > 10
