"""The minimal sets of facts that make one condition true, by antichain labels.

Each node of the formula carries the smallest sets of literals that make it true, as an
assumption-based truth maintenance system does (de Kleer 1986). A set is a whole number, one bit
for each literal. A level of a requirement carries the bits of the lower levels, so that the test
for a subset and the union do the ordering of the scales by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

import msgspec

from detente.law.vocabulary import Truth
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg

UNDO: Final = "not:"
"""Prefix of a literal that asks for a fact to be absent or undone."""

_PAIRS_PER_SET: Final = 16
"""A product of two labels may hold this many pairs for each set of the limit before it is cut."""

_Label = tuple[list[int], bool]


class MinimalSets(msgspec.Struct, frozen=True):
    """The minimal sets of literals for one formula.

    Attributes:
        sets: each set as sorted literals; smallest sets first, then in the order of the alphabet.
        capped: whether the search was cut. Then sets may be missing, and those listed suffice
            but may ask for more than they need.
    """

    sets: tuple[tuple[str, ...], ...]
    capped: bool


class Alphabet(msgspec.Struct, frozen=True):
    """The literals of some formulas as bits.

    Bit ``i`` says that atom ``i`` holds, bit ``i + len(keys)`` that it does not.

    Attributes:
        keys: the key of each atom, sorted.
        index: the place of each key.
        closure: for each bit, the bits that it brings with it, itself included.
        used: the bits that some literal of the formulas asks for or brings with it.
        free: the bits that hold already and cost nothing.
    """

    keys: tuple[str, ...]
    index: Mapping[str, int]
    closure: tuple[int, ...]
    used: int
    free: int

    def literal(self, bit: int) -> str:
        """Return the literal of ``bit`` as users read it, ``x`` or ``not:x``."""
        size = len(self.keys)
        return self.keys[bit] if bit < size else UNDO + self.keys[bit - size]

    def consistent(self, mask: int) -> bool:
        """Return whether no atom both holds and does not hold in ``mask``."""
        return not mask & (mask >> len(self.keys))

    def decode(self, mask: int) -> tuple[str, ...]:
        """Return the literals of ``mask`` that are not free, of each scale the strongest only."""
        wanted = list(bits(mask & ~self.free))
        implied = 0
        for bit in wanted:
            implied |= self.closure[bit] & ~(1 << bit)
        return tuple(sorted(self.literal(bit) for bit in wanted if not implied >> bit & 1))

    def settle(self, mask: int) -> dict[str, Truth]:
        """Return the value of every atom once ``mask`` is done on top of what holds already."""
        size = len(self.keys)
        opposite = (mask >> size) | (mask & ((1 << size) - 1)) << size
        holds = mask | (self.free & ~opposite)
        return {
            key: Truth.MET
            if holds >> i & 1
            else Truth.UNMET
            if holds >> (i + size) & 1
            else Truth.UNKNOWN
            for i, key in enumerate(self.keys)
        }


def bits(mask: int) -> Iterable[int]:
    """Yield the places of the bits set in ``mask``, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def alphabet(formulas: Iterable[Formula], free: Mapping[str, Truth]) -> Alphabet:
    """Give a bit to every literal of ``formulas``.

    Args:
        formulas: the cone: only their atoms get bits.
        free: the value of atoms by key. A level that is met makes the lower ones met, a level
            that is unmet the higher ones unmet.

    Raises:
        ValueError: if ``free`` holds a level met and a lower one of the same scale unmet.
    """
    literals = {literal for formula in formulas for literal in literals_of(formula)}
    by_key = {atom.key: atom for atom, _ in literals}
    atoms = [by_key[key] for key in sorted(by_key)]
    size = len(atoms)
    index = {atom.key: i for i, atom in enumerate(atoms)}
    brings = [sum(1 << i for i, low in enumerate(atoms) if implies(atom, low)) for atom in atoms]
    undoes = [
        sum(1 << (i + size) for i, high in enumerate(atoms) if implies(high, atom))
        for atom in atoms
    ]
    closure = (*brings, *undoes)
    used = held = 0
    for atom, positive in literals:
        used |= closure[index[atom.key] + (0 if positive else size)]
    for i, atom in enumerate(atoms):
        known = free.get(atom.key, Truth.UNKNOWN)
        if known is not Truth.UNKNOWN:
            held |= closure[i if known is Truth.MET else i + size]
    letters = Alphabet(tuple(index), index, closure, used, held)
    if not letters.consistent(held):
        clash = ", ".join(letters.keys[bit] for bit in bits(held & (held >> size)))
        raise ValueError(f"a level is met while a lower one of its scale is unmet: {clash}")
    return letters


