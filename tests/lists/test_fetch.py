"""Lists are fetched whole from real servers, and what cannot be had is said in one line."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from https_server import Reply, Server, dripping, remembering, reply, serving, silent

from detente.lists.addresses import File
from detente.lists.fetch import Fetched, FetchError, Limits, Validator, fetch

QUICK = Limits(wait_first=0.001, wait_most=0.001, wait_jitter=0.0, attempts=3)
FRIDAY = "Fri, 04 Jan 2019 17:00:00 GMT"
SATURDAY = "Sat, 05 Jan 2019 08:30:00 GMT"


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(ca: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    ca.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server(ca: trustme.CA) -> Iterator[Server]:
    with serving(ca.issue_cert("127.0.0.1")) as running:
        yield running


def one(server: Server, *replies: Reply, optional: bool = False) -> list[File]:
    """Return a set of one file that the server answers so."""
    address = server.tells("/sdn.csv", *replies)
    return [File(name="sdn.csv", address=address, optional=optional)]


def got(files: list[File], ca_file: str, limits: Limits = QUICK) -> Fetched:
    """Fetch files that nothing is known of."""
    fetched = fetch(files, {}, ca_file=ca_file, limits=limits)
    assert fetched is not None
    return fetched


def refusal(files: list[File], ca_file: str | None, limits: Limits = QUICK) -> str:
    """Return why files cannot be had."""
    with pytest.raises(FetchError) as caught:
        fetch(files, {}, ca_file=ca_file, limits=limits)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("https://127.0.0.1:")
    assert message.endswith("what was imported before stays in force")
    return message


@pytest.mark.parametrize("header", ["ETag", "Last_Modified"])
def test_what_has_not_changed_is_not_sent_again(server: Server, ca_file: str, header: str) -> None:
    """With the validators of the first answer, the second says that nothing changed."""
    files = one(server, remembering(b"1,a", **{header: '"v1"' if header == "ETag" else FRIDAY}))
    first = got(files, ca_file)
    assert first.files == {"sdn.csv": b"1,a"}
    assert fetch(files, first.validators, ca_file=ca_file, limits=QUICK) is None


def test_the_newest_file_gives_the_moment(server: Server, ca_file: str) -> None:
    """The moment is the latest that the server states, in UTC; files keep their order."""
    replies = {"b.csv": FRIDAY, "a.csv": SATURDAY, "c.csv": "yesterday"}
    files = [
        File(name=name, address=server.tells(f"/{name}", reply(200, b"x", Last_Modified=when)))
        for name, when in replies.items()
    ]
    fetched = got(files, ca_file)
    assert fetched.moment == "2019-01-05T08:30:00Z"
    assert list(fetched.files) == ["b.csv", "a.csv", "c.csv"]
    assert fetched.validators[files[0].address] == Validator(modified=FRIDAY)


def test_a_server_that_states_no_moment_gives_none(server: Server, ca_file: str) -> None:
    """No moment is made up, and nothing is there to ask for changes by."""
    files = one(server, reply(200, b"x"))
    fetched = got(files, ca_file)
    assert fetched.moment is None
    assert fetched.validators == {files[0].address: Validator()}


def test_a_validator_that_cannot_be_sent_back_is_not_kept(server: Server, ca_file: str) -> None:
    """The next request goes without it and does not fail."""
    files = one(server, reply(200, b"x", ETag='"\xe9"', Last_Modified=FRIDAY))
    fetched = got(files, ca_file)
    assert fetched.validators[files[0].address] == Validator(modified=FRIDAY)
    assert fetch(files, fetched.validators, ca_file=ca_file, limits=QUICK) == fetched


def test_files_of_an_edition_are_of_one_time(server: Server, ca_file: str) -> None:
    """Where one file changed, those that did not are fetched with it."""
    old = server.tells("/alt.csv", remembering(b"alt", ETag='"1"'))
    new = server.tells("/sdn.csv", remembering(b"sdn", ETag='"2"'))
    files = [File(name="alt.csv", address=old), File(name="sdn.csv", address=new)]
    before = {old: Validator(etag='"1"'), new: Validator(etag='"1"')}
    fetched = fetch(files, before, ca_file=ca_file, limits=QUICK)
    assert fetched is not None
    assert fetched.files == {"alt.csv": b"alt", "sdn.csv": b"sdn"}
    paths = [(each.path, each.headers["If-None-Match"]) for each in server.asked]
    assert paths[:3] == [("/alt.csv", '"1"'), ("/sdn.csv", '"1"'), ("/alt.csv", None)]


def test_an_edition_that_changes_on_the_way_is_refused(server: Server, ca_file: str) -> None:
    """The first file was replaced after the last one came: they may not belong together."""
    old, new = remembering(b"old", ETag='"1"'), remembering(b"new", ETag='"2"')
    files = [
        File(name="sdn.csv", address=server.tells("/sdn.csv", old, new)),
        File(name="alt.csv", address=server.tells("/alt.csv", remembering(b"x", ETag='"2"'))),
    ]
    told = refusal(files, ca_file)
    assert "the list was replaced while it was being fetched; run the command again" in told


def test_a_server_that_knows_no_conditions_gives_whole_editions(
    server: Server, ca_file: str
) -> None:
    """It sends the same bytes again, which is no change."""
    files = [
        File(name=name, address=server.tells(f"/{name}", reply(200, b"x", ETag='"1"')))
        for name in ("sdn.csv", "alt.csv")
    ]
    assert list(got(files, ca_file).files) == ["sdn.csv", "alt.csv"]


def test_an_optional_file_may_be_missing(server: Server, ca_file: str) -> None:
    """The others make the edition; missing still, it is no change."""
    there = server.tells("/sdn.csv", remembering(b"sdn", ETag='"1"'))
    gone = server.tells("/comments.csv", reply(404))
    files = [
        File(name="sdn.csv", address=there),
        File(name="comments.csv", address=gone, optional=True),
    ]
    fetched = got(files, ca_file)
    assert fetched.files == {"sdn.csv": b"sdn"}
    assert fetch(files, fetched.validators, ca_file=ca_file, limits=QUICK) is None


def test_an_optional_file_that_went_missing_is_a_change(server: Server, ca_file: str) -> None:
    """The edition without it is another edition."""
    there = server.tells("/sdn.csv", remembering(b"sdn", ETag='"1"'))
    gone = server.tells("/comments.csv", reply(404))
    files = [
        File(name="sdn.csv", address=there),
        File(name="comments.csv", address=gone, optional=True),
    ]
    before = {there: Validator(etag='"1"'), gone: Validator(etag='"1"')}
    fetched = fetch(files, before, ca_file=ca_file, limits=QUICK)
    assert fetched is not None
    assert fetched.files == {"sdn.csv": b"sdn"}


def test_the_program_says_who_asks(server: Server, ca_file: str) -> None:
    """OFAC's server refuses requests that do not say who asks."""
    got(one(server, reply(200, b"x")), ca_file)
    assert server.asked[0].headers["User-Agent"].startswith("detente/")


