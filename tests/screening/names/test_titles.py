"""Forms of address, ranks and degrees beside the names of persons."""

from __future__ import annotations

from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names.phrases import rows
from detente.screening.names.titles import NAME, is_weak, marked

TABLE = rows("titles.txt")
SPELLINGS = sorted({word for row in TABLE for word, _ in row.spellings})
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def titles(name: str) -> list[tuple[str, str]]:
    """Return the words of each title in a name, and its class."""
    words = tuple(name.split())
    return [(" ".join(words[start:stop]), label) for start, stop, label in marked(words)]


@pytest.mark.parametrize(
    ("name", "title", "label"),
    [
        ("mr john smith", "mr", "mr"),
        ("monsieur jean dupont", "monsieur", "mr"),
        ("senora maria lopez", "senora", "mrs"),
        ("dr ahmed ali", "dr", "dr"),
        ("d r ahmed ali", "d r", "dr"),
        ("ahmed ali dr", "dr", "dr"),
        ("prof dr hans muller", "prof dr", "prof"),
        ("ingeniero juan perez", "ingeniero", "engineer"),
        ("general mayor ivan petrov", "general mayor", "general"),
        ("lt gen john smith", "lt gen", "general"),
        ("ivan petrov general polkovnik", "general polkovnik", "general"),
        ("his excellency john smith", "his excellency", "highness"),
        ("h e john smith", "h e", "highness"),
        ("sheikh hasina", "sheikh", "sheikh"),
        ("mullah omar", "mullah", "mullah"),
        ("grand ayatollah ali khamenei", "grand ayatollah", "mullah"),
        ("haji abdul ghani", "haji", "haji"),
        ("sayyid ali khamenei", "sayyid", "sayyid"),
        ("john smith jr", "jr", "suffix-jr"),
        ("john smith ii", "ii", "suffix-number"),
        ("hans muller ph d", "ph d", "suffix-degree"),
        ("smith john m a", "m a", "suffix-degree"),
    ],
)
def test_titles_of_many_languages_are_found(name: str, title: str, label: str) -> None:
    """Before the name and after it, as a word or letter by letter."""
    assert titles(name) == [(title, label)]


def test_a_name_may_have_a_row_of_titles() -> None:
    """What begins a name may be followed by what may only begin one."""
    assert titles("mr john smith esq") == [("mr", "mr"), ("esq", "suffix-degree")]
    assert titles("col ret john smith") == [("col", "colonel"), ("ret", "retired")]


@pytest.mark.parametrize(
    "name",
    [
        "martin luther king",
        "haibatullah akhundzada",
        "ibrahim al sheikh",
        "john sir smith",
        "juan carlos don",
        "jr john smith",
        "j e smith",
        "m a smith",
    ],
)
def test_where_a_title_is_a_family_name_it_is_none(name: str) -> None:
    """Few titles stand last, and initials are not titles."""
    assert titles(name) == []


@pytest.mark.parametrize(
    "name", ["king abdullah", "sultan ahmed", "major petrov", "king sultan prince"]
)
def test_a_weak_title_stays_where_one_word_would_be_left(name: str) -> None:
    """Sultan Ahmed is called Sultan."""
    assert titles(name) == []


def test_a_weak_title_goes_where_two_words_are_left() -> None:
    """Beside a strong title the words of both are counted."""
    assert titles("sultan ahmed khan") == [("sultan", "king")]
    assert titles("dr sultan ahmed") == [("dr", "dr")]
    assert titles("dr sultan ahmed khan") == [("dr", "dr"), ("sultan", "king")]


@pytest.mark.parametrize(
    "name", ["mr", "dr", "general", "mr dr", "mr mr mr mr", "prof dr", "king", "jr"]
)
def test_a_name_of_nothing_but_titles_has_none(name: str) -> None:
    """Something must be left to compare."""
    assert titles(name) == []


def test_which_titles_are_weak() -> None:
    """Those that are names, and no class that is not known."""
    assert is_weak("king")
    assert is_weak("sayyid")
    assert not is_weak("dr")
    assert not is_weak("unheard")
    assert {row.rest for row in TABLE} == {("weak",), ("strong",)}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("presidnt vladimir putin", "presidnt"),
        ("colonal john smith", "colonal"),
        ("leiutenant john smith", "leiutenant"),
        ("vice presdent john smith", "vice presdent"),
    ],
)
def test_a_rank_is_found_with_one_letter_wrong(name: str, title: str) -> None:
    """Long words of which no family name is a mistake."""
    assert [item for item, _ in titles(name)] == [title]


@pytest.mark.parametrize(
    "name",
    [
        "sherman harry varney",
        "sheiman viktar uladzimiravich",
        "mousavi abdolrahim hosein",
        "chaplin nikita yuryevich",
        "marquez monsalve jorge",
        "hamad awad sarhan hasan",
        "lacava evangelista rafael alejandro",
    ],
)
def test_a_family_name_is_no_mistyped_title(name: str) -> None:
    """One letter parts these from Shriman, Moulavi, Chaplain, Marques, Sarhang and Evangelist."""
    assert titles(name) == []


NAMES = st.lists(
    st.sampled_from(SPELLINGS).map(str.split)
    | st.text(LETTERS, min_size=1, max_size=9).map(lambda word: [word]),
    max_size=8,
).map(lambda parts: tuple(chain.from_iterable(parts)))


@given(NAMES)
def test_stretches_are_in_order_and_leave_enough_words(words: tuple[str, ...]) -> None:
    """A name keeps a word, and two where a weak title goes."""
    found = marked(words)
    assert all(0 <= start < stop <= len(words) for start, stop, _ in found)
    assert all(stop <= start for (_, stop, _), (start, _, _) in pairwise(found))
    left = len(words) - sum(stop - start for start, stop, _ in found)
    assert not found or left >= 1
    assert left >= NAME or not any(is_weak(label) for _, _, label in found)


def test_no_name_is_left_without_a_word() -> None:
    """Whatever the title, alone it is a name."""
    for spelling in SPELLINGS:
        words = tuple(spelling.split())
        assert sum(stop - start for start, stop, _ in marked(words)) < len(words)


@pytest.mark.parametrize(
    "words",
    [
        ("general" * 1500,) * 3,
        tuple("hedrmaphdltgenmbeobesirj"),
        ("h", "e") * 5_000,
        ("vice", "prime") * 5_000,
        ("presidnt",) * 5_000,
        ("king", "general") * 5_000,
    ],
    ids=["long", "letters", "h e", "beginnings", "mistakes", "titles"],
)
def test_a_hostile_name_is_read(words: tuple[str, ...]) -> None:
    """Long words, letters and titles without end cost no more than other words."""
    assert sum(stop - start for start, stop, _ in marked(words)) < len(words)
