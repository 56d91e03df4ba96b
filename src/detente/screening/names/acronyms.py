"""The first letters of an organisation's name, by which it is called."""

from __future__ import annotations

from typing import Final

_SKIPPED: Final = frozenset(
    ("of", "the", "and", "for", "in", "on", "at", "to", "by", "de", "la", "le", "les", "du", "des",
     "del", "los", "las", "el", "al", "y", "e", "et", "und", "der", "die", "das", "fur", "von", "i",
     "v", "dlya", "po", "na", "da", "do", "di", "per", "a")
)  # fmt: skip
"""Words whose first letter is not said."""


def acronym(words: tuple[str, ...]) -> str:
    """Return the first letters of a name's words, without those of small words.

    Args:
        words: folded words: ("international", "atomic", "energy", "agency") makes "iaea".
    """
    return "".join(word[0] for word in words if word not in _SKIPPED)