@pytest.mark.parametrize(
    "bad",
    [
        reply(500),
        reply(503),
        reply(429),
        reply(200, b"half", 8),
        reply(200, gzip.compress(b"half a list")[:-4], Content_Encoding="gzip"),
        reply(200, b"no gzip", Content_Encoding="gzip"),
    ],
    ids=["500", "503", "429", "cut off", "cut off packed", "broken packed"],
)
def test_what_passes_is_waited_out(server: Server, ca_file: str, bad: Reply) -> None:
    """Two failures of the kind that passes, then the file."""
    fetched = got(one(server, bad, bad, reply(200, b"whole")), ca_file)
    assert fetched.files == {"sdn.csv": b"whole"}
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (reply(500), "the server answered 500"),
        (reply(200, b"half", 8), "the connection broke off"),
        (
            reply(200, gzip.compress(b"list")[:-4], Content_Encoding="gzip"),
            "its packed form is not whole",
        ),
    ],
)
def test_what_does_not_pass_is_given_up(
    server: Server, ca_file: str, bad: Reply, what: str
) -> None:
    """After as many attempts as allowed, the last failure is told."""
    assert f"{what} (at each of 3 attempts)" in refusal(one(server, bad), ca_file)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [204, 206, 304, 400, 403, 404, 410])
