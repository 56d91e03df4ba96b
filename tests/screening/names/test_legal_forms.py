"""Legal forms in the names of organisations, and which of them agree."""

from __future__ import annotations

from itertools import chain, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names.legal_forms import agree, marked
from detente.screening.names.phrases import rows

CLASSES = sorted({row.label for row in rows("legal_forms.txt")})
SPELLINGS = sorted({word for row in rows("legal_forms.txt") for word, _ in row.spellings})
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def forms(name: str) -> list[tuple[str, str]]:
    """Return the words of each form in a name, and its class."""
    words = tuple(name.split())
    return [(" ".join(words[start:stop]), label) for start, stop, label in marked(words)]


@pytest.mark.parametrize(
    ("name", "form", "label"),
    [
        ("acme ltd", "ltd", "ltd"),
        ("acme limited", "limited", "ltd"),
        ("acme co ltd", "co ltd", "ltd"),
        ("acme pte ltd", "pte ltd", "ltd/pte"),
        ("tata sons private limited", "private limited", "ltd/pvt"),
        ("acme inc", "inc", "inc"),
        ("acme l l c", "l l c", "llc"),
        ("acme plc", "plc", "plc"),
        ("muller gmbh", "gmbh", "gmbh"),
        ("muller gesellschaft mit beschrankter haftung", None, "gmbh"),
        ("muller gmbh and co kg", "gmbh and co kg", "kg"),
        ("siemens ag", "ag", "ag"),
        ("total s a", "s a", "sa"),
        ("dupont societe a responsabilite limitee", None, "sarl"),
        ("pemex s a de c v", "s a de c v", "sa/mx"),
        ("construtora ltda", "ltda", "ltda"),
        ("fiat s p a", "s p a", "spa"),
        ("rossi s r l", "s r l", "llc/srl"),
        ("philips n v", "n v", "nv"),
        ("jansen b v", "b v", "bv"),
        ("volvo aktiebolaget", "aktiebolaget", "ab"),
        ("nokia oyj", "oyj", "oy/public"),
        ("maersk a s", "a s", "as"),
        ("orlen sp z o o", "sp z o o", "zoo"),
        ("skoda s r o", "s r o", "sro"),
        ("magyar olaj kft", "kft", "kft"),
        ("romashka ooo", "ooo", "llc"),
        ("o o o romashka", "o o o", "llc"),
        ("obshchestvo s ogranichennoy otvetstvennostyu romashka", None, "llc"),
        ("pao gazprom", "pao", "jsc/public"),
        ("otkrytoe aktsionernoe obshchestvo gazprom", None, "jsc/open"),
        ("tov roshen", "tov", "llc"),
        ("belaz oao", "oao", "jsc/open"),
        ("inzhstroy d o o", "d o o", "doo"),
        ("arcelik anonim sirketi", "anonim sirketi", "as"),
        ("yildiz sanayi ve ticaret limited sirketi", None, "tr-ltd"),
        ("toyota kabushiki kaisha", "kabushiki kaisha", "kk"),
        ("samsung chusik hoesa", "chusik hoesa", "chusik"),
        ("huawei youxian gongsi", "youxian gongsi", "cnco"),
        ("petronas sdn bhd", "sdn bhd", "sdnbhd"),
        ("pt astra", "pt", "pt"),
        ("cong ty tnhh hoa sen", "cong ty tnhh", "tnhh"),
        ("acme fze", "fze", "fz"),
        ("doha steel w l l", "w l l", "wll"),
    ],
)
def test_forms_of_many_countries_are_found(name: str, form: str | None, label: str) -> None:
    """Written out, as a word or letter by letter; None where all but one word is the form."""
    found = forms(name)
    assert [item for _, item in found] == [label]
    assert form in (None, found[0][0])
    assert len(found[0][0].split()) == (
        len(name.split()) - 1 if form is None else len(form.split())
    )


@pytest.mark.parametrize(
    "name",
    [
        "as roma",
        "ad astra",
        "ag bank",
        "sa nostra",
        "co op bank",
        "hf holdings",
        "c s a",
        "a b c",
        "melli bank foundation",
        "aga khan trust holding",
        "ansar al sharia in tunisia",
        "bonyad taavon basij",
    ],
)
def test_words_that_only_look_like_forms_are_none(name: str) -> None:
    """Short forms count at the end, and words that carry meaning are no forms."""
    assert forms(name) == []


def test_no_name_is_left_without_a_word() -> None:
    """A name that is a form is what there is to compare."""
    for spelling in SPELLINGS:
        words = tuple(spelling.split())
        assert sum(stop - start for start, stop, _ in marked(words)) < len(words)


