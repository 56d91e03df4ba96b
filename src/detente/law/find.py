"""Where a regime is: bundled, installed by another package, or in a folder.

Another package offers a regime through the entry point group ``detente.regimes``, whose value
names a package that holds the regime's files:

    [project.entry-points."detente.regimes"]
    myanmar = "my_package.regimes.myanmar"
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from detente.errors import UnknownIdError, UsageError

GROUP: Final = "detente.regimes"
BUNDLED: Final = Path(__file__).resolve().parent.parent / "regimes"


def names() -> dict[str, str]:
    """Return every regime that is found by name, and where it comes from."""
    from importlib import metadata

    found = {entry.name: entry.value for entry in metadata.entry_points(group=GROUP)}
    bundled = sorted(item.parent.name for item in BUNDLED.glob("*/regime.yaml"))
    return dict(sorted((found | dict.fromkeys(bundled, "bundled")).items()))


def locate(ref: str) -> Path:
    """Return the folder of a regime.

    Args:
        ref: a name (``dprk``) or the path of a folder that holds ``regime.yaml``.

    Raises:
        UnknownIdError: no regime has that name.
        UsageError: the path holds no regime.
    """
    if ref == "." or os.sep in ref or (os.altsep and os.altsep in ref):
        folder = Path(ref)
        if not (folder / "regime.yaml").is_file():
            raise UsageError(f"{ref} holds no regime.yaml; name a regime's folder")
        return folder
    if ref and (BUNDLED / ref / "regime.yaml").is_file():
        return BUNDLED / ref
    from importlib import metadata  # costly, and seldom needed

    for entry in metadata.entry_points(group=GROUP):
        if entry.name == ref:
            return _installed(ref, entry.value)
    if (Path(ref) / "regime.yaml").is_file():
        return Path(ref)
    raise UnknownIdError("regime", ref, names())


def _installed(name: str, package: str) -> Path:
    """Return the folder of a package that is said to hold a regime; it need hold no Python."""
    from importlib.util import find_spec

    promise = f"the regime {name} is said to be in the package {package!r}"
    try:
        spec = find_spec(package)
    except (ImportError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{promise}, which fails: {error}; reinstall it") from None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / "regime.yaml").is_file():
            return Path(place)
    raise UsageError(f"{promise}, which holds no regime.yaml; reinstall it")
