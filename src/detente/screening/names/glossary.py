"""What words in the names of organisations mean, where they are translated and not transliterated.

The Arabic word for movement stands on lists as Harakat here and as Movement there. A name in
another script is read both ways.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")


def translated(text: str, script: str) -> str | None:
    """Return a name with the words that are known in English; None where none is.

    Args:
        text: the name.
        script: the script of most of its letters: ``Arab``, ``Cyrl``, ``Hang`` or ``Hani``.
    """
    words = _glossary().get(script)
    if words is None:
        return None
    if script in ("Hang", "Hani"):
        found = _runs(script).sub(lambda run: f" {words[run[0]]} ", text)
    else:
        found = _WORD.sub(lambda word: words.get(word[0].lower(), word[0]), text)
    return None if found == text else " ".join(found.split())


@lru_cache(maxsize=2)
def _runs(script: str) -> re.Pattern[str]:
    """The words of a script without spaces, the longest first."""
    words = sorted(_glossary()[script], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


@lru_cache(maxsize=1)
def _glossary() -> dict[str, dict[str, str]]:
    """For each script its words in English; of two meanings the first."""
    found: dict[str, dict[str, str]] = {}
    for line in (Path(__file__).parent / "glossary.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, words = line.partition(":")
        *english, script = head.split()
        for word in words.split(";"):
            found.setdefault(script, {}).setdefault(word.strip(), " ".join(english))
    return found
