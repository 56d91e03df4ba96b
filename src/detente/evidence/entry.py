"""From what a user types to a finding for the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, Final

from detente.errors import UsageError
from detente.evidence.files import SUBJECTS, problems_of
from detente.evidence.model import Finding
from detente.law.decode import decode
from detente.law.read import Document
from detente.law.regime import Regime

_RANGES: Final = ("fraction", "probability")


def finding_of(given: Mapping[str, object], regime: Regime, taken: Set[str]) -> Finding:
    """Return the finding that the options of ``evidence add`` describe.

    Args:
        given: option values by field; None or an empty value where not given.
        regime: the regime it is about.
        taken: ids that cannot be used.

    Raises:
        UsageError: the finding makes no sense; the message says what would.
    """
    raw: dict[str, Any] = {
        key: value for key, value in given.items() if value not in (None, (), "")
    }
    raw = {key.rstrip("_"): list(v) if isinstance(v, tuple) else v for key, v in raw.items()}
    for name in _RANGES:
        if name in raw:
            raw[name] = _range(name, str(raw[name]))
    if not raw.get("arguable"):
        raw.pop("arguable", None)
    raw.setdefault("id", _new_id(raw, taken))
    doc = Document("evidence add", raw, {})
    problems: list[Any] = []
    finding = decode(Finding, raw, doc, problems)
    if finding is None:
        first = problems[0]
        raise UsageError(f"--{first.problem}; {first.suggestion}")
    for problem, suggestion in problems_of(finding, regime):
        raise UsageError(f"the finding {problem}; {suggestion}")
    return finding


def _range(name: str, text: str) -> dict[str, float]:
    try:
        low, central, high = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--{name} {text!r} is no range; write 0.1,0.2,0.4") from None
    return {"low": low, "central": central, "high": high}


def _new_id(raw: Mapping[str, Any], taken: Set[str]) -> str:
    """An id from subject and date, with a number where that is taken."""
    subject = next((raw[name] for name in SUBJECTS if name in raw), "finding")
    base = f"{subject}-{raw.get('happened', '')}"
    number, id_ = 1, base
    while id_ in taken:
        number += 1
        id_ = f"{base}-{number}"
    return id_