def test_other_answers_are_final(server: Server, ca_file: str, status: int) -> None:
    """Asking again would not help."""
    told = refusal(one(server, reply(status)), ca_file)
    assert f"the server answered {status}; if it has moved, give its new address" in told
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": SATURDAY, "Date": "Sat, 05 Jan 2019 08:29:51 GMT"}, 9.0),
        ({"Retry_After": FRIDAY, "Date": SATURDAY}, 0.0),
        ({"Retry_After": SATURDAY}, 0.001),
        ({"Retry_After": "soon"}, 0.001),
    ],
)
def test_a_server_may_say_how_long_to_wait(
    server: Server,
    ca_file: str,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
    wait: float,
) -> None:
    """By seconds, or by a time on its own clock; else the usual wait."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    got(one(server, reply(429, **headers), reply(200, b"x")), ca_file)
    assert slept == [wait]


def test_nobody_waits_for_an_hour(server: Server, ca_file: str) -> None:
    """Who asks for more patience than there is, is not asked again."""
    told = refusal(one(server, reply(429, Retry_After="3600")), ca_file)
    assert "the server asks to wait 3600 seconds; run the command again after that" in told
    assert len(server.asked) == 1


def test_retries_are_not_logged_to_the_user(
    server: Server, ca_file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The command says what there is to say."""
    got(one(server, reply(500), reply(200, b"x")), ca_file)
    assert capfd.readouterr() == ("", "")


def test_redirects_are_followed(server: Server, ca_file: str) -> None:
    """Issuers redirect to storage, which knows the file by its own validators."""
    server.tells("/storage", remembering(b"stored", ETag='"1"'))
    files = one(server, reply(302, Location="/storage?signed=secret"))
    fetched = got(files, ca_file)
    assert fetched.files == {"sdn.csv": b"stored"}
    assert fetch(files, fetched.validators, ca_file=ca_file, limits=QUICK) is None


def test_a_circle_of_redirects_is_left(server: Server, ca_file: str) -> None:
    """So many are followed and no more."""
    told = refusal(one(server, reply(302, Location="/sdn.csv")), ca_file)
    assert "it redirects more than 5 times" in told
    assert len(server.asked) == 6


def test_no_redirect_leaves_https(server: Server, ca_file: str) -> None:
    """The other server is not even asked, and what its address may hold is not told."""
    with serving(None) as plain:
        address = plain.tells("/sdn.csv", reply(200, b"forged"))
        told = refusal(one(server, reply(302, Location=address + "?key=secret")), ca_file)
        assert plain.asked == []
    assert f"it leads to {address}, which is not https" in told
    assert "secret" not in told


def test_an_address_without_tls_is_not_asked(ca_file: str) -> None:
    """Wherever it comes from."""
    with serving(None) as plain:
        with pytest.raises(FetchError, match="which is not https"):
            fetch(one(plain, reply(200, b"forged")), {}, ca_file=ca_file, limits=QUICK)
        assert plain.asked == []


@pytest.mark.parametrize("kind", ["text/html", "Text/HTML; charset=utf-8"])
def test_a_web_page_is_no_list(server: Server, ca_file: str, kind: str) -> None:
    """A page of excuses often comes with status 200."""
    told = refusal(one(server, reply(200, b"<html>", Content_Type=kind)), ca_file)
    assert "the server answered with a web page" in told


def test_other_types_are_let_pass(server: Server, ca_file: str) -> None:
    """Servers are wrong about types; the content is looked at later."""
    fetched = got(one(server, reply(200, b"1,a", Content_Type="image/png")), ca_file)
    assert fetched.files == {"sdn.csv": b"1,a"}


@pytest.mark.parametrize(
    "large",
    [
        reply(200, b"", 10_000_000),
        reply(200, b"x" * 100_001, None),
        reply(200, gzip.compress(bytes(5_000_000)), Content_Encoding="gzip"),
        reply(200, gzip.compress(b"") + bytes(200_000), None, Content_Encoding="gzip"),
    ],
    ids=["as announced", "as sent", "as unpacked", "behind what is packed"],
)
def test_what_is_too_large_is_left(server: Server, ca_file: str, large: Reply) -> None:
    """However the server puts it, no more than the limit is taken, and it is not asked again."""
    told = refusal(one(server, large), ca_file, Limits(size=100_000))
    assert "it is larger than 100000 bytes" in told
    assert len(server.asked) == 1


