"""Where a user's own data are kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def store(given: str | None = None) -> Path:
    """Return the path of the store: the one given, ``DETENTE_STORE``, or the platform's place."""
    named = given or os.environ.get("DETENTE_STORE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "detente" / "detente.store"


def ledger(given: str | None = None) -> Path:
    """Return the path of the ledger: a file of its own, beside the store."""
    beside = store(given)
    return beside.with_name(beside.stem + ".ledger.jsonl")
