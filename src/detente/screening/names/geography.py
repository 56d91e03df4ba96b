"""Places inside organisations' names, which tell companies of one name apart.

A bank and the bank of the same name in another country are two companies, so a name is asked
which countries, regions and cities it names, in whatever language it names them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from detente.entities import countries
from detente.screening.names import phrases

WORDS: Final = 6
"""The longest name of a place that is looked for."""
_LETTERS: Final = 60
_OTHER: Final = frozenset(("car", "rok", "man", "chad", "polish", "lao"))
"""Words that as a rule mean something else than a country inside a name."""


def place(words: str | tuple[str, ...]) -> str | None:
    """Return the place that folded words name exactly.

    Args:
        words: one word, or all words of the place: ``("hong", "kong")``.

    Returns:
        The country's ISO 3166 code in lower case, or the plain English name of a region or city,
        joined by hyphens (``new-york``); None where the words name none that is known.
    """
    return _place(words if isinstance(words, str) else " ".join(words[: WORDS + 1]))


def marked(words: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Return the stretches of a name that are places, the longest first from left to right.

    Args:
        words: folded words.

    Returns:
        For each the first word, the word after the last, and the place as ``place`` gives it.
    """
    found: list[tuple[int, int, str]] = []
    begin = _begin()
    stop = 0
    for at, word in enumerate(words):
        if at < stop:
            continue
        longest = begin.get(word, 1)
        for end in range(min(at + longest, len(words)), at, -1):
            name = _place(word if end == at + 1 else " ".join(words[at:end]))
            if name is not None:
                found.append((at, end, name))
                stop = end
                break
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def _place(words: str) -> str | None:
    if len(words) > _LETTERS:
        return None
    own = _places().get(words)
    if own is not None or words in _OTHER:
        return own
    return countries.code_of(words)


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    return {
        spelling: row.label
        for row in phrases.rows("geography.txt")
        for spelling, _ in row.spellings
    }


@lru_cache(maxsize=1)
def _begin() -> dict[str, int]:
    """How many words the longest place has that begins with a word, where it has more than one."""
    names = [*_places(), *map(str.lower, filter(None, map(countries.name_of, _codes())))]
    found: dict[str, int] = {}
    for name in names:
        first, *rest = name.split()
        if rest:
            found[first] = max(found.get(first, 1), min(1 + len(rest), WORDS))
    return found


def _codes() -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [one + other for one in letters for other in letters]