def test_a_file_may_be_as_large_as_the_limit(server: Server, ca_file: str) -> None:
    """The limit itself is allowed, packed and plain."""
    body = b"x" * 100_000
    for answer in (reply(200, body), reply(200, gzip.compress(body), Content_Encoding="gzip")):
        assert got(one(server, answer), ca_file, Limits(size=100_000)).files["sdn.csv"] == body


def test_packing_that_nobody_asked_for_is_refused(server: Server, ca_file: str) -> None:
    """It would be taken for the list itself."""
    told = refusal(one(server, reply(200, b"x", Content_Encoding="br")), ca_file)
    assert "packed it in a way that was not asked for" in told


def test_an_untrusted_certificate_is_refused(server: Server) -> None:
    """An authority that the system does not know must be named; it is asked once only."""
    told = refusal(one(server, reply(200, b"x")), None)
    assert "its certificate is not trusted" in told
    assert "name a ca_file in --addresses" in told
    assert server.asked == []


def test_a_certificate_for_another_host_is_refused(ca: trustme.CA, ca_file: str) -> None:
    """Also one of a trusted authority."""
    with serving(ca.issue_cert("elsewhere.example")) as other:
        told = refusal(one(other, reply(200, b"x")), ca_file)
        assert other.asked == []
    assert "IP address mismatch" in told


@pytest.mark.parametrize("content", ["no certificate", None])
def test_a_ca_file_without_certificates_is_refused(
    server: Server, tmp_path: Path, content: str | None
) -> None:
    """It is not passed over: the mirror would seem to be at fault."""
    path = tmp_path / "mine.pem"
    if content is not None:
        path.write_text(content)
    told = refusal(one(server, reply(200, b"x")), str(path))
    assert f"ca_file {path} holds no certificates that can be read" in told


def test_a_silent_server_is_left(server: Server, ca_file: str) -> None:
    """It took the request and never answers."""
    limits = Limits(read=0.05, attempts=2, wait_first=0.001, wait_jitter=0.0)
    told = refusal(one(server, silent), ca_file, limits)
    assert "the server was silent for 0.05 seconds (at each of 2 attempts)" in told


def test_a_server_that_is_not_there_is_said(ca_file: str) -> None:
    """Its port is closed."""
    with serving(None) as gone:
        address = gone.address("/sdn.csv").replace("http:", "https:")
    told = refusal([File(name="sdn.csv", address=address)], ca_file)
    assert "it could not be reached (at each of 3 attempts)" in told


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_left(server: Server, ca_file: str, start: bytes) -> None:
    """Each byte comes in time, the end never does; it is asked once only."""
    told = refusal(one(server, dripping(start)), ca_file, Limits(total=0.2))
    assert "it took longer than 0.2 seconds" in told
    assert len(server.asked) == 1


def test_a_secret_in_an_address_is_not_told(server: Server, ca_file: str) -> None:
    """Messages go into logs."""
    files = [File(name="a.csv", address=server.tells("/a", reply(404)) + "?token=secret")]
    assert "secret" not in refusal(files, ca_file)


def test_progress_is_told_as_it_comes(server: Server, ca_file: str) -> None:
    """Bytes received of bytes announced, by the address without its query."""
    steps: list[tuple[str, int, int | None]] = []
    files = one(server, reply(200, b"x" * 300_000))
    fetch(files, {}, ca_file=ca_file, limits=QUICK, progress=lambda *step: steps.append(step))
    assert steps[-1] == (files[0].address, 300_000, 300_000)
    assert [received for _, received, _ in steps] == sorted({step[1] for step in steps})


def test_the_proxy_of_the_environment_is_asked(
    server: Server, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what it refuses is said to be its refusal."""
    files = one(server, reply(200, b"x"))
    with serving(None) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address(""))
        assert "the proxy refused; check HTTPS_PROXY" in refusal(files, ca_file)
        assert len(proxy.asked) == 1
    assert server.asked == []


def test_a_proxy_that_makes_no_sense_is_said(
    server: Server, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is asked."""
    monkeypatch.setenv("HTTPS_PROXY", "gopher://127.0.0.1")
    told = refusal(one(server, reply(200, b"x")), ca_file)
    assert "the proxy that the environment names cannot be used" in told
