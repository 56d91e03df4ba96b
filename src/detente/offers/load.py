"""Offers from files: found by name or path, checked against their regime."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from detente.errors import DataError, UnknownIdError, UsageError
from detente.law import find
from detente.law.cache import cached, digest
from detente.law.find import BUNDLED
from detente.law.regime import Regime
from detente.law.select import selected
from detente.offers.model import Clause, Offer, Reading


def names(regime: Regime) -> list[str]:
    """Return the names of the offers that ship with a regime."""
    return sorted(path.stem for path in (Path(regime.folder) / "offers").glob("*.yaml"))


def regime_of(ref: str) -> str | None:
    """Return the regime to which an offer belongs, without loading it.

    Args:
        ref: an offer's name, or the path of its file.

    Returns:
        The regime's name or folder; None where no regime that is found by name ships such an
        offer. A file says its regime itself; where no regime is found by that name, and the file
        lies among the offers of a regime's folder, it is that folder.
    """
    if _is_path(ref):
        from detente.law.read import read

        doc = read(Path(ref))
        named = doc.data.get("regime") if isinstance(doc.data, dict) else None
        return _found(named, Path(ref)) if isinstance(named, str) else None
    file = f"offers/{Path(ref).name}.yaml"
    found = sorted(BUNDLED.glob(f"*/{file}"))
    if found:
        return found[0].parent.parent.name
    return next((name for name, folder in _installed() if (folder / file).is_file()), None)


def _found(named: str, path: Path) -> str:
    """Return the name by which an offer's regime is found, or the folder around the offer."""
    around = path.resolve().parent.parent
    if path.resolve().parent.name != "offers" or not (around / "regime.yaml").is_file():
        return named
    try:
        find.locate(named)
    except (UnknownIdError, UsageError):
        return str(around)
    return named


def _installed() -> Iterator[tuple[str, Path]]:
    """Yield the regimes of other packages that are whole, with their folders."""
    for name, origin in find.names().items():
        if origin != "bundled":
            with contextlib.suppress(UsageError):
                yield name, find.locate(name)


def _is_path(ref: str) -> bool:
    return ref.endswith((".yaml", ".yml")) or os.sep in ref


def load(regime: Regime, ref: str) -> Offer:
    """Return an offer by the name under which it ships with ``regime``, or by path.

    Raises:
        UnknownIdError: the regime ships no offer of that name.
        DataError: the file has problems, all of them listed.
    """
    path = Path(ref) if _is_path(ref) else Path(regime.folder) / "offers" / f"{ref}.yaml"
    if not _is_path(ref) and ref not in names(regime):
        raise UnknownIdError("offer", ref, names(regime))

    def build() -> Offer:
        from detente.offers.files import check_file  # reads YAML: only a cold command does

        offer, problems = check_file(path, regime)
        if offer is None or problems:
            raise DataError(problems)
        return offer

    key = digest([("offer", path)]) + regime.edition
    return cached(f"offer-{path.stem}", key, Offer, build)


def measures_of(regime: Regime, reading: Reading) -> tuple[str, ...]:
    """Return the ids of the measures that a reading names, in the regime's order.

    A selector with ``in_force`` keeps those that bind on that day.
    """
    chosen = set(reading.measures)
    for selector in reading.select:
        ids = set(selected(selector, regime.instruments, regime.measures))
        if selector.in_force is not None:
            ids &= set(regime.as_of(selector.in_force).in_force)
        chosen |= ids
    return tuple(id_ for id_ in regime.measures if id_ in chosen)


def clauses(offer: Offer, role: str) -> Iterator[Clause]:
    """Yield what the parties of a role give."""
    for position in offer.positions:
        if position.role == role:
            yield from position.gives
