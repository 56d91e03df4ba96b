"""The trust game as a tree, for a solver that knows nothing of the closed form."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count


def trust_tree(
    belief: Fraction, loss: Fraction, gain: Fraction, patience: Fraction, rounds: int
) -> str:
    """Return the game with a benefit of 1 as Gambit's extensive form.

    Sets of information are numbered by the public history; a cheat ends the game, as the sender
    would hold ever after; after a round without relief the game goes on.
    """
    numbers: dict[tuple[int, str], int] = {}
    ends = count(1)

    def infoset(player: int, history: str) -> int:
        ours = sum(1 for one, _ in numbers if one == player)
        return numbers.setdefault((player, history), ours + 1)

    def walk(history: str, sender: Fraction, target: Fraction, sincere: bool) -> Iterator[str]:
        past = len(history)
        if past == rounds:
            yield f't "" {next(ends)} "" {{ {sender}, {target} }}'
            return
        worth = patience**past
        yield f'p "" 1 {infoset(1, history)} "" {{ "relief" "hold" }} 0'
        if sincere:
            yield from walk(history + "c", sender + 1, target + worth, sincere)
        else:
            yield f'p "" 2 {infoset(2, history)} "" {{ "comply" "cheat" }} 0'
            yield from walk(history + "c", sender + 1, target + worth, sincere)
            yield f't "" {next(ends)} "" {{ {sender - loss}, {target + worth * (1 + gain)} }}'
        yield from walk(history + "h", sender, target, sincere)

    lines = ['EFG 2 R "trust" { "sender" "target" }', '""']
    lines.append(f'c "" 1 "" {{ "sincere" {belief} "staller" {1 - belief} }} 0')
    for sincere in (True, False):
        lines += walk("", Fraction(0), Fraction(0), sincere)
    return "\n".join(lines) + "\n"