def implies(atom: Atom, other: Atom) -> bool:
    """Return whether ``atom`` brings ``other`` with it: itself, or a lower level of its scale.

    Two levels of one scale with the same rank are not ordered.
    """
    if atom.key == other.key:
        return True
    return atom.scale is not None and atom.scale == other.scale and atom.rank > other.rank


def literals_of(formula: Formula) -> Iterable[tuple[Atom, bool]]:
    """Yield each atom of ``formula`` with whether it is asked for (True) or excluded (False)."""
    match formula:
        case Atom():
            yield formula, True
        case Neg(of=atom):
            yield atom, False
        case Conj(of=of) | Disj(of=of) | Count(of=of):
            for child in of:
                yield from literals_of(child)


def minimal_sets(formula: Formula, free: Mapping[str, Truth], limit: int = 4096) -> MinimalSets:
    """Return the minimal sets of literals that make ``formula`` true.

    A fact that is met is free and drops out, and so does the absence of one that is unmet. Every
    other fact appears as its key, every other absence as ``not:`` and the key: a fact that is met
    can still be undone. No set holds a fact and its absence, nor undoes what it relies on.

    Args:
        formula: the condition.
        free: the value of atoms by key; an atom that is not there is unknown.
        limit: the number of sets kept at any node; the smallest are kept.

    Returns:
        The sets, none when nothing makes the formula true, the empty set when it is true already.

    Raises:
        ValueError: if ``limit`` is below 1, or ``free`` contradicts a scale.
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    letters = alphabet([formula], free)
    size = len(letters.keys)
    contested = letters.used & (letters.used >> size)
    # A free literal matters only where the formula also asks for its opposite.
    keep = ~letters.free | contested | contested << size
    masks, capped = _label(formula, letters, keep, limit)
    shown, cut = _smallest({mask & ~letters.free for mask in masks}, limit)
    sets = sorted((letters.decode(mask) for mask in shown), key=lambda item: (len(item), item))
    return MinimalSets(tuple(sets), capped or cut)


def _label(formula: Formula, letters: Alphabet, keep: int, limit: int) -> _Label:
    """Return the minimal masks of ``formula``."""
    match formula:
        case Atom(key=key):
            return [letters.closure[letters.index[key]] & keep], False
        case Neg(of=atom):
            place = letters.index[atom.key] + len(letters.keys)
            return [letters.closure[place] & keep], False
        case Count(least=least, of=of):
            needed = least
        case Conj(of=of):
            needed = len(of)
        case Disj(of=of):
            needed = 1
    parts = sorted((_label(child, letters, keep, limit) for child in of), key=lambda p: len(p[0]))
    return _threshold(needed, parts, len(letters.keys), limit)


def _threshold(least: int, parts: Sequence[_Label], size: int, limit: int) -> _Label:
    """Return the minimal masks under which at least ``least`` of ``parts`` are true."""
    if least <= 0:
        return [0], False
    rows: list[list[int]] = [[0], *([] for _ in range(least))]
    capped = any(cut for _, cut in parts)
    for seen, (masks, _) in enumerate(parts):
        left = len(parts) - seen - 1
        # A row from which the rest can no longer reach ``least`` is never read again.
        for row in range(min(least, seen + 1), max(0, least - left - 1), -1):
            joined, cut = _product(rows[row - 1], masks, size, limit)
            rows[row], over = _smallest({*rows[row], *joined}, limit)
            capped = capped or cut or over
    return rows[least], capped


def _product(left: list[int], right: list[int], size: int, limit: int) -> _Label:
    """Return the consistent unions of a mask of ``left`` and one of ``right``."""
    room = _PAIRS_PER_SET * limit
    capped = len(left) * len(right) > room
    if capped:
        # Labels are sorted smallest first; keep the heads of both in proportion.
        few, many = sorted((left, right), key=len)
        few = few[: max(1, int(room**0.5))]
        left, right = few, many[: room // len(few)]
    unions = {a | b for a in left for b in right}
    return [mask for mask in unions if not mask & (mask >> size)], capped


def _smallest(masks: Iterable[int], limit: int) -> _Label:
    """Return the minimal ones of ``masks``, smallest first and at most ``limit``."""
    kept: list[int] = []
    by_size = sorted(masks, key=lambda item: (item.bit_count(), item))
    for _, group in groupby(by_size, key=int.bit_count):
        # Two different masks of one size never hold each other.
        smaller = tuple(kept)
        for mask in group:
            if any(mask & small == small for small in smaller):
                continue
            if len(kept) == limit:
                return kept, True
            kept.append(mask)
    return kept, False
