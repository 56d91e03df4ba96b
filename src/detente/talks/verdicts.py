"""The verdict of a check, before it is joined with its claim."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Verdict = Literal["holds", "partly", "fails", "not-checkable"]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found.

    Attributes:
        verdict: the verdict.
        why: why, in a sentence or two.
        citation: what it rests on.
        numbers: the numbers behind it.
        confidence: how they are known.
    """

    verdict: Verdict
    why: str
    citation: str
    numbers: dict[str, Any] = {}
    confidence: str = "computed"


def graded(part: int, whole: int) -> Verdict:
    """Return ``holds`` where all do, ``fails`` where none does, else ``partly``."""
    if not whole:
        return "not-checkable"
    return "holds" if part == whole else "partly" if part else "fails"
