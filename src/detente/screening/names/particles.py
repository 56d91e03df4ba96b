"""Words of names that bind others: articles, son of, servant of, father of.

Such words are written apart, with a hyphen or joined, in as many ways as there are clerks: Abd
al-Rahman, Abdul Rahman, Abdurrahman, Abderrahmane. ``bound`` brings them to one form from which the
article has gone, so that what is left to compare is how the names themselves are spelled.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from detente.screening.names import phrases

PARTICLES: Final = frozenset(
    ("al", "el", "ul", "ol", "ar", "as", "ash", "ad", "at", "az", "adh", "ath", "ur", "ud", "uz",
     "bin", "ben", "ibn", "bn", "ould", "uld", "bint", "bent", "binti", "abu", "abou", "abi",
     "umm", "abd", "aal", "ale", "van", "von", "vom", "zum", "zur", "zu", "ter", "ten", "tot",
     "der", "den", "dem", "des", "het", "de", "du", "da", "do", "dos", "das", "di", "del", "della",
     "dello", "dei", "degli", "delle", "dal", "dalla", "la", "le", "lo", "los", "las", "les", "y",
     "e", "av", "af", "mac", "mc", "fitz", "of", "the", "and", "for", "in", "und", "et", "ve",
     "st", "anak", "wa", "dela", "vander", "vanden", "a", "s")
)  # fmt: skip
"""Words that tell little of a name, whichever language they are from."""

_SPLIT: Final = {
    "dela": ("de", "la"), "delos": ("de", "los"), "delas": ("de", "las"), "vander": ("van", "der"),
    "vanden": ("van", "den"), "vonder": ("von", "der"),
}  # fmt: skip
_LONG: Final = (("aa", "a"), ("oo", "u"), ("ou", "u"), ("ee", "i"))
_VOWELS: Final = "aeiou"
_LONGEST: Final = 40
"""Letters of a word beyond which it is left as it is."""

_SERVANT: Final = re.compile(
    r"abd(?:ou|oe|[aeiou])(?:l(?P<of>.+)|(?P<solar>sh|[rsndzt])(?P<same>.+))"
)
_SLIP: Final = re.compile(
    r"(?:adb|aabd|abbd|abdd|bd|a[ghnv]d|ab[cefrstx])u[lr]|(?:adb|aabd|abbd|abdd|bd)e[lr]"
    r"|ab[eu]d[lr]|abd[lr][eu]?|abd(?:uu|ee)[lr]|abd[eu](?:ll|rr|t)|abdu[kmop]"
)
"""Servant of with one letter wrong; Abdi, Abduh, Abdyl, Adel, Adul and Bader are names."""
_FAITH: Final = re.compile(r"[aeiou]{0,2}[dl]?d(?:i|y|ee)ne?")
_GOD: Final = re.compile(r"(?P<first>.{2,}?)[aeiou]{0,3}(?:ll(?:ah|oh)|(?<=u)ll[ao])")
_HELD: Final = re.compile(
    r"(?P<first>.{3,}?)(?:[uaoe][rl]|u(?=r))"
    r"(?P<name>rahman|rehman|rahim|islam|haqq?|haque|huda|nabi|rasul|karim|zaman|mulk|alam)"
)
_SON: Final = re.compile(
    r"(?:bin|ben|ibn)(?:(?:al|el|ul)(?P<of>[^aeiou].{2,})|(?P<name>lad[aei]n|salman|zayed|rashid"
    r"|mahfouz|mahfuz|sultan|khalid|khalifa|ghazi|jelloun|yahya|hamad|saleh|salih))"
)
_MC: Final = re.compile(r"(?:mc|mac(?=[bcdfgklmnpqtvw]))(?=[a-z]{4})(?!mach|mack$)")

_PATRONYMIC: Final = re.compile(
    r".{2,}(?:[aeo]v(?:i|y)t?c?h|[aeo]vitsch|[aeoy]vn[ae]|[iy]vna|auna)"
    r"|(?:il|kuzm|fom|luk|nikit|savv|yak|fok|mosein|nik)[iy]*(?:ich|inichna|ichna)"
    r"|.{3,}(?:oghlu|oglu|ogly|oghli|uulu|kyzy|qizi|qyzy|kizi|gizi|uly|dottir)"
)


@lru_cache(maxsize=1 << 15)
def bound(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name's words with those joined that belong together, in one form of each.

    The article goes, but for one that begins a name and may be somebody's name; servant of, father
    of and names that end in God or faith become one word; son of becomes ``bin``.

    Args:
        words: folded words, split at all but letters and digits.
    """
    found: list[str] = []
    at = 0
    while at < len(words):
        at = _step(words, at, found)
    return tuple(found) or words


