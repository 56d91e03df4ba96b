"""The index: the same from the same parties, however it came about, and safe to read."""

import random
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import PARTIES

from detente.entities.model import Name, Party
from detente.errors import DataError
from detente.screening.index.index import Index, built, opened
from detente.screening.index.layout import write
from detente.screening.index.records import records_of
from detente.screening.model import Query
from detente.screening.screener import Screener

ALL = list(records_of(PARTIES))
WHOLE = built(ALL)


def test_the_order_of_parties_makes_no_difference() -> None:
    """The same parties in any order make the same bytes."""
    shuffled = random.Random(5).sample(ALL, len(ALL))
    assert built(shuffled) == WHOLE


@given(st.sets(st.integers(0, len(ALL) - 1)), st.sets(st.integers(0, len(ALL) - 1)))
@settings(max_examples=25, deadline=None)
def test_an_index_made_of_an_older_one_is_the_one_made_anew(old: set[int], new: set[int]) -> None:
    """Parties that go and come leave no trace."""
    older = Index(built([ALL[at] for at in old]))
    kept = {record.id: place for place, record in enumerate(older.records(range(older.parties)))}
    both = [place for id_, place in kept.items() if id_ in {ALL[at].id for at in new}]
    records = list(older.records(both)) + [ALL[at] for at in new if ALL[at].id not in kept]
    assert built(records, older.known()) == built([ALL[at] for at in new])


def test_records_come_back_as_they_were_put_in() -> None:
    """Nothing of a party is lost in the file."""
    index = Index(WHOLE)
    assert sorted(index.records(range(index.parties))) == sorted(ALL)
    assert [index.party(at).id for at in range(index.parties)] == sorted(p.id for p in PARTIES)


def test_an_empty_index_answers_nothing() -> None:
    """No parties, no hits, no error."""
    assert Screener.from_parties(()).screen(Query(name="Anybody")) == []


@pytest.mark.parametrize("cut", [0, 7, 30, 500, len(WHOLE) // 2, len(WHOLE) - 65])
def test_a_file_that_was_cut_off_is_refused(cut: int, tmp_path: Path) -> None:
    """A half-written index is told from a whole one."""
    path = tmp_path / "half.index"
    path.write_bytes(WHOLE[:cut])
    with pytest.raises((DataError, ValueError)):
        opened(path)


def test_a_mapped_index_answers_as_one_in_memory(tmp_path: Path) -> None:
    """Where the bytes are makes no difference."""
    path = tmp_path / "whole.index"
    write(path, WHOLE)
    mapped, held = Screener(opened(path)), Screener(Index(WHOLE))
    for party in PARTIES:
        assert mapped.screen(Query(name=party.name)) == held.screen(Query(name=party.name))


def test_every_party_is_found_under_each_of_its_names() -> None:
    """As written, whatever the script."""
    screener = Screener(Index(WHOLE))
    missed = [
        name.text
        for party in PARTIES
        for name in party.names
        if party.id not in {hit.party.id for hit in screener.screen(Query(name=name.text))}
    ]
    assert missed == []


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    """The words that are kept from earlier questions change nothing."""
    warm = Screener(Index(WHOLE))
    asked = [Query(name=party.name) for party in PARTIES]
    forwards = list(warm.screen_many(asked))
    backwards = [Screener(Index(WHOLE)).screen(query) for query in reversed(asked)]
    assert forwards == backwards[::-1]


HOSTILE = ["", " ", "\0", "a" * 1_000_000, "\u202eabc\u202c", "😀 😀", "̈" * 5000, "- - -",
           "1 2 3", "\u0627" * 3000, "김" * 3000, "金" * 3000, "()" * 400, "O'" * 300,
           "a b " * 5000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_gets_a_clean_answer(text: str) -> None:
    """Asked for or listed, it neither fails nor takes for ever."""
    assert isinstance(Screener(Index(WHOLE)).screen(Query(name=text)), list)
    party = Party(source="un-sc", entry="x", kind="person", names=(Name(text=text or "-"),))
    assert Screener.from_parties((party,)).screen(Query(name="Somebody Else")) == []


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_asked_for(text: str) -> None:
    """Whatever the letters."""
    for hit in SCREENER.screen(Query(name=text)):
        assert 0.5 <= hit.score <= 1


SCREENER = Screener(Index(WHOLE))


def test_looking_up_finds_what_scoring_everything_finds() -> None:
    """The index leaves out one hit in a thousand at most, for names with a letter changed."""
    luck = Random(3)
    found = lost = 0
    for party in PARTIES:
        letters = [at for at, letter in enumerate(party.name) if letter.isalpha()]
        for at in luck.sample(letters, min(12, len(letters))):
            name = party.name[:at] + luck.choice("aeioukxq") + party.name[at + 1 :]
            query = Query(name=name, kind=party.kind)
            looked_up = {hit.party.id: hit.score for hit in SCREENER.screen(query)}
            for hit in SCREENER.exhaustive(query):
                found += 1
                lost += looked_up.get(hit.party.id) != hit.score
    assert found > 600
    assert lost <= found / 1000, f"{lost} of {found}"
