"""Formulas that analysts write in data: plain arithmetic on names, and nothing else.

A formula in a file from outside must not be able to do anything but calculate, so it is read
into a tree of sums, products and powers before a value is put in.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from detente.errors import UsageError

LENGTH: Final = 200
"""Characters of a formula at most."""

_OPERATIONS: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Pow: operator.pow,
}


def names_of(formula: str) -> frozenset[str]:
    """Return the names that a formula uses.

    Raises:
        UsageError: it is no arithmetic of names and numbers with ``+``, ``-``, ``*`` and ``**``.
    """
    return frozenset(n.id for n in ast.walk(_tree(formula)) if isinstance(n, ast.Name))


def calculate(formula: str, values: Mapping[str, Any]) -> Any:
    """Return the value of a formula.

    Args:
        formula: for example ``nuclear * (unverified + (1 - unverified) * verification)``.
        values: a number or an array for every name in it.

    Raises:
        UsageError: it is no plain arithmetic, or a name has no value.
    """
    return _value(_tree(formula), values, formula)


def _tree(formula: str) -> ast.expr:
    if len(formula) > LENGTH:
        raise UsageError(f"a formula of {len(formula)} characters; keep to {LENGTH}")
    try:
        tree = ast.parse(formula, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UsageError(f"{formula!r} is no formula; write sums and products of names") from None
    for node in ast.walk(tree):
        _allowed(node, formula)
    return tree


def _allowed(node: ast.AST, formula: str) -> None:
    if isinstance(node, ast.Constant):
        allowed = type(node.value) in (int, float)
    elif isinstance(node, ast.BinOp):
        allowed = type(node.op) in _OPERATIONS
        if isinstance(node.op, ast.Pow):
            # a tower of powers of whole numbers would never end
            allowed = isinstance(node.right, ast.Name) or (
                isinstance(node.right, ast.Constant) and abs(_number(node.right)) <= 10
            )
    else:
        allowed = isinstance(node, ast.Name | ast.expr_context | ast.operator | ast.unaryop)
        allowed |= isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    if not allowed:
        raise UsageError(f"{formula!r} is no plain arithmetic; use names, numbers, + - * **")


def _number(node: ast.Constant) -> float:
    return float(node.value) if isinstance(node.value, int | float) else float("inf")


def _value(node: ast.expr, values: Mapping[str, Any], formula: str) -> Any:
    if isinstance(node, ast.Constant):
        return float(_number(node))
    if isinstance(node, ast.Name):
        if node.id not in values:
            raise UsageError(f"{formula!r} names {node.id!r}, which has no value; give it one")
        return values[node.id]
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, values, formula)
    assert isinstance(node, ast.BinOp)
    operation = _OPERATIONS[type(node.op)]
    return operation(_value(node.left, values, formula), _value(node.right, values, formula))
