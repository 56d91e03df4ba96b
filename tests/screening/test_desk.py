"""From a store to a hit with its law: editions, days, decisions, receipts, and the command line."""

import csv
import json
import os
from pathlib import Path

import made
import msgspec
import pytest

import detente
from detente import batches, parties
from detente.cli.main import main
from detente.errors import UsageError
from detente.monitor.hits import Hits
from detente.screening.index import index as indexes
from detente.screening.index import layout
from detente.screening.model import Query
from detente.screening.opening import open_index


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a store with two editions of one list and one of another."""
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "lists.store"))
    monkeypatch.chdir(tmp_path)
    made.write_lists(tmp_path)
    assert main(["lists", "import", *map(str, sorted(tmp_path.glob("sdn/*/sdn.csv")))]) == 0
    assert main(["lists", "import", "un/consolidated.xml"]) == 0
    return tmp_path / "lists.store"


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    """Return what a command answers in JSON."""
    capsys.readouterr()
    assert main([*words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_hit_names_list_entry_authority_measures_since_and_ways_out(store: Path) -> None:
    """All that a compliance officer is asked for."""
    found = parties.screen(parties.desk(store), Query(name="Strelsau Bank"))
    hits = {hit.source: hit for hit in found.hits}
    assert set(hits) == {"ofac-sdn", "un-sc"}
    assert hits["ofac-sdn"].entry == "ofac-sdn:104"
    assert hits["ofac-sdn"].programmes == ("DPRK",)
    assert hits["ofac-sdn"].authority[0] == "eo-13551"
    assert "us-eo13551" in hits["ofac-sdn"].measures
    assert hits["un-sc"].since == "2016-03-02"
    ways = [way for ground in hits["un-sc"].grounds for way in ground.ways]
    assert any(way.kind == "delisting" for way in ways)
    assert all(way.citation and way.decided_by for way in ways)


def test_a_day_in_the_past_is_screened_against_its_own_lists(store: Path) -> None:
    """Anna Smith came off between two editions."""
    now, then = parties.desk(store), parties.desk(store, as_of="2018-06-01")
    query = Query(name="Anna Smith", kind="person")
    assert [hit.source for hit in parties.screen(now, query).hits] == ["un-sc"]
    assert [hit.source for hit in parties.screen(then, query).hits] == ["ofac-sdn"]
    assert then.opened.editions == {"ofac-sdn": "2018-01-26", "un-sc": None}


def test_a_day_before_every_edition_is_refused(store: Path) -> None:
    """Nothing is known of it, so nobody is said not to be listed."""
    with pytest.raises(UsageError, match="no list by 2001-01-01"):
        parties.desk(store, as_of="2001-01-01")


def test_a_tag_that_no_regime_explains_is_kept(store: Path) -> None:
    """Unknown is not nothing."""
    found = parties.screen(parties.desk(store, regimes=["iran"]), Query(name="Strelsau Bank"))
    ofac = next(hit for hit in found.hits if hit.source == "ofac-sdn")
    assert [ground.how for ground in ofac.grounds] == ["unmapped"]
    assert ofac.authority == ("tag DPRK",)


def test_the_index_is_cached_and_another_is_made_of_it(store: Path) -> None:
    """Parties that are in both are taken over; a second opening makes nothing."""
    first = open_index(store)
    assert first.reused == 0
    assert open_index(store).reused is None
    past = open_index(store, "2018-06-01")
    assert past.reused == 1
    assert past.listed.parties == 4


def test_a_damaged_cache_is_made_again(store: Path) -> None:
    """A cache is never trusted more than the store."""
    digest = open_index(store).listed.digest
    for path in Path(os.environ["DETENTE_CACHE"]).glob("screening/*.index"):
        path.write_bytes(path.read_bytes()[:-200])
    again = open_index(store)
    assert again.reused == 0
    assert again.listed.digest == digest


@pytest.mark.parametrize("left_out", ["word_row", "pair_row", "party_digest", "number_name"])
def test_an_index_of_another_layout_is_made_again(store: Path, left_out: str) -> None:
    """Whatever array it lacks, also one that is looked at only later."""
    digest = open_index(store).listed.digest
    (path,) = Path(os.environ["DETENTE_CACHE"]).glob("screening/*.index")
    arrays, _ = layout.unpacked(path.read_bytes(), indexes.VERSION, "")
    del arrays[left_out]
    path.write_bytes(layout.packed(arrays, indexes.VERSION))
    again = open_index(store)
    assert (again.reused, again.listed.digest) == (0, digest)


def test_an_index_that_cannot_be_cached_still_answers(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file stands where the cache should be."""
    (tmp_path / "blocked").write_text("")
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "blocked"))
    assert parties.screen(parties.desk(store), Query(name="Hentzau Shipping")).hits


