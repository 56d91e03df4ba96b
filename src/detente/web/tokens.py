"""Tokens: who may do what. Of each only a digest is kept, in a file beside the store.

A token is ``detente_<id>_<secret>``; the id finds its row, and scrypt of the secret, which is drawn
from 256 bits, must be the digest that the row holds.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from datetime import date
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec

from detente.errors import UnknownIdError, UsageError
from detente.evidence.durable import locked

Role = Literal["read", "screen", "record", "administer"]
"""What a token allows; each role allows what stands before it too."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)

_FORM: Final = re.compile(r"detente_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
_COST: Final = 1 << 14
_NAME: Final = 80


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token.

    Attributes:
        id: what finds it.
        name: whose it is, or what for.
        role: what it allows.
        made: the day on which it was made.
        salt: in hexadecimal.
        digest: scrypt of the secret, in hexadecimal.
    """

    id: str
    name: str
    role: Role
    made: date
    salt: str
    digest: str


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the file."""

    tokens: tuple[Token, ...] = ()
    schema: str = "detente.tokens/1"


def listed(path: Path) -> tuple[Token, ...]:
    """Return the tokens that are valid; none where there is no file.

    Raises:
        UsageError: the file is none of tokens.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File).tokens
    except FileNotFoundError:
        return ()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} holds no tokens ({error}); restore it from a copy") from None


def new(path: Path, name: str, role: Role, made: date) -> str:
    """Make a token and return it; it cannot be shown again.

    Args:
        path: the file, made where there is none.
        name: whose it is, or what for.
        role: what it allows.
        made: the day.

    Raises:
        UsageError: the name is empty or too long.
    """
    if not name.strip() or len(name) > _NAME or not name.isprintable():
        raise UsageError(f"a token's name is 1 to {_NAME} characters; say whose it is")
    secret, salt = secrets.token_urlsafe(32), secrets.token_bytes(16)
    with _changing(path) as held:
        taken = {token.id for token in held}
        id_ = next(word for word in iter(lambda: secrets.token_hex(4), "") if word not in taken)
        token = Token(id=id_, name=name, role=role, made=made, salt=salt.hex(),
                      digest=_digest(secret, salt))  # fmt: skip
        held.append(token)
    return f"detente_{id_}_{secret}"


def revoke(path: Path, id_: str) -> Token:
    """Make a token invalid, and return what it was.

    Raises:
        UnknownIdError: no token has that id.
    """
    with _changing(path) as held:
        found = next((token for token in held if token.id == id_), None)
        if found is None:
            raise UnknownIdError("token", id_, [token.id for token in held])
        held.remove(found)
    return found


class _changing:  # noqa: N801 - used as a context, like a function
    """The tokens of a file while they are changed; written when that went well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = locked(path)

    def __enter__(self) -> list[Token]:
        self._lock.__enter__()
        self.held = list(listed(self.path))
        return self.held

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                _write(self.path, tuple(self.held))
        finally:
            self._lock.__exit__(None, None, None)


def _write(path: Path, tokens: tuple[Token, ...]) -> None:
    """Replace the file as a whole; only its owner can read it."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(_File(tokens=tokens)), indent=2))
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def _digest(secret: str, salt: bytes) -> str:
    return hashlib.scrypt(secret.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32).hex()


class Keeper:
    """Tells whose token a request brings; a token that was right once is not hashed again."""

    def __init__(self, path: Path) -> None:
        """Look at a file of tokens, whenever it has changed."""
        self._path = path
        self._state: tuple[int, int] | None = None
        self._tokens: dict[str, Token] = {}
        self._known: dict[str, str] = {}

    def token(self, text: str) -> Token | None:
        """Return the token that a text is; None where it is none that is valid.

        Raises:
            UsageError: the file is none of tokens.
        """
        self._look()
        form = _FORM.fullmatch(text)
        token = self._tokens.get(form[1]) if form else None
        if form is None or token is None:
            return None
        quick = hashlib.sha256(f"{token.salt}{form[2]}".encode()).hexdigest()
        if hmac.compare_digest(self._known.get(token.id, ""), quick):
            return token
        if not hmac.compare_digest(_digest(form[2], bytes.fromhex(token.salt)), token.digest):
            return None
        self._known[token.id] = quick
        return token

    def _look(self) -> None:
        """Read the file again where it has changed."""
        try:
            found = self._path.stat()
            state = found.st_mtime_ns, found.st_ino
        except OSError:
            state = None
        if state != self._state:
            self._tokens = {token.id: token for token in listed(self._path)}
            self._known, self._state = {}, state
