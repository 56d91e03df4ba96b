"""Which nodes are meant by the ids and names of blocked parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from detente.errors import UnknownIdError, UsageError
from detente.screening.ownership.model import Graph

_LONGEST = 400
"""Characters of a line at most."""


def find(graph: Graph, wanted: Iterable[str]) -> dict[str, str]:
    """Return the nodes that words mean, and by which word each.

    A word is an id, an identifier or a name, in any case. A name that several bear means all of
    them: which is meant is the asker's to say, and until then none is passed over.

    Args:
        graph: where to look.
        wanted: the words.

    Raises:
        UnknownIdError: a word means nobody.
    """
    found, missing = find_any(graph, wanted)
    if missing:
        names = [name for node in graph.nodes.values() for name in (node.id, node.name)]
        raise UnknownIdError("party of the file", missing[0], set(names[:2_000]))
    return found


def find_any(graph: Graph, wanted: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Return the nodes that words mean, as ``find`` does, and the words that mean nobody."""
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for node in graph.nodes.values():
        for name in {folded(text) for text in (node.id, node.name, *node.aliases)}:
            by_name[name].append(node.id)
    found: dict[str, str] = {}
    missing = []
    for word in wanted:
        ids = [word] if word in graph.nodes else by_name.get(folded(word), [])
        several = f", a name that {len(ids)} parties bear" if len(ids) > 1 else ""
        for id_ in ids:
            found.setdefault(id_, "as asked" if id_ == word else f"as asked: {word}{several}")
        if not ids:
            missing.append(word)
    return found, missing


def folded(text: str) -> str:
    """Return a name as names are compared here: without case and doubled spaces."""
    return " ".join(text.casefold().split())


def words_in(text: str) -> list[str]:
    """Return the ids and names of a file: one a line, empty lines and ``#`` lines left out.

    Raises:
        UsageError: a line is too long to be one.
    """
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines()]
    words = [line for line in lines if line and not line.startswith("#")]
    if any(len(word) > _LONGEST for word in words):
        raise UsageError(
            f"a line is longer than {_LONGEST} characters; write one id or name a line"
        )
    return words
