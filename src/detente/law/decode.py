"""From what YAML says to typed rows, with every problem of a row and its line."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

import msgspec

from detente.errors import Problem, nearest
from detente.law.read import Document

T = TypeVar("T")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[(\.\.\.)\]")


def decode(
    kind: type[T],
    raw: object,
    doc: Document,
    problems: list[Problem],
    line: int | None = None,
) -> T | None:
    """Turn one mapping into a row.

    Args:
        kind: the msgspec type of the row.
        raw: what the file says.
        doc: the document it stands in, for lines.
        problems: every problem found is added here.
        line: where it stands, for what is no mapping and so has no line of its own.

    Returns:
        The row, or None where a problem was added.
    """
    try:
        return msgspec.convert(raw, kind, strict=True)
    except msgspec.ValidationError:
        if isinstance(raw, dict):
            problems.extend(_problems(kind, raw, doc))
        else:
            text = "is empty" if raw is None else f"is {str(raw)[:60]!r}"
            text += ", not a mapping of fields"
            where = line or doc.line(raw) or 1
            problems.append(Problem(doc.file, where, None, text, "write it as fields: name: value"))
        return None


def _problems(kind: type[Any], raw: dict[str, Any], doc: Document) -> Iterable[Problem]:
    """Yield what is wrong with each field; msgspec itself stops at the first."""
    row_id = raw.get("id") if isinstance(raw.get("id"), str) else None
    hints = typing.get_type_hints(kind)
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key, item in raw.items():
        if key not in fields:
            yield Problem(
                doc.file, doc.line(raw, key), row_id, f"unknown field {key!r}",
                nearest(key, fields.keys() - raw.keys()),
            )  # fmt: skip
            continue
        try:
            msgspec.convert(item, hints[fields[key].name], strict=True)
        except msgspec.ValidationError as error:
            text, line, bad = _locate(str(error), key, raw, doc)
            words = list(_words(hints[fields[key].name]))
            advice = nearest(bad, words) if words and isinstance(bad, str) else _advice(text)
            yield Problem(doc.file, line, row_id, f"{key}: {text}", advice)
    missing = [name for name, field in fields.items() if field.required and name not in raw]
    if missing:
        yield Problem(
            doc.file, doc.line(raw), row_id, f"lacks {', '.join(missing)}", "add what is missing"
        )


def _advice(text: str) -> str:
    if "date" in text:
        return "write it as 2019-02-28"
    if text.startswith("Expected `str`, got"):
        return "put it in quotes, if text is meant"
    return "the data format's documentation says what belongs here"


def _locate(
    message: str, key: str, raw: dict[str, Any], doc: Document
) -> tuple[str, int | None, object]:
    """Split msgspec's message into its text, the line it is about, and the value there."""
    text, _, path = message.partition(" - at `$")
    container: Any = raw
    last: object = key
    item: Any = raw[key]
    line = doc.line(raw, key)
    for name, index, _ in _STEP.findall(path.rstrip("`")):
        step: object = int(index) if index else name
        container, last = item, step
        try:
            item = item[step]
        except (KeyError, IndexError, TypeError):
            break
        line = doc.line(container, last) or line
    return text, line, item


def _words(hint: object) -> Iterable[str]:
    """Yield the words that a type admits, where it is a closed vocabulary."""
    if typing.get_origin(hint) is Literal:
        yield from (str(word) for word in typing.get_args(hint))
    else:
        for part in typing.get_args(hint):
            yield from _words(part)