def is_patronymic(word: str) -> bool:
    """Return whether a word has the form of a father's name: Ivanovich, Ivanovna, Ivanoglu.

    Some family names have it too.
    """
    return _is_patronymic(word)


@lru_cache(maxsize=1 << 15)
def _is_patronymic(word: str) -> bool:
    return len(word) <= _LONGEST and _PATRONYMIC.fullmatch(word) is not None


def _step(words: tuple[str, ...], at: int, found: list[str]) -> int:
    """Read the next words into those found, and return where to go on."""
    word = words[at]
    role = _roles().get(word)
    if role is None and at + 1 < len(words) and _SLIP.fullmatch(word):
        role = "servant"
    if role is None:
        found.extend(_one(word))
        return at + 1
    if found and role in _BACKWARD:
        joined = _behind(found[-1], role, word)
        if joined is not None:
            found[-1] = joined
            return at + 1
    if at + 1 < len(words) and role in _FORWARD:
        return _ahead(words, at, role, found)
    if role == "son" and (found or word != "ben"):
        found.append("bin")
    else:
        found.extend(_one(word))
    return at + 1


_BACKWARD: Final = frozenset(("god", "faith", "faith-joined", "suffix"))
_FORWARD: Final = frozenset(
    ("article", "solar", "construct", "servant", "father", "mother", "lone")
)


def _behind(before: str, role: str, word: str) -> str | None:
    """The word before joined with one that ends names; None where they do not belong together."""
    if before in PARTICLES:
        return None
    if role == "god":
        return _of_god(before)
    if role == "suffix":
        return before + _suffixes()[word]
    first = _short(before)
    if role == "faith" and first not in _group("first"):
        return None
    return first + "din"


def _ahead(words: tuple[str, ...], at: int, role: str, found: list[str]) -> int:
    """Read a word that binds the next one, and return where to go on."""
    word, after = words[at], words[at + 1]
    if role in ("servant", "father", "mother"):
        return _named(words, at, role, found)
    if role == "lone":
        if not _lone(word, after):
            found.append(word)
            return at + 1
        found.append(("mc" if word == "mac" else word) + after)
        return at + 2
    roles = _roles()
    if found and found[-1] not in PARTICLES:
        if roles.get(after) == "faith":
            found[-1] = _short(found[-1]) + "din"
            return at + 2
        if after in _group("held-name"):
            found[-1] += after
            return at + 2
    if role == "article" and (found or after in _group("stem") or roles.get(after) == "servant"):
        return at + 1
    if role == "solar" and after.startswith(word[1:]) and len(after) > 3:
        return at + 1
    found.extend(_one(word))
    return at + 1


def _named(words: tuple[str, ...], at: int, role: str, found: list[str]) -> int:
    """Join servant, father or mother of with the name, past the article between them."""
    stop = at + 1
    while stop < len(words) - 1 and words[stop] in _group("inner"):
        stop += 1
    (name, *more) = _one(words[stop])
    if role == "servant":
        if _roles().get(words[stop]) == "god" or words[stop] in _group("god-only"):
            name = "abdullah"
        elif not name.startswith("abd"):
            name = "abd" + name
        found.extend((name, *more))
        return stop + 1
    if _roles().get(words[stop]) in ("servant", "son"):
        found.append("abu" if role == "father" else "umm")
        return at + 1
    found.extend((("abu" if role == "father" else "umm") + name, *more))
    return stop + 1


