"""Hangul syllables: the class of each, the Latin spellings of each, and what names use.

A *class* is what is left of a syllable when everything is merged that one usual system of
romanisation or another does not write: tense and aspirated consonants with plain ones (``k`` for
ㄱ ㄲ ㅋ, ``t``, ``p``, ``j``), the vowels that only a breve tells apart (``o`` for ㅓ ㅗ, ``yo``,
``u`` for ㅜ ㅡ), and an initial ㄹ with what the initial-sound law makes of it. It is written like
a name in a newspaper: 룡 and 용 are ``yong``, 철 is ``jol``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

FIRST: Final = 0xAC00
LAST: Final = 0xD7A3


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"

_INITIAL_CLASS: Final = _words("k k n t t r m p p s s - j j j k t p h")
_MEDIAL_CLASS: Final = _words("a ae ya ye o e yo ye o wa oe oe yo u wo oe wi yu u ui i")
_FINAL_CLASS: Final = _words("- k k k n n n t l k m l l l l l m p p t t ng t t k t p t")

_INITIAL_SPELLED: Final = (
    "g k gh1", "kk gg1 k1", "n", "d t", "tt dd1 t1", "r l n1 rh1", "m", "b p", "pp bb1 p1",
    "s", "ss s1", "-", "j ch tj2 dj2 z2", "jj ch1 j1", "ch j1 tch1", "k kh1", "t th1", "p ph1", "h",
)  # fmt: skip
"""By initial: its spellings, each with how unusual it is. An ``s`` before i is ``sh`` as well."""

_MEDIAL_SPELLED: Final = """
ㅏ a ah1
ㅐ ae ai1 ay1 ea2 e2.5
ㅑ ya yah1
ㅒ yae
ㅓ eo o u0.5c uh1 ou2c oh1o eou2c eoh1o yeo2.5c you2.5c yo2.5c
ㅔ e ae2o ea2o ay2o eh1o ei2o ey1o
ㅕ yeo yo yu0.5c you0.5c yuh1 yeu2c yeou2c yoh1o
ㅖ ye yae1o yea1o ae2o ay2o ey2o eh2o yeh1o ea2.5o
ㅗ o oh1o
ㅘ wa oa2 wah1o
ㅙ wae
ㅚ oe oi1 oy1 we1 wae2 woe1z
ㅛ yo yoh1o
ㅜ u oo woo0z woo2i wu1z ou2 uu2
ㅝ wo weo wu2
ㅞ we
ㅟ wi wee1 ui1 whi2
ㅠ yu yoo you1 yuu2 yew2o
ㅡ eu u0.5 oo2c
ㅢ ui eui uy1 euy1 yi2z ee1i i1i hee2z
ㅣ i ee1 yi1z ie2 ih1z ye3 ii2
"""
"""By vowel: its spellings, each with how unusual it is and where alone it is used: in a closed
(c) or open (o) syllable, without (z) or with (i) an initial consonant."""

_FINAL_SPELLED: Final = {
    "-": "-", "k": "k g ck1 c2", "n": "n nn2", "t": "t d1 s1", "l": "l r2 ll2 le3", "m": "m",
    "p": "p b", "ng": "ng",
}  # fmt: skip

_YALE_INITIAL: Final = _words("k kk n t tt l m p pp s ss - c cc ch kh th ph h")
_YALE_MEDIAL: Final = _words("a ay ya yay e ey ye yey o wa way oy yo wu we wey wi yu u uy i")

_FOLDER: Final = Path(__file__).parent


class Family(NamedTuple):
    """A family name: its class and how common it is, from 1, the commonest, to 4."""

    key: str
    tier: int


class Families(NamedTuple):
    """Family names by the ways of writing them.

    Attributes:
        latin: by Latin spelling.
        yale: by spelling in the Yale system.
        hangul: by Hangul.
        han: by Hanja; the first that a name can be is the usual one.
    """

    latin: dict[str, tuple[Family, ...]]
    yale: dict[str, tuple[Family, ...]]
    hangul: dict[str, Family]
    han: dict[str, tuple[Family, ...]]


class Spelled(NamedTuple):
    """One class that a Latin syllable can be, and how likely that is, in rough logarithms."""

    key: str
    weight: float


def is_hangul(text: str) -> bool:
    """Whether a text is composed Hangul syllables and nothing else."""
    return bool(text) and all(FIRST <= ord(letter) <= LAST for letter in text)


@lru_cache(maxsize=2048)
def class_of(syllable: str) -> str:
    """Return the class of a composed Hangul syllable (``철``: ``jol``)."""
    first, middle, last = _parts(syllable)
    initial, medial = _INITIAL_CLASS[first].strip("-"), _MEDIAL_CLASS[middle]
    if initial in ("r", "n") and medial[0] == "y":
        initial = ""
    elif initial == "r":
        initial = "" if medial == "i" else "n"
    if medial == "ui" and initial:
        medial = "i"
    if initial == "j":
        medial = medial.removeprefix("y")
    return initial + medial + _FINAL_CLASS[last].strip("-")


def classes(text: str) -> str:
    """Return the classes of several syllables as one word (``남궁``: ``namkung``)."""
    return "".join(map(class_of, text))


@lru_cache(maxsize=1)
def given() -> dict[str, tuple[Spelled, ...]]:
    """Return what each Latin spelling of a syllable of a given name can be, likeliest first."""
    return _inverted(_spellings)


@lru_cache(maxsize=1)
def given_yale() -> dict[str, tuple[Spelled, ...]]:
    """Return the same for the Yale system, whose vowel letters mean other vowels elsewhere."""
    return _inverted(_yale)


@lru_cache(maxsize=1)
def in_names() -> dict[str, int]:
    """Return the syllables of given names, by how common they are: 3 very common, 0 rare."""
    found: dict[str, int] = {}
    for row in _rows("hangul_given.txt"):
        for syllable in row[1:]:
            found.setdefault(syllable, int(row[0]))
    return found


@lru_cache(maxsize=1)
def families() -> Families:
    """Return the family names in use."""
    latin: dict[str, dict[str, int]] = {}
    yale: dict[str, dict[str, int]] = {}
    hangul: dict[str, Family] = {}
    han: dict[str, list[Family]] = {}
    for tier, name, characters, *spellings in _rows("hangul_families.txt"):
        family = Family(classes(name), int(tier))
        hangul.setdefault(name, family)
        for at in range(0, len(characters), len(name)):
            known = han.setdefault(characters[at : at + len(name)], [])
            if family.key not in (item.key for item in known):
                known.append(family)
        usual = (
            [spelled for spelled, cost in _spellings(name) if not cost] if len(name) == 1 else []
        )
        for spelling in spellings + usual:
            latin.setdefault(spelling, {}).setdefault(family.key, family.tier)
        if len(name) == 1:
            yale.setdefault(next(_yale(name))[0], {}).setdefault(family.key, family.tier)
    return Families(_ranked(latin), _ranked(yale), hangul, {k: tuple(v) for k, v in han.items()})


def _ranked(table: dict[str, dict[str, int]]) -> dict[str, tuple[Family, ...]]:
    """Family names by spelling, the commonest first."""
    return {
        spelling: tuple(sorted((Family(*item) for item in rows.items()), key=lambda row: row.tier))
        for spelling, rows in table.items()
    }


def _rows(file: str) -> Iterator[list[str]]:
    """The rows of a table, without its comments."""
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def _parts(syllable: str) -> tuple[int, int, int]:
    """The numbers of the initial, the vowel and the final of a composed syllable."""
    code = ord(syllable) - FIRST
    return code // 588, code % 588 // 28, code % 28


def _inverted(
    spell: Callable[[str], Iterator[tuple[str, float]]],
) -> dict[str, tuple[Spelled, ...]]:
    """By spelling: the classes of the syllables so spelled, with their best weights."""
    found: dict[str, dict[str, float]] = {}
    for syllable, band in in_names().items():
        key = class_of(syllable)
        for spelling, unusual in spell(syllable):
            known = found.setdefault(spelling, {})
            known[key] = max(known.get(key, -9.0), band - unusual)
    return {
        spelling: tuple(
            Spelled(key, weight) for key, weight in sorted(known.items(), key=lambda item: -item[1])
        )
        for spelling, known in found.items()
    }


def _spellings(syllable: str) -> Iterator[tuple[str, float]]:
    """Every spelling of a syllable but Yale's, with how unusual it is; some perhaps twice."""
    first, middle, last = _parts(syllable)
    bare, final = _INITIALS[first] == "ㅇ", _FINAL_CLASS[last]
    barred = ("o" if last else "c") + ("i" if bare else "z")
    for medial in _medials()[_MEDIALS[middle]]:
        where = medial[-1] if medial[-2:-1].isdigit() else ""
        if where and where in barred:
            continue
        vowel, vowel_cost = _priced(medial.removesuffix(where))
        initials = _INITIAL_SPELLED[first]
        if initials[0] == "s" and vowel[0] in "iey":
            initials += " sh"
        if initials == "h" and vowel[0] == "w":
            initials += " wh1"
        for initial, cost in map(_priced, initials.split()):
            joined = initial + (vowel[1:] if initial == "wh" else vowel)
            for closing, closing_cost in map(_priced, _FINAL_SPELLED[final].split()):
                yield joined + closing, cost + vowel_cost + closing_cost


@lru_cache(maxsize=1)
def _medials() -> dict[str, list[str]]:
    """The spellings of each vowel."""
    rows = map(str.split, _MEDIAL_SPELLED.strip().splitlines())
    return {vowel: spellings for vowel, *spellings in rows}


def _priced(item: str) -> tuple[str, float]:
    """A spelling and how unusual it is (``uh1``); a hyphen stands for no letter at all."""
    if item == "-":
        return "", 0.0
    letters = item.rstrip(".0123456789")
    return letters, float(item[len(letters) :] or 0)


def _yale(syllable: str) -> Iterator[tuple[str, float]]:
    """The spellings of a syllable in the Yale system, which may write wu as u behind m and p."""
    first, middle, last = _parts(syllable)
    initial, vowel = _YALE_INITIAL[first].strip("-"), _YALE_MEDIAL[middle]
    final = _FINAL_CLASS[last].strip("-")
    if vowel == "wu" and initial[:1] in ("m", "p"):
        yield initial + "u" + final, 0.0
    yield initial + vowel + final, 0.0
