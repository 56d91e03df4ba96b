"""The description of the API: what every answer can be, problems included."""

from __future__ import annotations

from typing import Any, Final

_SAID: Final = {
    400: "The request makes no sense; the detail says what would.",
    401: "A token is needed.",
    403: "The token does not allow this.",
    404: "No row, list or answer has that id; the detail names the nearest.",
    409: "It cannot be recorded: the id is taken, or the file was tampered with.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is in no form that is read here.",
    421: "The server has another name.",
    422: "A parameter or the body does not fit; the detail names the first.",
    429: "Too many requests.",
    503: "The server is not ready.",
}
_ALWAYS: Final = (400, 401, 403, 404, 413, 414, 421, 422, 429)

_PROBLEM: Final[dict[str, Any]] = {
    "title": "Problem",
    "description": "A problem as RFC 9457 has it.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in one line."},
        "problems": {
            "type": "array",
            "description": "Everything that is wrong with a document that was sent.",
            "items": {"type": "object"},
        },
    },
}


def answers(
    schema: str, *, rows: bool = False, media: str = "application/json", more: tuple[int, ...] = ()
) -> dict[int | str, dict[str, Any]]:
    """Return what a route can answer, for its description.

    Args:
        schema: the name of the document, ``detente.assessment/1``.
        rows: whether it is a bare list.
        media: its media type.
        more: further statuses.
    """
    shape: dict[str, Any] = {"title": schema, "type": "array" if rows else "object"}
    if rows:
        shape["items"] = {"type": "object"}
    if media != "application/json":
        shape = {"title": schema, "type": "string"}
    said: dict[int | str, dict[str, Any]] = {
        200: {"description": f"`{schema}`", "content": {media: {"schema": shape}}}
    }
    for status in more:
        said[status] = _problem(status)
    return said


def complete(made: dict[str, Any]) -> dict[str, Any]:
    """Return a description with the problems that every route can answer, and how to get in."""
    parts = made.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = _PROBLEM
    parts["schemas"].pop("HTTPValidationError", None)
    parts["schemas"].pop("ValidationError", None)
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer",
                  "description": "Made by `detente tokens new`."}
    }  # fmt: skip
    for place, methods in made.get("paths", {}).items():
        for method, route in methods.items():
            said = route.setdefault("responses", {})
            for status in _ALWAYS:
                said[str(status)] = _problem(status)
            if method == "get" and place.startswith("/api/v1/"):
                said["304"] = {"description": "As the ETag that was sent says, nothing changed."}
            route["responses"] = dict(sorted(said.items()))
            route["security"] = [{}, {"token": []}]
    return made


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": _SAID[status],
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
