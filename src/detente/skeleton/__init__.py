"""The files with which a new regime begins: commented, without a problem, and one case that passes.

The templates lie beside this module, as they are laid out in a regime's folder. In their text and
in their names ``NAME`` stands for the regime's id, and ``SCHEMA`` for the folder of the schemas.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from detente.errors import UsageError
from detente.law.find import BUNDLED

TEMPLATES: Final = Path(__file__).resolve().parent
_SCHEMAS: Final = TEMPLATES.parent / "law" / "schema"
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MEANS_MORE: Final = frozenset({"true", "false", "null"})
"""Words that YAML does not read as words."""


def write(name: str, folder: Path) -> list[str]:
    """Write the files of a new regime: all of them, or nothing.

    Args:
        name: its id: words of small letters and digits, joined by hyphens.
        folder: where to write them; it must not exist, and the folder above it must.

    Returns:
        The names of the files, relative to the folder.

    Raises:
        UsageError: the name cannot be an id, the folder exists, or it cannot be written.
    """
    _check(name)
    if os.path.lexists(folder):
        raise UsageError(f"{folder} exists already; name another folder with -o")
    texts = dict(rendered(name, folder))
    try:
        _write(texts, folder)
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"{folder} cannot be written ({why}); name another place") from None
    return sorted(texts)


def rendered(name: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file of a new regime by its name, with its text.

    Args:
        name: the regime's id.
        folder: where it will lie; editors find the schemas from there.
    """
    for template in sorted(TEMPLATES.rglob("*.yaml")):
        file = template.relative_to(TEMPLATES).as_posix().replace("NAME", name)
        text = template.read_text(encoding="utf-8").replace("NAME", name)
        yield file, text.replace("SCHEMA", _schemas_from((folder / file).parent))


def _check(name: str) -> None:
    if _NAME.fullmatch(name) is None or len(name) > 63:
        advice = "an id is words of small letters and digits, joined by hyphens, as in north-sea"
        raise UsageError(f"{name[:80]!r} cannot be the id of a regime; {advice}")
    if name in _MEANS_MORE:
        raise UsageError(f"{name!r} is no word in YAML; choose another id")
    if (BUNDLED / name / "regime.yaml").is_file():
        raise UsageError(f"{name!r} is the name of a bundled regime; choose another id")


def _schemas_from(folder: Path) -> str:
    """Return the way to the schemas from a folder; whole, where there is no way between drives."""
    try:
        return Path(os.path.relpath(_SCHEMAS, folder.resolve())).as_posix()
    except ValueError:
        return _SCHEMAS.as_posix()


def _write(texts: dict[str, str], folder: Path) -> None:
    """Write into a folder beside the right one and rename that, so that nothing half done stays."""
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}-"))
    try:
        for file, text in texts.items():
            (made / file).parent.mkdir(exist_ok=True)
            (made / file).write_text(text, encoding="utf-8", newline="\n")
        mask = os.umask(0)
        os.umask(mask)
        made.chmod(0o777 & ~mask)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
