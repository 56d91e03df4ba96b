"""Finding the words of a table inside a name: legal forms, forms of address.

A table is a text file beside this module. Each line gives a class and its spellings::

    gmbh limited de,at: gmbh; gesellschaft mit beschrankter haftung

A line that begins with a space goes on. What stands between the class and the colon belongs to the
module that reads the table. A sign before a spelling says where in a name it counts: ``-`` at the
end, ``^`` at the beginning or the end, ``~`` anywhere but first, ``!`` anywhere. Without a sign a
spelling of up to three letters counts at the end and a longer one anywhere.

Words are folded: lower-case ASCII, split at all but letters and digits. An abbreviation is found
with and without its full stops, since single letters in a row are read as a word too; a long word
is found with one letter wrong, where the table's module does not say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

Where = Literal["end", "edge", "after", "any"]
_SIGNS: Final[dict[str, Where]] = {"-": "end", "^": "edge", "~": "after", "!": "any"}

RUN: Final = 6
"""The longest abbreviation that is looked for letter by letter."""
_FORGIVEN: Final = 5
"""Letters that a word must have for one of them to be wrong."""
_WHOLE: Final = 7
"""Letters that a phrase must have for one of them to be wrong."""
_LONGEST: Final = 40
"""Letters of a word beyond which no mistake is looked for."""
_OWN: Final = 5
"""Letters in a row of which the last may be a word of a table: X.Y.Z. S.A."""


class Row(NamedTuple):
    """One line of a table: the class, what else is said of it, and its spellings."""

    label: str
    rest: tuple[str, ...]
    spellings: tuple[tuple[str, Where], ...]


class Found(NamedTuple):
    """Where a spelling stands, of which class it is, and where it would have to stand."""

    start: int
    stop: int
    label: str
    where: Where


class Node(msgspec.Struct):
    """A place in the tree of spellings, word by word; ``label`` is set where one ends."""

    below: dict[str, Node] = {}
    label: str | None = None
    where: Where = "any"
    letters: int = 0


class Table(msgspec.Struct, frozen=True, eq=False):
    """The tree of all spellings of a table, and its long words with one letter left out.

    ``long`` are the words that are found with one letter wrong, ``words`` those that are read as
    they stand.
    """

    root: Node
    near: dict[str, tuple[str, ...]]
    long: frozenset[str]
    words: frozenset[str]


def rows(name: str) -> list[Row]:
    """Return the lines of a table.

    Args:
        name: the file's name; it stands beside this module.
    """
    text = (Path(__file__).parent / name).read_text(encoding="ascii")
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(" "):
            lines[-1] += line
        elif line and not line.startswith("#"):
            lines.append(line)
    return [_row(line) for line in lines]


def _row(line: str) -> Row:
    head, _, tail = line.partition(":")
    label, *rest = head.split()
    return Row(label, tuple(rest), tuple(_spelling(item.strip()) for item in tail.split(";")))


def _spelling(text: str) -> tuple[str, Where]:
    if text[0] in _SIGNS:
        return text[1:], _SIGNS[text[0]]
    return text, "any" if len(text.replace(" ", "")) > 3 else "end"


def table(
    lines: list[Row], *, forgiven: frozenset[str] | None = None, right: frozenset[str] = frozenset()
) -> Table:
    """Build the tree of the spellings of all lines; the first line that has a spelling keeps it.

    Args:
        lines: the lines of the table.
        forgiven: the only words that are found with one letter wrong; all long ones if None.
        right: other words than the table's, which are nobody's mistakes.
    """
    root = Node()
    words: set[str] = set()
    for row in lines:
        for spelling, where in row.spellings:
            node = root
            for word in spelling.split():
                node = node.below.setdefault(word, Node())
                words.add(word)
            if node.label is None:
                node.label, node.where = row.label, where
                node.letters = len(spelling.replace(" ", ""))
    kept = words if forgiven is None else words & forgiven
    long = sorted((word for word in kept if len(word) >= _FORGIVEN), key=_length)
    near: dict[str, tuple[str, ...]] = {}
    for word in long:
        for shorter in dict.fromkeys(_shorter(word)):
            near[shorter] = (*near.get(shorter, ()), word)
    return Table(root, near, frozenset(long), right.union(words))


def _length(word: str) -> tuple[int, str]:
    return len(word), word


def _shorter(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def find(words: tuple[str, ...], tree: Table) -> list[Found]:
    """Return every spelling in words, the longest first from left to right, none overlapping.

    Where each counts is for the caller to look at, who knows what else the name holds.

    Args:
        words: folded words.
        tree: the table.
    """
    found: list[Found] = []
    below = tree.root.below
    stop = 0
    for at, word in enumerate(words):
        if at < stop or not (
            word in below or len(word) == 1 or any(item in below for item in _meant(word, tree))
        ):
            continue
        best = _longest(words, at, tree)
        if best is not None:
            found.append(best)
            stop = best.stop
    return found


def _longest(words: tuple[str, ...], start: int, tree: Table) -> Found | None:
    """The longest spelling that begins at a word."""
    best: Found | None = None
    paths = [(start, tree.root, False)]
    while paths:
        at, node, forgiven = paths.pop()
        if node.label is not None and (best is None or at > best.stop):
            short = forgiven and node.letters < _WHOLE
            if not short and not _cut(words, start, at):
                best = Found(start, at, node.label, node.where)
        paths.extend(_steps(words, at, node, forgiven, tree))
    return best


def _steps(
    words: tuple[str, ...], at: int, node: Node, forgiven: bool, tree: Table
) -> Iterator[tuple[int, Node, bool]]:
    """Where the next word leads: as it is, as one of several letters, with a letter wrong."""
    if at == len(words):
        return
    word = words[at]
    if word in node.below:
        yield at + 1, node.below[word], forgiven
    elif not forgiven:
        for meant in _meant(word, tree):
            if meant in node.below:
                yield at + 1, node.below[meant], True
    if len(word) == 1:
        joined = word
        for stop in range(at + 1, min(at + RUN, len(words))):
            if len(words[stop]) != 1:
                break
            joined += words[stop]
            if joined in node.below:
                yield stop + 1, node.below[joined], forgiven


def _cut(words: tuple[str, ...], start: int, stop: int) -> bool:
    """Whether a stretch cuts a name's own run of letters: the S.A. of C.S.A., the AB of A.B.C."""
    if len(words[stop - 1]) == 1 and stop < len(words) and len(words[stop]) == 1:
        return True
    if not (start and len(words[start]) == 1 and len(words[start - 1]) == 1):
        return False
    before = start
    while before and len(words[before - 1]) == 1:
        before -= 1
    return stop - before < _OWN and not (before and stop == len(words))


@lru_cache(maxsize=1 << 15)
def _meant(word: str, tree: Table) -> tuple[str, ...]:
    """The words of a table that another word is but for one letter."""
    if not _FORGIVEN <= len(word) <= _LONGEST or word in tree.words:
        return ()
    found = list(tree.near.get(word, ()))
    for shorter in _shorter(word):
        if shorter in tree.long:
            found.append(shorter)
        found.extend(tree.near.get(shorter, ()))
    return tuple(dict.fromkeys(found))
