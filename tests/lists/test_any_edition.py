"""What holds for every edition of every format, also of one that nobody published."""

import random
from itertools import pairwise

import msgspec
import pytest
from editions import EDITIONS
from fuzz_lists import mutated
from hypothesis import given
from hypothesis import strategies as st

from detente.entities.model import Party
from detente.lists.errors import ListError
from detente.lists.formats import FORMATS, recognise
from detente.lists.records import Cut, Files, Format


def form_of(name: str) -> Format:
    """Return the format of an edition of the tests."""
    return FORMATS[name.partition(" ")[0]]


def changed(files: Files, seed: int, other: bytes) -> dict[str, bytes]:
    """Return an edition of which one file is changed in some places."""
    chance = random.Random(seed)
    name = chance.choice(list(files))
    return {**files, name: mutated(b"\0" + files[name], b"\0" + other, chance)[1:]}


def check(form: Format, cut: Cut) -> None:
    """Assert all that a format promises of what it has cut."""
    for name, data in cut.files.items():
        ends = [(piece.start, piece.end) for piece in cut.pieces if piece.file == name]
        assert all(start < end for start, end in ends)
        assert all(before[1] == after[0] for before, after in pairwise(ends))
        assert (ends[0][0], ends[-1][1]) == (0, len(data)) if data else not ends
    assert {piece.file for piece in cut.pieces} <= cut.files.keys()
    assert len({record.entry for record in cut.records}) == len(cut.records)
    for record in cut.records:
        for part in record.parts:
            assert 0 <= part.start < part.end <= len(cut.files[part.file])
        party = form.read(cut, record)
        assert form.read(cut, record) == party
        assert (party.source, party.entry) == (cut.source, record.entry)
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(party), type=Party) == party
        assert party.names
        assert all(name.text for name in party.names)


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_is_whole_and_read_alike_twice(name: str) -> None:
    """Pieces cover each file, records lie in them, and parties survive being written down."""
    form = form_of(name)
    assert recognise(EDITIONS[name]) is form
    cut = form.cut(EDITIONS[name])
    assert cut.format == form.id
    assert cut.records
    check(form, cut)


@given(st.sampled_from(sorted(EDITIONS)), st.sampled_from(sorted(EDITIONS)), st.integers(0, 2**32))
def test_a_changed_edition_is_refused_or_keeps_every_promise(
    name: str, donor: str, seed: int
) -> None:
    """Texts, elements, rows and bytes that are replaced, moved, doubled or lost."""
    files, told = EDITIONS[name], ""
    for step in range(8):
        tried = changed(files, seed + step, next(iter(EDITIONS[donor].values())))
        try:
            check(form_of(name), form_of(name).cut(tried))
        except ListError as error:
            told = str(error)
        else:
            files = tried
    assert told.isprintable()
