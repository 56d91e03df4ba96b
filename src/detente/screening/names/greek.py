"""Latin readings of names in Greek letters, whose spelling keeps sounds that are gone."""

# ruff: noqa: RUF001 - its letters look like Latin ones

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = {
    ord(letter): latin
    for letter, latin in (
        ("α", "a"), ("β", "v"), ("γ", "g"), ("δ", "d"), ("ε", "e"), ("ζ", "z"), ("η", "i"),
        ("θ", "th"), ("ι", "i"), ("κ", "k"), ("λ", "l"), ("μ", "m"), ("ν", "n"), ("ξ", "x"),
        ("ο", "o"), ("π", "p"), ("ρ", "r"), ("σ", "s"), ("τ", "t"), ("υ", "y"), ("φ", "f"),
        ("χ", "ch"), ("ψ", "ps"), ("ω", "o"),
    )
}  # fmt: skip
_VOICED: Final = "αεηιουωβγδζλμνρ"
_TOGETHER: Final = (
    (r"ου", "u"), (r"αι", "e"), (r"[εο]ι|υι", "i"),
    (rf"([αε])υ(?=[{_VOICED}])", r"\1β"), (r"([αε])υ", r"\1φ"),
    (r"\bμπ", "b"), (r"\bντ", "d"), (r"\bγκ", "g"), (r"γ(?=[γκξχ])", "ν"),
)  # fmt: skip
"""What letters sound like together."""
_HEARD: Final = (
    (r"μπ", "b"), (r"ντ", "d"), (r"νκ|νγ", "ng"), (r"\bγ(?=ι[αου])ι", "y"), (r"\bγ(?=[ειη])", "y"),
    (r"χ", "h"), (r"υ", "i"),
)  # fmt: skip
"""What English ears make of others."""


def readings(text: str) -> tuple[str, str]:
    """Return how a word reads by the official rules and how it sounds.

    Args:
        text: small Greek letters, with or without accents.
    """
    parts = "".join(unicodedata.normalize("NFD", char) for char in text)
    # a dieresis parts two vowels, so that they do not sound together
    parts = re.sub("\u0308", "'", parts)
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    bare = re.sub(r"([αεο])([ιυ])'", r"\1'\2", bare).replace("ς", "σ")
    for written, sound in _TOGETHER:
        bare = re.sub(written, sound, bare)
    heard = bare
    for written, sound in _HEARD:
        heard = re.sub(written, sound, heard)
    official, spoken = (row.translate(_LETTERS).replace("'", "") for row in (bare, heard))
    return official.replace("u", "ou"), spoken
