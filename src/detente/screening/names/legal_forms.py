"""Legal forms of organisations: where they stand in a name, and whether two of them agree.

Ltd and Limited are one form; GmbH and AG are two, and a company has only one of them. What the law
of one country calls a form is often said in English abroad, so that LLC agrees with GmbH well
enough, while the forms of two other countries do not. Words that carry meaning, such as foundation,
bank, holding or trust, are no forms.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from detente.screening.names import geography, phrases
from detente.screening.names.phrases import Found

CLOSE: Final = 0.8
"""What two forms are worth that are used for each other."""
LOOSE: Final = 0.6
"""What two forms are worth of which one says little."""
_ENGLISH: Final = frozenset(("co", "corp", "inc", "ltd", "llc"))
"""Forms that are written for each other wherever a name is put into English."""
_PLACE: Final = 4
"""Words that the name of a place after a legal form may have."""
_RIGHT: Final = frozenset(("corporativo", "sharia", "shariah", "taavon"))
"""Words that a letter parts from a form and that are none: Ansar al-Sharia has no sharika."""


class _Class(NamedTuple):
    """What is said of a class: its kind, and the countries whose law has it; none for all."""

    kind: str
    countries: frozenset[str]


@lru_cache(maxsize=1 << 14)
def marked(words: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Return the stretches of a name that are legal forms, from left to right.

    A name that would have no other word left has none.

    Args:
        words: folded words, split at all but letters and digits.

    Returns:
        For each the first word, the word after the last, and the class, as ``agree`` takes it.
    """
    found = phrases.find(words, _table())
    if not found:
        return ()
    kept = _standing(words, found)
    if sum(stop - start for start, stop, _ in kept) == len(words):
        return ()
    return kept


def _standing(words: tuple[str, ...], found: list[Found]) -> tuple[tuple[int, int, str], ...]:
    """Those that stand where they count: at the end is also before a place or another form."""
    kept: list[tuple[int, int, str]] = []
    last = len(words)
    for form in reversed(found):
        ends = _ends(words, form.stop, last)
        if (
            form.where == "any"
            or (form.where == "after" and form.start)
            or (ends and (form.start or form.where == "edge"))
            or (form.where == "edge" and not form.start)
        ):
            kept.append((form.start, form.stop, form.label))
            if ends:
                last = form.start
    return tuple(reversed(kept))


def _ends(words: tuple[str, ...], stop: int, last: int) -> bool:
    """Whether nothing but a place stands between a form and the end or the form that ends."""
    between = words[stop:last]
    return not between or (len(between) <= _PLACE and geography.place(between) is not None)


def agree(a: str, b: str) -> float:
    """Return how well two legal forms agree.

    Args:
        a: a class, as ``marked`` gives it.
        b: another.

    Returns:
        1.0 for the same form; 0.8 for varieties of one form and for forms that are used for each
        other, as Ltd and Inc, or LLC and GmbH; 0.6 where one says little, as Company; 0.0 for
        forms of different kinds or countries, and for classes that are not known.
    """
    if a == b:
        return 1.0
    return _agree(a, b) if a < b else _agree(b, a)


@lru_cache(maxsize=1 << 14)
def _agree(a: str, b: str) -> float:
    classes = _classes()
    if a not in classes or b not in classes:
        return 0.0
    one, other = classes[a], classes[b]
    families = {a.partition("/")[0], b.partition("/")[0]}
    if len(families) == 1 or families <= _ENGLISH:
        return CLOSE
    if "any" in (one.kind, other.kind):
        return LOOSE
    world = not (one.countries and other.countries)
    if one.kind == other.kind:
        return CLOSE if world or one.countries & other.countries else 0.0
    translated = families & {"ltd", "plc"} and {one.kind, other.kind} <= {"limited", "stock"}
    return LOOSE if translated else 0.0


@lru_cache(maxsize=1)
def _table() -> phrases.Table:
    return phrases.table(phrases.rows("legal_forms.txt"), right=_RIGHT)


@lru_cache(maxsize=1)
def _classes() -> dict[str, _Class]:
    found: dict[str, _Class] = {}
    for row in phrases.rows("legal_forms.txt"):
        kind, countries = row.rest
        known = frozenset(() if countries == "*" else countries.split(","))
        found.setdefault(row.label, _Class(kind, known))
    return found
