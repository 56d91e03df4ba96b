"""Forms of given names: what people are called and what their papers say.

Bill is William, and Georgi is George in another language. Two forms of one name are near, not
equal: a Bill may be no William, so that ``same`` grades them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from detente.screening.names import phrases

SAME: Final = 0.87
"""What two forms are worth that are one name in other languages: Yusuf, Joseph. Fewer people go by
both than by a name and its short form."""
SHORT: Final = 0.92
"""What a name and a short form of it are worth: William, Bill."""
SIBLINGS: Final = 0.8
"""What two short forms of one name are worth: Bill, Will."""
_WORTH: Final = {"same": SAME, "short": SHORT}


def same(one: str, other: str) -> float:
    """Return how far two folded words are forms of one given name, from 0 to 1; symmetric."""
    if one == other:
        return 1.0
    names = _names()
    first, second = names.get(one), names.get(other)
    if first is None or second is None:
        return 0.0
    return max((_worth(first[name], second[name]) for name in first.keys() & second), default=0.0)


def _worth(one: float, other: float) -> float:
    """What two forms of one name are worth, from what each is worth as a form of it."""
    return SIBLINGS if one == other == SHORT else min(one, other)


@lru_cache(maxsize=1 << 14)
def forms(word: str) -> tuple[str, ...]:
    """Return the other forms of a given name, in alphabetical order; none for other words."""
    names = _names().get(word, {})
    return tuple(sorted({form for name in names for form in _forms()[name]} - {word}))


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, float]]:
    """For every form the names that it is a form of, and what it is worth as such."""
    found: dict[str, dict[str, float]] = {}
    for row in phrases.rows("nicknames.txt"):
        (relation,) = row.rest
        found.setdefault(row.label, {})[row.label] = 1.0
        for form, _ in row.spellings:
            held = found.setdefault(form, {})
            held[row.label] = max(_WORTH[relation], held.get(row.label, 0.0))
    return found


@lru_cache(maxsize=1)
def _forms() -> dict[str, list[str]]:
    """The forms of every name."""
    found: dict[str, list[str]] = {}
    for form, names in _names().items():
        for name in names:
            found.setdefault(name, []).append(form)
    return found