def _lone(word: str, after: str) -> bool:
    """Whether O, D, Mac or Fitz belongs to the next word."""
    if word == "o":
        return after in _group("irish")
    if word == "d":
        return after in _group("romance") or (after[0] in _VOWELS and len(after) > 3)
    return len(after) > 2


@lru_cache(maxsize=1 << 15)
def _one(word: str) -> tuple[str, ...]:
    """One word in the form it has when its parts are written apart and then bound."""
    if len(word) < 5 or len(word) > _LONGEST:
        return _SPLIT.get(word, (word,))
    if word.startswith(("bin", "ben", "ibn")) and (son := _SON.fullmatch(word)):
        return "bin", son["of"] or son["name"]
    if word.startswith("adb") and _SERVANT.fullmatch(turned := "abd" + word[3:]):
        word = turned
    if word.startswith("ab"):
        return (_servant(word),)
    if word.startswith(("al", "el")) and word[2:] in _group("stem"):
        return (word[2:],)
    if word.startswith(("mc", "mac")):
        return (_MC.sub("mc", word, count=1),)
    return _SPLIT.get(word) or (_ending(word),)


def _servant(word: str) -> str:
    """Abdurrahman as Abd and Rahman, Aboubakar as Abu and Bakar."""
    servant = _SERVANT.fullmatch(word)
    if servant is None:
        father = re.match(r"ab(?:ou|o|u)l?(?=[^aeioul].{2})", word)
        return "abu" + word[father.end() :] if father else word
    if servant["of"] is not None:
        name = servant["of"]
        if name in _group("god-only"):
            return "abdullah"
        return "abd" + name if len(name) > 2 else word
    name = servant["same"]
    if name.startswith(servant["solar"]):
        return "abd" + name
    whole = servant["solar"] + name
    return "abd" + whole if len(whole) > 3 else word


def _ending(word: str) -> str:
    """A word that ends in God or in faith, or in another name that the article held."""
    if word[-2:] in ("in", "en", "ne", "yn") and "d" in word:
        for end in range(len(word) - 3, 1, -1):
            first = _short(word[:end])
            if first in _group("first") and _FAITH.fullmatch(word[end:]):
                return first + "din"
    if "ll" in word and (god := _GOD.fullmatch(word)):
        return _of_god(god["first"])
    held = _HELD.fullmatch(word)
    return held["first"] + held["name"] if held else word


def _of_god(word: str) -> str:
    return "abdullah" if word == "abd" else (word.rstrip(_VOWELS) or word) + "ullah"


def _short(word: str) -> str:
    """A word with its long vowels short, as first parts are kept."""
    for long, short in _LONG:
        word = word.replace(long, short)
    return word


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    """What each binding word does; the groups that only hold names have no part in it."""
    known = ("god", "faith", "faith-joined", "son", "servant", "father", "mother", "article",
             "solar", "construct")  # fmt: skip
    found = {word: role for role in reversed(known) for word in _group(role)}
    found |= dict.fromkeys(_suffixes(), "suffix")
    return found | dict.fromkeys(("o", "d", "mc", "mac", "fitz"), "lone")


@lru_cache(maxsize=1)
def _suffixes() -> dict[str, str]:
    return {
        spelling: row.rest[0]
        for row in phrases.rows("bindings.txt")
        if row.label == "suffix"
        for spelling, _ in row.spellings
    }


@lru_cache(maxsize=32)
def _group(label: str) -> frozenset[str]:
    return frozenset(
        spelling
        for row in phrases.rows("bindings.txt")
        if row.label == label
        for spelling, _ in row.spellings
    )
