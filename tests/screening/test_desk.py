"""From a store to a hit with its law: editions, days, decisions, receipts, and the command line."""

import csv
import json
import os
from pathlib import Path

import made
import pytest

import detente
from detente import parties
from detente.cli.main import main
from detente.errors import UsageError
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


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["screen"], "name somebody"),
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
