"""The claims of a brief as a page, one by one, in the brief's order."""

from __future__ import annotations

from collections import Counter
from typing import Final, get_args

from detente.report.page import Column, Line, Page, Section, Table, counted
from detente.talks.claims import Claims
from detente.talks.verdicts import Verdict

MEANING: Final[dict[str, str]] = {
    "holds": "borne out by everything that is computed for it",
    "partly": "borne out by some of it",
    "fails": "borne out by none of it",
    "not-checkable": "nothing that is known here decides it",
}
"""Each verdict in words."""


def claims_page(result: Claims) -> Page:
    """Return the page of a brief's claims."""
    counts = Counter(item.verdict for item in result.claims)
    answer = (
        Line("Brief", f"{result.publisher}, {counted(len(result.claims), 'claim')} about "
             f"{result.offer}"),
        *(Line(word, f"{counts[word]}: {MEANING[word]}") for word in get_args(Verdict)
          if counts[word]),
    )  # fmt: skip
    columns = (Column("verdict"), Column("claim", wrap=True), Column("why", wrap=True))
    rows = tuple((item.verdict, item.text, item.why) for item in result.claims)
    lines = tuple(
        f"{item.claim}: {item.citation} [{item.kind}, {item.confidence}]"
        + (f"; {item.note}" if item.note else "")
        for item in result.claims
    )
    return Page(
        f"{result.title}: its claims, checked",
        answer,
        (
            Section("Claims", "A verdict is about the sentence, not about who wrote it.",
                    Table(columns, rows)),
            Section("What each answer rests on", lines=lines),
        ),
    )  # fmt: skip
