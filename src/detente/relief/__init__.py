"""The core: letter and spirit of every measure, what is missing, and what would open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.relief.sweeps import sweep

__all__ = ["sweep"]


def __getattr__(name: str) -> Any:
    if name != "sweep":
        raise AttributeError(f"module 'detente.relief' has no attribute {name!r}")
    from detente.relief.sweeps import sweep  # only a sweep pays for it

    return sweep
