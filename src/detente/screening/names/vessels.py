"""What stands before the names of ships and says what they are: M/V, MT, SS."""

from __future__ import annotations

from typing import Final

_WORDS: Final = frozenset(
    ("mv", "mt", "ms", "ss", "mts", "mvs", "msv", "fv", "sv", "rv", "lpg", "lng", "vlcc", "tss",
     "mtv", "ts", "fpso", "vessel", "motorvessel", "tanker", "steamship", "nave", "sudno")
)  # fmt: skip
_LETTERS: Final = frozenset(
    (("m", "v"), ("m", "t"), ("m", "s"), ("s", "s"), ("s", "v"), ("f", "v"), ("t", "s"),
     ("motor", "vessel"), ("motor", "tanker"), ("merchant", "vessel"), ("m", "tanker"),
     ("oil", "tanker"), ("t", "k"))
)  # fmt: skip
"""Two words that stand for one prefix: M/V is split at the stroke."""


def stripped(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a ship's name without its prefix, and all words where nothing else is left.

    Args:
        words: folded words, split at all but letters and digits.
    """
    if len(words) > 2 and words[:2] in _LETTERS:
        return words[2:]
    if len(words) > 1 and words[0] in _WORDS:
        return words[1:]
    return words