def test_the_same_question_has_the_same_receipt(store: Path) -> None:
    """What an answer depends on is in its receipt, and nothing else is."""
    query = Query(name="Anna Smith")
    one = parties.screen(parties.desk(store), query)
    again = parties.screen(parties.desk(store), query)
    assert one == again
    other = parties.screen(parties.desk(store, threshold=0.6), query)
    assert other.receipt.configuration != one.receipt.configuration
    past = parties.screen(parties.desk(store, as_of="2018-06-01"), query)
    assert past.receipt.index != one.receipt.index


def test_an_answer_can_be_replayed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer kept as JSON is given again, or the difference is told."""
    assert main(["screen", "Anna Smith", "--format", "json", "-o", "answer.json"]) == 0
    assert main(["screen", "--replay", "answer.json"]) == 0
    kept = json.loads(Path("answer.json").read_text())
    kept["hits"][0]["score"] = 0.123
    Path("changed.json").write_text(json.dumps(kept))
    assert main(["screen", "--replay", "changed.json"]) == 1
    assert "hits" in capsys.readouterr().err
    assert main(["screen", "--replay", "changed.json", "--format", "json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["changed"] == ["hits"]
    assert told.err == ""


IRAN = made.un_entry("IRe.001", "ZENDA WORKS", "2010-06-09", "Iran")


def test_a_replay_is_of_the_law_and_the_editions_of_its_answer(store: Path) -> None:
    """Without a day the law is that known last; lists that came later are no difference."""
    name, data = next(iter(made.un([IRAN], "2017-10-29T23:09:49Z").items()))
    alone = Path("alone")
    alone.mkdir()
    (alone / name).write_bytes(data)
    assert main(["lists", "import", f"alone/{name}", "--store", "alone.store"]) == 0
    words = ["screen", "Zenda Works", "--store", "alone.store"]
    assert main([*words, "--format", "json", "-o", "answer.json"]) == 0
    kept = msgspec.json.decode(Path("answer.json").read_bytes(), type=Hits)
    assert kept.hits[0].grounds[0].how == "inferred"
    assert parties.replayed("alone.store", kept) == []
    day = parties.screen(parties.desk("alone.store", as_of="2017-10-29"), kept.query)
    assert day.hits[0].grounds != kept.hits[0].grounds
    assert main(["lists", "import", "sdn/2018-01-26/sdn.csv", "--store", "alone.store"]) == 0
    assert parties.replayed("alone.store", kept) == []


def test_changed_law_is_told_as_law(store: Path) -> None:
    """And not as another answer of the lists."""
    kept = parties.screen(parties.desk(store), Query(name="Strelsau Bank"))
    assert kept.receipt.law.keys() == set(kept.regimes)
    nobody = parties.screen(parties.desk(store), Query(name="Nobody At All"))
    assert nobody.receipt.law == {}
    receipt = msgspec.structs.replace(kept.receipt, law={"dprk": "another"})
    hits = tuple(msgspec.structs.replace(hit, measures=("another",)) for hit in kept.hits)
    other = msgspec.structs.replace(kept, receipt=receipt, hits=hits)
    assert parties.replayed(store, other) == ["law"]


def test_a_cleared_hit_stays_away_until_the_entry_changes(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a batch it is left out; asked by name it is shown with the decision."""
    Path("table.csv").write_text("name\nStrelsau Bank\n")
    words = ["screen", "--file", "table.csv", "--workers", "1", "--anew", "-o", "hits.csv"]
    assert main(words) == 0
    assert Path("hits.csv").read_text().count("\n") == 3
    decided = ["decide", "ofac-sdn:104", "Strelsau Bank", "cleared", "--by", "A. Clerk",
               "--why", "another bank of that name", "--on", "2019-02-01"]  # fmt: skip
    assert main(decided) == 0
    assert main(words) == 0
    assert "ofac-sdn:104" not in Path("hits.csv").read_text()
    found = asked(capsys, "screen", "Strelsau Bank")
    hits = found["hits"]
    assert isinstance(hits, list)
    ofac = next(hit for hit in hits if hit["entry"] == "ofac-sdn:104")
    assert ofac["decision"]["by"] == "A. Clerk"
    assert ofac["decision_stands"] is True
    day = Path("sdn/2019-03-01")
    day.mkdir()
    for name, data in made.ofac([made.sdn_row("104", "STRELSAU BANK", "DPRK4")]).items():
        (day / name).write_bytes(data)
    assert main(["lists", "import", "sdn/2019-03-01/sdn.csv", "--force"]) == 0
    assert main(words) == 0
    assert "ofac-sdn:104" in Path("hits.csv").read_text()
    assert asked(capsys, "decisions")["schema"] == "detente.decisions/1"


