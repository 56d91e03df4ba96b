"""The reader of tables of words, and the search for their spellings in a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names.phrases import Found, Row, find, rows, table

TREE = table(
    [
        Row("ltd", (), (("limited", "any"), ("ltd", "end"), ("co ltd", "any"))),
        Row("sarl", (), (("sarl", "end"), ("societe a responsabilite limitee", "any"))),
        Row("sa", (), (("s a", "end"), ("sa", "end"))),
        Row("late", (), (("limited", "any"), ("bank", "any"))),
    ]
)
TABLES = ["legal_forms.txt", "titles.txt", "geography.txt", "bindings.txt"]


def found(name: str) -> list[tuple[str, str]]:
    """Return the words of each spelling found in a name, and its class."""
    words = tuple(name.split())
    return [(" ".join(words[item.start : item.stop]), item.label) for item in find(words, TREE)]


@pytest.mark.parametrize("name", TABLES)
def test_every_line_of_a_table_has_a_class_and_plain_spellings(name: str) -> None:
    """A spelling is looked for among folded words, so it must be made of them."""
    lines = rows(name)
    assert lines
    for line in lines:
        assert line.label
        for spelling, _ in line.spellings:
            assert spelling == " ".join(spelling.split()).lower()
            assert spelling.replace(" ", "").isalnum()


@pytest.mark.parametrize("name", ["legal_forms.txt", "titles.txt"])
def test_every_spelling_of_a_table_is_found_whole(name: str) -> None:
    """Between other words, one stretch covers a spelling from its first word to its last."""
    lines = rows(name)
    tree = table(lines)
    for line in lines:
        for spelling, _ in line.spellings:
            words = ("qqqq", *spelling.split(), "qqqq")
            assert [(item.start, item.stop) for item in find(words, tree)] == [(1, len(words) - 1)]


def test_short_spellings_count_at_the_end_and_signs_say_where() -> None:
    """A sign is no part of the spelling."""
    where = {
        spelling: place
        for row in rows("titles.txt")
        if row.label in ("mr", "suffix-jr", "suffix-degree", "dr")
        for spelling, place in row.spellings
    }
    assert where["mr"] == "any"
    assert where["shri"] == "edge"
    assert where["jr"] == "after"
    assert where["phd"] == "end"
    assert where["dra"] == "end"
    assert where["doctor"] == "any"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acme co ltd", [("co ltd", "ltd")]),
        ("acme s a r l", [("s a r l", "sarl")]),
        ("acme s a", [("s a", "sa")]),
        ("acme sa sarl", [("sa", "sa"), ("sarl", "sarl")]),
        ("limited bank", [("limited", "ltd"), ("bank", "late")]),
        ("acme co", []),
        ("", []),
    ],
)
def test_the_longest_spelling_is_found_and_the_first_line_keeps_it(
    name: str, expected: list[tuple[str, str]]
) -> None:
    """Letters in a row are a word; a word of two classes has the first one's."""
    assert found(name) == expected


@pytest.mark.parametrize("word", ["limted", "limitted", "limitde", "limired", "imited", "limitedd"])
def test_a_long_word_is_found_with_one_letter_wrong(word: str) -> None:
    """A letter too few, too many, another one, or two that changed places."""
    assert found(f"acme {word}") == [(word, "ltd")]


@pytest.mark.parametrize("word", ["limit", "lmtd", "limbed", "sarls", "ltdd", "banks", "baank"])
def test_short_words_and_two_mistakes_are_not_forgiven(word: str) -> None:
    """What is one letter from a short word is more often another word."""
    assert found(f"acme {word}") == []


def test_a_phrase_has_one_mistake_at_most() -> None:
    """Two wrong words are another phrase."""
    assert found("societe a responsabilte limitee") == [("societe a responsabilte limitee", "sarl")]
    assert found("societee a responsabilte limitee") == []


@pytest.mark.parametrize("name", ["c s a", "s a b", "a b s a r"])
def test_a_name_of_letters_is_not_cut(name: str) -> None:
    """The S.A. of C.S.A. is no form."""
    assert found(name) == []


def test_letters_in_a_row_may_end_in_a_spelling() -> None:
    """X.Y.Z. S.A. is a name of letters and a form."""
    assert found("x y z s a") == [("s a", "sa")]


def test_a_table_may_say_which_words_are_forgiven_and_which_are_right() -> None:
    """Other words are then found only as they are spelt."""
    lines = [Row("mr", (), (("shriman", "any"),)), Row("general", (), (("general", "any"),))]
    tree = table(lines, forgiven=frozenset(("general", "admiral")), right=frozenset(("generali",)))
    assert find(("shriman",), tree) == [Found(0, 1, "mr", "any")]
    assert find(("sherman",), tree) == []
    assert find(("generl",), tree) == [Found(0, 1, "general", "any")]
    assert find(("generali",), tree) == []
    assert find(("admirl",), tree) == []


WORDS = st.sampled_from(
    [
        "limited",
        "ltd",
        "co",
        "s",
        "a",
        "r",
        "l",
        "sarl",
        "societe",
        "responsabilite",
        "limitee",
        "bank",
        "x",
    ]
)


@given(st.lists(WORDS | st.text("abs ltd", max_size=9), max_size=24).map(tuple))
def test_stretches_are_in_order_and_do_not_overlap(words: tuple[str, ...]) -> None:
    """Each is within the name and has at least one word."""
    stop = 0
    for item in find(words, TREE):
        assert stop <= item.start < item.stop <= len(words)
        stop = item.stop


@pytest.mark.parametrize(
    "words",
    [
        ("limited" * 2000,) * 24,
        ("s",) * 10_000,
        ("co", "ltd") * 10_000,
        ("societe", "a", "responsabilite") * 5_000,
        ("limitde",) * 10_000,
    ],
    ids=["long words", "letters", "forms", "beginnings", "mistakes"],
)
def test_a_name_without_end_is_searched(words: tuple[str, ...]) -> None:
    """Nobody can make the search slow with a name."""
    assert all(item.stop <= len(words) for item in find(words, TREE))
