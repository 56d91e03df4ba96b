"""Results as data frames and as tables in a notebook."""

from __future__ import annotations

import importlib
from typing import Any, Literal, Protocol

from detente.errors import UsageError


class HasRows(Protocol):
    """A result that can be laid out as flat rows."""

    def rows(self) -> list[dict[str, Any]]:
        """Return flat rows."""


class Framed:
    """A result that can be a data frame; it has ``rows``."""

    __slots__ = ()

    def to_frame(self: HasRows, library: Literal["pandas", "polars"] = "pandas") -> Any:
        """Return the rows as a data frame.

        Args:
            library: which one makes it; it must be installed.

        Raises:
            UsageError: the library is not installed.
        """
        try:
            module = importlib.import_module(library)
        except ImportError:
            raise UsageError(
                f"{library} is not installed; pip install {library}, or pass the other library"
            ) from None
        return module.DataFrame(self.rows())

    def _repr_html_(self: HasRows) -> str:
        """Return the rows as the table that a notebook shows."""
        from html import escape

        rows = self.rows()
        names = list(dict.fromkeys(name for row in rows for name in row))
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(row.get(name)))}</td>" for name in names) + "</tr>"
            for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(item: object) -> str:
    if item is None:
        return ""
    return f"{item:.3f}" if isinstance(item, float) else str(item)
