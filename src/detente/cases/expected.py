"""What a case may expect of an answer, and everything that is wrong with what one does expect.

An expectation that no answer has, or that any answer would satisfy, is a problem: a slip of the
hand must not make a case empty.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from detente.cases.model import Kind
from detente.errors import Problem, nearest
from detente.law.asof import Status
from detente.law.read import Document
from detente.law.regime import Regime
from detente.relief.assess import LETTERS
from detente.relief.letter import Letter, WayOut
from detente.relief.rules import RULES


class Words(msgspec.Struct, frozen=True):
    """One word of a closed vocabulary."""

    known: tuple[str, ...]


class Ids(msgspec.Struct, frozen=True):
    """Some ids of a table: those expected must be among the answer's."""

    table: str


class Each(msgspec.Struct, frozen=True):
    """An expectation for each of some rows of a table."""

    table: str
    sort: Sort


Sort = str | Words | Ids | Each | dict[str, Any]
"""What may be expected: a word for a plain value (see ``_PLAIN``), one of the above, or a block."""

_PLAIN: Final[dict[str, tuple[type | tuple[type, ...], str]]] = {
    "flag": (bool, "true or false"),
    "whole": (int, "a whole number"),
    "text": (str, "a word or text"),
    "part": ((str, list), "a text that the answer contains, or a list of them"),
    "list": (list, "a list"),
}

_TRUTH: Final = Words(("met", "unmet", "unknown"))

PATH: Final[dict[str, Sort]] = {
    "letter": Words(typing.get_args(Letter)),
    "value": Words((*_TRUTH.known, "blocked")),
    "gate": "text",
    "granted": _TRUTH,
    "discretionary": "flag",
    "asks_for_conduct": "flag",
    "decided_by": "text",
    "missing": "list",
    "lapses": "text",
    "waits_for": "part",
}
"""What may be expected of a path, or of a condition judged by itself."""

_COUNTS: Final[dict[str, Sort]] = {
    **dict.fromkeys(
        ("asked", "in_force", "findings_only", "conduct_bound", "no_ending_path",
         "unknown_in_force"), "whole",
    ),
    **dict.fromkeys(("letter", "letter_if_kept"), Each("letters", "whole")),
}  # fmt: skip

EXPECTED: Final[dict[Kind, dict[str, Sort]]] = {
    "measure": {
        "letter": Words(typing.get_args(Letter)),
        "reason": "part",
        "in_force": "flag",
        "status": Words(typing.get_args(Status)),
        "state": "part",
        "way_out": Words(typing.get_args(WayOut)),
        "path": Each("paths", PATH),
        "easing": Each("paths", PATH),
        "no_path": Ids("paths"),
        "eases": Ids("paths"),
        "grounds": Each("requirements", _TRUTH),
        "missing": "list",
    },
    "offer": {
        "counts": _COUNTS,
        "letter": Each("letters", "whole"),
        "letter_if_kept": Each("letters", "whole"),
        "letters": Each("measures", Words(typing.get_args(Letter))),
        "rules": Each("rules", Words(("accept", "counter", "walk-away"))),
        "earned": Each("rules", "whole"),
        "beside": Each("rules", "part"),
        "reached": Each("", _TRUTH),
        "touched": Each("areas", "whole"),
        "shares": Each("areas", "list"),
        "floor": Each("measures", "part"),
        "revives": Each("measures", "list"),
    },
    "condition": PATH,
    "row": {"says": Each("", "part"), "has": "part", "lacks": "part"},
}
"""What may be expected of what a case asks about, by name."""


class Checker:
    """Finds what is wrong with the expectations of one case, each with its line."""

    def __init__(self, doc: Document, regime: Regime, problems: list[Problem]) -> None:
        self.doc = doc
        self.problems = problems
        self.tables: dict[str, Iterable[str]] = {
            "paths": regime.paths,
            "requirements": regime.requirements,
            "measures": regime.measures,
            "areas": regime.areas,
            "rules": RULES,
            "letters": LETTERS,
        }

    def block(self, raw: Mapping[str, Any], known: Mapping[str, Sort]) -> None:
        """Check each expectation of a block against what answers there are."""
        if not raw:
            self._report(raw, None, "expects nothing", f"name one of {', '.join(known)}")
        for key, item in raw.items():
            if key in known:
                self._item(raw, key, item, known[key])
            else:
                advice = nearest(key, known)
                self._report(raw, key, f"expects {key!r}, which no answer has", advice)

    def _item(self, holder: object, key: object, item: object, sort: Sort) -> None:
        if item in (None, "", {}) or (item == [] and (sort == "part" or isinstance(sort, Ids))):
            self._report(holder, key, f"expects nothing of {key}", "say what, or leave it out")
        elif isinstance(sort, (dict, Each)):
            self._mapping(holder, key, item, sort)
        elif isinstance(sort, Words):
            if not isinstance(item, str) or item not in sort.known:
                what = f"expects {key} to be {str(item)[:60]!r}"
                self._report(holder, key, what, nearest(str(item)[:60], sort.known))
        elif isinstance(sort, Ids):
            self._ids(holder, key, item, sort.table)
        else:
            self._plain(holder, key, item, sort)

    def _mapping(self, holder: object, key: object, item: object, sort: Sort) -> None:
        if not isinstance(item, dict):
            what = f"expects {key} to be {str(item)[:60]!r}"
            self._report(holder, key, what, "write it as a mapping: name: what is expected")
        elif isinstance(sort, Each):
            for id_, inner in item.items():
                self._known(item, id_, id_, sort.table)
                if isinstance(sort.sort, dict) and isinstance(inner, dict) and inner:
                    self.block(inner, sort.sort)
                else:
                    self._item(item, id_, inner, sort.sort)
        elif isinstance(sort, dict):
            self.block(item, sort)

    def _ids(self, holder: object, key: object, item: object, table: str) -> None:
        if not isinstance(item, list):
            self._report(holder, key, f"expects {key} to be no list", "write [id, id]")
            return
        for number, id_ in enumerate(item):
            self._known(item, number, id_, table)

    def _known(self, holder: object, key: object, id_: object, table: str) -> None:
        known = self.tables.get(table)
        if known is not None and not (isinstance(id_, str) and id_ in known):
            what = f"expects something of the unknown {table.rstrip('s')} {str(id_)[:80]!r}"
            self._report(holder, key, what, nearest(str(id_)[:80], known))

    def _plain(self, holder: object, key: object, item: object, sort: str) -> None:
        kinds, words = _PLAIN[sort]
        fits = isinstance(item, kinds) and (sort == "flag" or not isinstance(item, bool))
        if fits and sort == "part" and isinstance(item, list):
            fits = all(isinstance(part, str) and part for part in item)
        if not fits:
            what = f"expects {key} to be {str(item)[:60]!r}"
            self._report(holder, key, what, f"write {words}")

    def _report(self, holder: object, key: object, problem: str, suggestion: str) -> None:
        line = self.doc.line(holder, key)
        self.problems.append(Problem(self.doc.file, line, None, problem, suggestion))