def test_a_batch_has_the_columns_that_programs_rely_on(store: Path) -> None:
    """row,query,score,entry,name,source,programmes,authority,measures,since,why."""
    Path("table.csv").write_text("name,dob\nNobody At All,\nAnna Smith,1962-02-12\n")
    assert main(["screen", "--file", "table.csv", "-o", "hits.csv", "--workers", "2"]) == 0
    header, *rows = Path("hits.csv").read_text().splitlines()
    assert header == "row,query,score,entry,name,source,programmes,authority,measures,since,why"
    assert [row.split(",")[:2] for row in rows] == [["2", "Anna Smith"]]


def test_what_a_new_edition_changed_is_told_apart(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hits that came, went or changed since a day, and no others."""
    Path("table.csv").write_text("name\nAnna Smith\nHentzau Shipping\nStrelsau Bank\n")
    words = ["screen", "--file", "table.csv", "--since", "2018-06-01", "-o", "changes.csv"]
    assert main([*words, "--workers", "1"]) == 0
    rows = list(csv.reader(Path("changes.csv").read_text().splitlines()))
    told = {(row[1], row[3], row[-1].split(":")[0]) for row in rows[1:]}
    assert ("Anna Smith", "ofac-sdn:102", "gone") in told
    assert ("Hentzau Shipping", "ofac-sdn:105", "new") in told
    assert not [row for row in told if row[1] == "ofac-sdn:104"]


CLEARED = ("cleared", "--by", "A. Clerk", "--why", "another", "--on", "2019-02-01")


def test_a_cleared_hit_is_no_change_and_no_failure(store: Path) -> None:
    """What somebody has cleared comes back with no run, until its entry changes."""
    Path("table.csv").write_text("first_name,last_name\nHentzau,Shipping\n")
    words = ["screen", "--file", "table.csv", "-o", "out.csv", "--workers", "1", "--fail"]
    since = [*words, "--since", "2018-06-01"]
    assert main(words) == main(since) == main(["screen", "Hentzau Shipping", "--fail"]) == 1
    for entry in ("ofac-sdn:105", "un-sc:KPe.902"):
        assert main(["decide", entry, "Hentzau Shipping", *CLEARED]) == 0
    assert main(words) == main(since) == main(["screen", "Hentzau Shipping", "--fail"]) == 0
    assert Path("out.csv").read_text().count("\n") == 1


def test_a_batch_is_of_one_state_of_the_decisions(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that was stopped goes on with no others, and no process answers by others."""
    from detente.screening.bulk import journal

    Path("table.csv").write_text("name\nStrelsau Bank\n")
    words = ["screen", "--file", "table.csv", "-o", "out.csv", "--workers", "1"]
    state = parties.desk(store).state
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal.Journal, "finish", lambda *_: None)
        assert main(words) == 0
    assert main(["decide", "ofac-sdn:104", "Strelsau Bank", *CLEARED]) == 0
    capsys.readouterr()
    assert main([*words, "--resume"]) == 2
    assert "its decisions changed since; begin anew" in capsys.readouterr().err
    assert main(words) == 0
    assert "ofac-sdn:104" not in Path("out.csv").read_text()
    with pytest.raises(UsageError, match="decisions changed while the table was screened"):
        batches.answerer(str(store), None, [state])


def test_a_table_in_json_lines_has_the_ids_of_its_rows(store: Path) -> None:
    """In CSV the columns are those that programs rely on."""
    Path("table.csv").write_text("customer_id,name\nK-1,Nobody\nK-2,Strelsau Bank\n")
    words = ["screen", "--file", "table.csv", "--workers", "1", "-o"]
    assert main([*words, "hits.jsonl"]) == main([*words, "hits.csv"]) == 0
    rows = [json.loads(line) for line in Path("hits.jsonl").read_text().splitlines()]
    assert {(row["row"], row["id"]) for row in rows} == {(2, "K-2")}
    assert "K-2" not in Path("hits.csv").read_text()


