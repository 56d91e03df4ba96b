"""Editions of lists from their issuers' servers, fetched whole or not at all.

Nothing is written here: what was fetched, and what the server said to recognise it by, goes back to
the caller. ``httpx2`` and ``stamina`` take long to import; import this module only to fetch.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime

import httpx2
import msgspec
import stamina
from stamina import instrumentation

from detente._version import __version__
from detente.lists.addresses import File
from detente.lists.moments import utc
from detente.lists.transfer import Answer, FetchError, Limits, Progress, Transient, transfer

__all__ = ["Fetched", "FetchError", "Limits", "Progress", "Validator", "fetch"]


class Validator(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said to recognise a file by; both None where it said nothing.

    Attributes:
        etag: the ``ETag``, word for word.
        modified: the ``Last-Modified``, word for word.
    """

    etag: str | None = None
    modified: str | None = None

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for the file only if it has changed."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {key: value for key, value in said.items() if value}


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """An edition as its issuer's server gave it.

    Attributes:
        files: the files by name, in the order of the set.
        validators: for every file here, by address; to be given when the list is fetched again.
        moment: when the newest file was last changed, as the server states it; in UTC.
    """

    files: dict[str, bytes]
    validators: dict[str, Validator]
    moment: str | None


def fetch(
    files: Sequence[File],
    validators: Mapping[str, Validator],
    *,
    ca_file: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Fetched | None:
    """Fetch a set of files, all from the same time.

    Args:
        files: the set.
        validators: those of the edition fetched last, by address; empty to fetch in any case.
        ca_file: certificates trusted beside the system's.
        limits: how much and how long; None for the usual.
        progress: told of each piece received.

    Returns:
        The edition; None where no file has changed since the validators were given.

    Raises:
        FetchError: a file cannot be had, or the list was replaced meanwhile.
    """
    limits = limits or Limits()
    with _client(files[0].address, ca_file, limits) as client, _quiet():

        def one(file: File, validator: Validator) -> Answer:
            return _tried(client, file, validator, limits, progress)

        answers = [one(file, validators.get(file.address, Validator())) for file in files]
        pairs = list(zip(files, answers, strict=True))
        if not any(_changed(file, answer, validators) for file, answer in pairs):
            return None
        # An edition is not put together from files of different times.
        pairs = [
            (file, one(file, Validator()) if answer.status == 304 else answer)
            for file, answer in pairs
        ]
        edition = _edition(pairs)
        if len(edition.files) > 1:
            _check_still(next(pair for pair in pairs if pair[1].status == 200), one)
    return edition


def _check_still(pair: tuple[File, Answer], one: Callable[[File, Validator], Answer]) -> None:
    """Refuse an edition whose first file was replaced while the others were fetched."""
    file, before = pair
    validator = Validator(etag=before.etag, modified=before.modified)
    if not validator.conditions():
        return
    now = one(file, validator)
    if now.status == 200 and now.data != before.data:
        what = "the list was replaced while it was being fetched"
        raise FetchError(file.address, what, "run the command again")


def _changed(file: File, answer: Answer, validators: Mapping[str, Validator]) -> bool:
    """An optional file that went missing is a change, too."""
    return answer.status == 200 or (answer.status == 404 and file.address in validators)


def _edition(pairs: Sequence[tuple[File, Answer]]) -> Fetched:
    got = [(file, answer) for file, answer in pairs if answer.status == 200]
    moments = [_moment(answer.modified) for _, answer in got]
    return Fetched(
        files={file.name: answer.data for file, answer in got},
        validators={
            file.address: Validator(etag=answer.etag, modified=answer.modified)
            for file, answer in got
        },
        moment=max((moment for moment in moments if moment), default=None),
    )


def _tried(
    client: httpx2.Client,
    file: File,
    validator: Validator,
    limits: Limits,
    progress: Progress | None,
) -> Answer:
    """Ask for a file until it comes, as often as the limits allow."""

    def again(error: Exception) -> bool | float:
        if not isinstance(error, Transient):
            return False
        return True if error.wait is None else error.wait

    try:
        for attempt in stamina.retry_context(
            again, attempts=limits.attempts, timeout=None, wait_initial=limits.wait_first,
            wait_max=limits.wait_most, wait_jitter=limits.wait_jitter,
        ):  # fmt: skip
            with attempt:
                return transfer(client, file, validator.conditions(), limits, progress)
    except Transient as error:
        what = f"{error} (at each of {limits.attempts} attempts)"
        advice = "check the network, or run the command again later"
        raise FetchError(file.address, what, advice) from None
    raise AssertionError("the retries end with an answer or an error")


def _client(address: str, ca_file: str | None, limits: Limits) -> httpx2.Client:
    """Return a client that trusts the system's authorities, and those of ``ca_file``."""
    trust = ssl.create_default_context()
    if ca_file is not None:
        try:
            trust.load_verify_locations(cafile=ca_file)
        except OSError:  # also what ssl raises for a file that holds no certificates
            what = f"ca_file {ca_file} holds no certificates that can be read"
            raise FetchError(address, what, "give certificates in PEM form") from None
    try:
        return httpx2.Client(
            verify=trust,
            headers={"User-Agent": f"detente/{__version__}", "Accept-Encoding": "gzip"},
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            follow_redirects=False,
            limits=httpx2.Limits(max_keepalive_connections=0),
        )
    except (ImportError, ValueError, httpx2.InvalidURL):
        what = "the proxy that the environment names cannot be used"
        raise FetchError(address, what, "check HTTPS_PROXY and ALL_PROXY") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the retries from logging: without a logger set up, that would go to the user."""
    hooks = instrumentation.get_on_retry_hooks()
    instrumentation.set_on_retry_hooks(())
    try:
        yield
    finally:
        instrumentation.set_on_retry_hooks(hooks)


def _moment(modified: str | None) -> str | None:
    try:
        stated = parsedate_to_datetime(modified or "")
        return utc((stated if stated.tzinfo else stated.replace(tzinfo=UTC)).isoformat())
    except (ValueError, OverflowError):
        return None
