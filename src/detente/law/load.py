"""A regime by name or path, from the cache where its files have not changed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from detente.errors import DataError
from detente.law import find
from detente.law.cache import cached, digest
from detente.law.regime import Regime

FOLDERS: Final = (
    "instruments", "components", "precedents", "evidence", "readings", "offers", "pressure",
    "briefs",
)  # fmt: skip
"""The folders of a regime whose files are read and make its edition."""


def files(folder: Path) -> list[tuple[str, Path]]:
    """Return the YAML files of a regime by their name relative to it, sorted."""
    found = [item for item in folder.iterdir() if item.suffix == ".yaml"]
    for name in FOLDERS:
        if (folder / name).is_dir():
            found += [item for item in (folder / name).iterdir() if item.suffix == ".yaml"]
    return sorted((str(item.relative_to(folder)), item) for item in found)


def load(ref: str) -> Regime:
    """Return a regime by name or path.

    Args:
        ref: ``dprk``, another installed regime's name, or the path of a regime's folder.

    Raises:
        UnknownIdError, UsageError: there is no such regime.
        DataError: its files have problems (``detente regime validate`` lists them all).
    """
    folder = find.locate(ref)
    edition = digest(files(folder))

    def build() -> Regime:
        from detente.law.draft import draft_of, regime_of
        from detente.law.validate import check

        draft = draft_of(folder)
        check(draft)
        if draft.problems:
            raise DataError(draft.problems)
        return regime_of(draft, edition)

    regime = cached(f"regime-{folder.name}", edition, Regime, build)
    return msgspec.structs.replace(regime, folder=str(folder))