def test_a_batch_counts_who_is_ruled_out(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ship with another number leaves a trace in the summary."""
    Path("ships.csv").write_text("name,imo\nBetter Hope,9074729\n")
    words = ["screen", "--file", "ships.csv", "-o", "h.csv", "--workers", "1"]
    assert asked(capsys, *words)["ruled_out"] == 1
    assert main(words) == 0
    assert "0 hits on 0 rows; 1 party ruled out by number" in capsys.readouterr().err


def test_a_name_of_which_nothing_can_be_read_does_not_stop_a_table(store: Path) -> None:
    """It is told, and the next row is screened."""
    Path("table.csv").write_text("name\n🙂\nStrelsau Bank\n", encoding="utf-8")
    assert main(["screen", "--file", "table.csv", "-o", "hits.csv", "--workers", "1"]) == 0
    assert "1,2,nothing of the name" in Path("hits.errors.csv").read_text("utf-8")
    assert Path("hits.csv").read_text().count("\n") == 3


def test_no_hit_as_csv_is_a_header(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So that a program reads an empty table."""
    capsys.readouterr()
    assert main(["screen", "Nobody At All", "--format", "csv"]) == 0
    header = "row,query,score,entry,name,source,programmes,authority,measures,since,why\n"
    assert capsys.readouterr().out == header


def test_each_way_out_is_shown_once(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However many hits rest on the measure; each row of law has its citation and confidence."""
    assert main(["screen", "Strelsau Bank", "--explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    titles = [line for line in lines if line.startswith("Ways out of ")]
    assert len(titles) == len(set(titles)) >= 2
    assert any("the list does not say since when" in line for line in lines)
    assert any("since 2016-03-02" in line for line in lines)
    assert any("[verified" in line or "[from" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["screen"], "name somebody"),
        (["screen", "🙂"], "nothing of the name"),
        (["screen", "X", "--file", "t.csv"], "give one of the two"),
        (["screen", "X", "--since", "2018-01-01"], "--since means nothing to one NAME"),
        (["screen", "X", "--workers", "2"], "--workers means nothing to one NAME"),
        (["screen", "X", "--anew"], "--resume means nothing to one NAME"),
        (["screen", "--file", "t.csv", "-o", "h.csv", "--dob", "1962"], "--dob means nothing"),
        (["screen", "--file", "t.csv", "-o", "h.csv", "--kind", "person"], "--kind means nothing"),
        (["screen", "--file", "t.csv", "-o", "h.csv", "--format", "csv"], "no form of a table"),
        (["screen", "--replay", "a.json", "--threshold", "0.6"], "means nothing to --replay"),
        (["screen", "X", "--replay", "a.json"], "NAME means nothing to --replay"),
        (
            [
                "screen",
                "--file",
                "t.csv",
                "-o",
                "h.csv",
                "--since",
                "2019-02-01",
                "--as-of",
                "2018-06-01",
            ],
            "is later than --as-of",
        ),
        (
            ["screen", "--file", "t.csv", "-o", "h.csv", "--since", "2018-06-01", "--limit", "3"],
            "--limit means nothing",
        ),
        (["screen", "Nobody At All", "--regime", "dprkk"], "did you mean dprk"),
        (["screen", "X", "--decisions", "none.jsonl"], "none.jsonl is not there"),
        (["decisions", "--decisions", "none.jsonl"], "none.jsonl is not there"),
        (["compare", "A", "--file", "pairs.csv"], "ONE means nothing to a table"),
        (["screen", " "], "the name is empty"),
        (["screen", "X", "--dob", "32.13.2001"], "is no date"),
        (["screen", "X", "--country", "Atlantis"], "no country is called"),
        (["screen", "X", "--id", "imoo=1"], "KIND=NUMBER"),
        (["screen", "X", "--threshold", "7"], "no probability"),
        (["screen", "X", "--as-of", "2001-01-01"], "no list by"),
        (["screen", "--file", "nothing.csv", "-o", "h.csv"], "cannot be read"),
        (["screen", "--file", "un/consolidated.xml"], "-o hits.csv"),
        (["screen", "--replay", "nothing.json"], "cannot be read"),
        (["compare", "one"], "two names"),
        (["compare", "--file", "nothing.csv"], "cannot be read"),
        (["decide", "ofac-sdn:9", "X", "cleared", "--by", "a", "--why", "b"], "no entry"),
    ],
)
def test_bad_input_gets_one_line(
    store: Path, capsys: pytest.CaptureFixture[str], words: list[str], text: str
) -> None:
    """What, where, and what to do; exit code 2."""
    assert main(words) == 2
    told = capsys.readouterr().err
    assert text in told
    assert told.count("\n") == 1


def test_screening_is_offered_to_notebooks() -> None:
    """The names of the package."""
    assert {"Query", "Screener", "compare", "desk", "screen"} <= set(detente.__all__)


def test_a_table_of_pairs_gets_score_and_match(store: Path) -> None:
    """The input's columns, and two more."""
    Path("pairs.csv").write_text(
        'schema,name1,name2\nPerson,Anna Smith,"SMITH, Anna"\nCompany,Acme Ltd,Zenith AG\n'
    )
    assert main(["compare", "--file", "pairs.csv", "-o", "out.csv"]) == 0
    header, first, second = Path("out.csv").read_text().splitlines()
    assert header == "schema,name1,name2,score,match"
    assert first.endswith(",true")
    assert second.endswith(",false")
    assert main(["compare", "--file", "pairs.csv", "-o", "out.json", "--format", "json"]) == 0
    found = json.loads(Path("out.json").read_text())
    assert found["schema"] == "detente.comparisons/1"
    assert [pair["match"] for pair in found["pairs"]] == [True, False]
    assert {"schema", "name1", "name2", "score"} <= found["pairs"][0].keys()
