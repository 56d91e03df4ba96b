"""Real lists and name sets by others, which stay beside the checkout and are never committed."""

import os
from pathlib import Path

REAL = Path(os.environ.get("DETENTE_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
"""The folder; tests that read it carry ``pytest.mark.real`` and are left out where it is absent."""


def sdn(day: str) -> dict[str, bytes]:
    """Return the files of an edition of the SDN list, by name."""
    folder = REAL / "lists" / "ofac" / day
    names = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")
    return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def un(day: str) -> dict[str, bytes]:
    """Return the file of an edition of the UN list, by name."""
    return {"consolidated.xml": (REAL / "lists" / "un" / day / "consolidated.xml").read_bytes()}