@pytest.mark.parametrize(
    "name", ["company", "co ltd", "ooo", "gmbh co kg", "s a", "company limited"]
)
def test_a_name_of_nothing_but_forms_has_none(name: str) -> None:
    """Whoever is called Company Limited is called that."""
    assert forms(name) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acme ag hong kong", [("ag", "ag")]),
        ("acme b v netherlands", [("b v", "bv")]),
        ("acme inc united arab emirates", [("inc", "inc")]),
        ("acme llc fze", [("llc", "llc"), ("fze", "fz")]),
        ("acme co ltd beijing branch", [("co ltd", "ltd"), ("branch", "branch")]),
        ("acme ag trading", []),
    ],
)
def test_the_end_may_be_followed_by_a_place_or_another_form(
    name: str, expected: list[tuple[str, str]]
) -> None:
    """A branch names its country or city after the form; any other word makes the form a word."""
    assert forms(name) == expected


@pytest.mark.parametrize(
    "word", ["limted", "limitde", "corporaton", "incorporatd", "aktiengesellschft"]
)
def test_a_form_is_found_with_one_letter_wrong(word: str) -> None:
    """Clerks mistype long words."""
    assert forms(f"acme {word}") != []


@pytest.mark.parametrize("word", ["gmbx", "lltd", "plcs", "oooo", "sarlo"])
def test_a_short_form_is_not(word: str) -> None:
    """One letter from a short form is any word."""
    assert forms(f"acme {word}") == []


@pytest.mark.parametrize(
    ("a", "b", "worth"),
    [
        ("gmbh", "gmbh", 1.0),
        ("ltd", "ltd/pte", 0.8),
        ("jsc/open", "jsc/public", 0.8),
        ("ltd", "inc", 0.8),
        ("ltd", "llc", 0.8),
        ("llc", "gmbh", 0.8),
        ("jsc", "ag", 0.8),
        ("bv", "co", 0.6),
        ("ltd", "ag", 0.6),
        ("gmbh", "ag", 0.0),
        ("gmbh", "bv", 0.0),
        ("sa", "sarl", 0.0),
        ("gmbh", "unheard", 0.0),
        ("unheard", "of", 0.0),
    ],
)
def test_how_well_forms_agree(a: str, b: str, worth: float) -> None:
    """One form, its varieties, what stands for it in English, and what is another form."""
    assert agree(a, b) == agree(b, a) == worth


def test_agreement_is_the_same_both_ways_and_whole_on_itself() -> None:
    """Every class of the table with every other."""
    for a, b in product(CLASSES, CLASSES):
        assert agree(a, b) == agree(b, a)
        assert agree(a, b) in ((1.0,) if a == b else (0.0, 0.6, 0.8))


@given(st.text(max_size=9), st.text(max_size=9) | st.sampled_from(CLASSES))
def test_any_two_texts_agree_somehow(a: str, b: str) -> None:
    """A class from an older table is not known, never an error."""
    assert 0.0 <= agree(a, b) == agree(b, a) <= 1.0
    assert agree(a, a) == 1.0


PARTS = st.sampled_from(SPELLINGS).map(str.split)
OTHERS = st.text(LETTERS, min_size=1, max_size=9).map(lambda word: [word])
PLACES = st.sampled_from([["dubai"], ["hong", "kong"], ["russia"]])
NAMES = st.lists(PARTS | OTHERS | PLACES, max_size=8).map(
    lambda parts: tuple(chain.from_iterable(parts))
)


@given(NAMES)
def test_stretches_are_in_order_and_leave_a_word(words: tuple[str, ...]) -> None:
    """None overlaps another, and each has a class that can be compared."""
    found = marked(words)
    assert all(0 <= start < stop <= len(words) for start, stop, _ in found)
    assert all(stop <= start for (_, stop, _), (start, _, _) in pairwise(found))
    assert all(label in CLASSES for _, _, label in found)
    assert not found or sum(stop - start for start, stop, _ in found) < len(words)


@given(NAMES)
def test_a_form_at_the_end_is_taken_off(words: tuple[str, ...]) -> None:
    """Whatever the name, the end of it is the place of a form."""
    found = marked(("qqqq", *words, "qqqq", "gmbh"))
    assert found[-1] == (len(words) + 2, len(words) + 3, "gmbh")


@pytest.mark.parametrize(
    "words",
    [
        ("limited" * 1500,) * 3,
        tuple("osacltdgmbhrvkposaspaltd"),
        ("s", "a") * 12,
        ("s", "a") * 5_000,
        ("sanayi", "ve", "ticaret") * 4_000,
        ("co", "dubai") * 5_000,
        ("limitde",) * 5_000,
    ],
    ids=["long", "letters", "s a", "s a s a", "beginnings", "places", "mistakes"],
)
def test_a_hostile_name_is_read(words: tuple[str, ...]) -> None:
    """Long words, letters and beginnings of forms cost no more than other words."""
    assert sum(stop - start for start, stop, _ in marked(words)) < len(words)
