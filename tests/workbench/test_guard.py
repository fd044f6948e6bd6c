"""Who may speak to the workbench: the page that it served, and nobody else."""

from __future__ import annotations

import asyncio
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message

from detente.workbench.folder import Folder
from detente.workbench.guard import MOST_BYTES, POLICY, Guard
from detente.workbench.serving import guarded, listening
from tests.workbench.served import Answer, Served

WRITING = ("POST", "PUT", "DELETE", "PATCH")
PROMISED = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


def save(bench: Served, name: str, **headers: str | None) -> Answer:
    """Save a small file with these headers."""
    return bench.raw("PUT", f"/api/files/{name}", bench.headers(**headers), b'{"text": "detente: 1", "replaces": null}')


# -- the host ----------------------------------------------------------------------------------------------------------
def test_both_names_of_this_machine_are_answered(bench: Served) -> None:
    for host in (f"127.0.0.1:{bench.port}", f"localhost:{bench.port}"):
        assert bench.get("/api/files", Host=host, Origin=f"http://{host}").status == 200
        assert bench.get("/api/files", Host=host, Origin=None).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",  # a name that was made to mean this machine
        "127.0.0.1",
        "127.0.0.1:{other}",
        "localhost",
        "localhost.evil.example:{port}",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1.:{port}",
        "LOCALHOST:{port}",
        "0.0.0.0:{port}",
        "[::1]:{port}",
        "127.1:{port}",
        "user@127.0.0.1:{port}",
        " ",
        None,
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_any_other_host_is_refused(bench: Served, host: str | None, method: str) -> None:
    given = None if host is None else host.format(port=bench.port, other=bench.port + 1)
    answer = bench.raw(method, "/api/files", bench.headers(Host=given))
    # Without a Host, or with two, it is no request of HTTP/1.1.
    assert answer.status == (421 if host is not None else 400)
    assert b"elmira" not in answer.content


def test_browsers_leave_out_the_usual_port() -> None:
    """A workbench at port 80 is asked by `127.0.0.1`, and by pages of `http://127.0.0.1`, without a port."""
    guard = Guard(app=PlainTextResponse("answered"), port=80, token="secret")
    assert guard.address("?state=5") == "http://127.0.0.1/?state=5&token=secret"
    for host, status in (("127.0.0.1", 200), ("localhost", 200), ("127.0.0.1:8000", 421), ("evil.example", 421)):
        said = {"host": host, "origin": "http://127.0.0.1", "authorization": "Bearer secret"}
        with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop here
            assert apart.submit(asyncio.run, asked_directly(guard, said)).result() == status, host


async def asked_directly(guard: Guard, headers: dict[str, str]) -> int:
    """The status of an answer that a guard gives without a socket."""
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": pairs}
    told: list[Any] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    await guard(scope, receive, send)
    return int(told[0]["status"])


def test_two_hosts_are_refused(bench: Served) -> None:
    pairs = [*bench.headers().items(), ("Host", f"localhost:{bench.port}")]
    assert bench.raw("GET", "/api/files", pairs).status in (400, 421)


def test_the_token_in_the_address_does_not_help_another_host(bench: Served) -> None:
    answer = bench.get(f"/?token={bench.guard.token}", Host=f"evil.example:{bench.port}")
    assert answer.status == 421
    assert answer.header("set-cookie") is None


# -- the origin --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", WRITING)
def test_what_changes_something_says_where_it_comes_from(bench: Served, method: str) -> None:
    assert bench.raw(method, "/api/files/a.yaml", bench.headers(Origin=None), b"{}").status == 403


ORIGINS = [
    "http://evil.example",
    "null",
    "",
    "file://",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1",
    "http://127.0.0.1:{other}",
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}.evil.example",
    "http://127.0.0.1:{port} http://evil.example",
    "HTTP://127.0.0.1:{port}",
]


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("method", ["GET", *WRITING])
def test_pages_from_elsewhere_are_refused(bench: Served, origin: str, method: str) -> None:
    given = origin.format(port=bench.port, other=bench.port + 1)
    assert bench.raw(method, "/api/files", bench.headers(Origin=given)).status == 403


def test_two_origins_are_refused(bench: Served) -> None:
    for second in (bench.origin, "http://evil.example"):
        pairs = [*bench.headers().items(), ("Origin", second)]
        assert bench.raw("POST", "/api/check", pairs, b"{}").status == 403


def test_nothing_is_written_for_a_page_from_elsewhere(bench: Served, folder: Path) -> None:
    for origin in (None, "null", "http://evil.example"):
        assert save(bench, "elsewhere.yaml", Origin=origin).status == 403
    assert save(bench, "elsewhere.yaml", Sec_Fetch_Site="cross-site").status == 403
    assert save(bench, "elsewhere.yaml", Sec_Fetch_Site="same-site").status == 403  # another port of this machine
    assert not (folder / "elsewhere.yaml").exists()
    assert save(bench, "elsewhere.yaml", Sec_Fetch_Site="same-origin").status == 200
    assert (folder / "elsewhere.yaml").exists()


def test_a_link_from_elsewhere_opens_the_page(bench: Served) -> None:
    """A browser says cross-site of a link that is followed, and sends no cookie with it, nor with what it redirects to."""
    opened: dict[str, str | None] = {"Origin": None, "Cookie": None, "Sec_Fetch_Site": "cross-site"}
    followed = {**opened, "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    for said in (opened, followed):
        answer = bench.get(f"/?token={bench.guard.token}&view=path", **said)
        assert (answer.status, answer.header("refresh"), answer.content) == (200, "0; url=/?view=path", b"")
        assert str(answer.header("set-cookie")).startswith(f"detente-{bench.port}={bench.guard.given};")
    assert bench.get(f"/?token={bench.guard.token}x", **followed).status == 403
    assert bench.get("/api/files", **opened).status == 403


@pytest.mark.parametrize(("mode", "dest"), [("no-cors", "image"), ("cors", "empty"), ("no-cors", "script"), ("navigate", "iframe")])
def test_a_page_at_another_port_can_not_make_the_workbench_work(bench: Served, mode: str, dest: str) -> None:
    """A browser sends the cookie with what such a page loads, and no Origin with a picture: an address may begin jobs."""
    said: dict[str, str | None] = {"Origin": None, "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": dest}
    assert bench.get("/?case=chicken&as=json", Sec_Fetch_Site="same-site", **said).status == 403
    assert bench.get("/?case=nothing&as=json", Sec_Fetch_Site="same-origin", **said).codes == ["U402"]


def test_no_other_page_is_allowed_to_ask_first(bench: Served) -> None:
    """A browser asks by OPTIONS whether a page of another site may send something; the answer allows nothing."""
    for origin in ("http://evil.example", bench.origin):
        answer = bench.raw("OPTIONS", "/api/check", bench.headers(Origin=origin, Access_Control_Request_Method="POST"))
        assert answer.status in (403, 405)
        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


# -- the token ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        "detente-{port}=",
        "detente-{port}=wrong",
        "detente-{port}={given}x",
        "detente-{port}={given:.63}",
        "detente-{other}={given}",  # a workbench at another port of this machine
        "detente-{port}={elsewhere}",  # given by a workbench at another port of this machine, and renamed
        "detente-{port}={token}",
        "detente={given}",
        "detente-{port}={upper}",
        "token={given}",
        "detente-{port}",
        'detente-{port}="',
        "detente-{port}=\xe9\xff",
        "=;;;=,",
    ],
)
def test_nothing_is_told_without_the_token(bench: Served, cookie: str | None) -> None:
    token, other = bench.guard.token, Guard(bench.guard.app, bench.port + 1, bench.guard.token)
    said = {"token": token, "given": bench.guard.given, "elsewhere": other.given, "upper": bench.guard.given.upper()}
    given = None if cookie is None else cookie.format(port=bench.port, other=bench.port + 1, **said)
    for method, target in (("GET", "/"), ("GET", "/api/files"), ("POST", "/api/check"), ("DELETE", "/api/jobs/1"), ("GET", "/nowhere")):
        answer = bench.raw(method, target, bench.headers(Cookie=given))
        assert answer.status == 403
        assert b"token" in answer.content
        assert not [one for one in said.values() if one.encode() in answer.content]


def test_the_token_may_stand_among_other_cookies_and_in_a_header(bench: Served) -> None:
    token = bench.guard.token
    assert bench.get("/api/files", Cookie=f"a=b; detente-{bench.port}={bench.guard.given}; c=d").status == 200
    assert bench.get("/api/files", Cookie=None, Authorization=f"Bearer {token}").status == 200
    left = ("", "=5", "flag", "a=", 'seen={"a": 1}', "path=/", "name=J\xf6rg", 'half="', "a=b c", "a[]=1", "a=b=c")
    for other in left:  # by other programs of this machine
        assert bench.get("/api/files", Cookie=f"{other}; detente-{bench.port}={bench.guard.given}").status == 200, other
    for wrong in (f"Bearer {token}x", f"Bearer {bench.guard.given}", "Bearer ", token, f"Basic {token}", f"bearer{token}", "Bearer \xe9"):
        assert bench.get("/api/files", Cookie=None, Authorization=wrong).status == 403


def test_each_workbench_has_a_token_of_its_own_that_cannot_be_guessed() -> None:
    tokens = set()
    for _ in range(5):
        with closing(listening(0)) as listener:
            guard, _ = guarded(Folder("."), listener)
            tokens |= {guard.token, guard.given}
    assert len(tokens) == 10
    assert all(len(token) >= 43 for token in tokens)  # 256 bits


def test_the_server_listens_to_this_machine_alone() -> None:
    with closing(listening(0)) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_the_opened_address_gives_a_cookie_and_leads_on_without_the_token(bench: Served) -> None:
    answer = bench.get(f"/a/b?state=5&token={bench.guard.token}&party=M%26E", Cookie=None, Origin=None)
    assert answer.status == 303
    assert answer.header("location") == "/a/b?state=5&party=M%26E"
    cookie = answer.header("set-cookie")
    assert cookie is not None
    value, *attributes = cookie.split("; ")
    assert value == f"detente-{bench.port}={bench.guard.given}"
    assert bench.guard.token not in value  # which a program at another port of this machine may be sent
    assert sorted(one.lower() for one in attributes) == ["httponly", "path=/", "samesite=strict"]
    assert bench.get("/api/files", Cookie=value, Origin=None).status == 200


def test_the_address_that_is_printed_opens(bench: Served) -> None:
    for path, found in (("", "/"), ("?state=5", "/?state=5"), ("x#y", "/x")):
        address = bench.guard.address(path).split("#")[0]
        assert address.startswith(bench.origin)
        if "#" not in path:
            assert bench.get(address.removeprefix(bench.origin), Cookie=None, Origin=None).header("location") == found


@pytest.mark.parametrize("token", ["", "wrong", "{token}x", "%00", "%ff", "é"])
def test_a_wrong_token_in_the_address_gives_nothing(bench: Served, token: str) -> None:
    given = quote(token.format(token=bench.guard.token), safe="%")
    answer = bench.get(f"/?token={given}", Cookie=None, Origin=None)
    assert answer.status == 403
    assert answer.header("set-cookie") is None


def test_a_token_in_the_address_does_not_let_anything_be_written(bench: Served, folder: Path) -> None:
    target = f"/api/files/by-address.yaml?token={bench.guard.token}"
    answer = bench.raw("PUT", target, bench.headers(Cookie=None), b'{"text": "detente: 1", "replaces": null}')
    assert answer.status == 403
    assert not (folder / "by-address.yaml").exists()


@pytest.mark.parametrize(
    "path", ["//evil.example", "///evil.example", "/\\evil.example", "/%5cevil.example", "/%2fevil.example", "//evil.example/%2e%2e"]
)
def test_the_way_on_never_leads_to_another_host(bench: Served, path: str) -> None:
    answer = bench.get(f"{path}?token={bench.guard.token}", Cookie=None, Origin=None)
    assert answer.status == 303
    where = answer.header("location")
    assert where is not None
    assert where.startswith("/")
    assert where[1:2] not in ("/", "\\")
    assert "://" not in where


@pytest.mark.parametrize("ending", ["%0d%0aSet-Cookie:%20a=b", "%0aX:%20y", "%00"])
def test_the_way_on_puts_no_lines_into_the_answer(bench: Served, ending: str) -> None:
    for target in (f"/x{ending}?token={bench.guard.token}", f"/x?a={ending}&token={bench.guard.token}"):
        answer = bench.get(target, Cookie=None, Origin=None)
        assert answer.status == 303
        assert sorted(name.lower() for name, _ in answer.headers).count("set-cookie") == 1
        assert not {"x", "a"} & {name.lower() for name, _ in answer.headers}


# -- sizes -------------------------------------------------------------------------------------------------------------
def test_a_request_that_says_it_is_too_long_is_refused_unread(bench: Served) -> None:
    for length in (str(MOST_BYTES + 1), "9" * 12, "9" * 15):
        assert bench.raw("POST", "/api/check", bench.headers(Content_Length=length)).status == 413


def test_a_request_that_does_not_say_how_long_it_is_is_read_to_the_limit(bench: Served) -> None:
    def chunked(size: int) -> bytes:
        piece = b" " * (1 << 20)
        return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for _ in range(size >> 20)) + b"1\r\n{\r\n0\r\n\r\n"

    headers = bench.headers(Transfer_Encoding="chunked")
    assert bench.raw("POST", "/api/check", headers, chunked(MOST_BYTES)).status == 413
    assert bench.raw("POST", "/api/check", headers, chunked(MOST_BYTES - (1 << 20))).codes == ["U544"]


def test_the_longest_request_is_read(bench: Served) -> None:
    text = json.dumps({"name": "a.yaml", "text": "#"}).encode()
    body = text + b" " * (MOST_BYTES - len(text))
    assert bench.raw("POST", "/api/check", bench.headers(), body).status == 422


def test_lengths_that_are_none_are_refused(bench: Served) -> None:
    for length in ("-1", "1e3", "0x10", "+5", "5, 6", "9" * 30, "a"):
        assert bench.raw("POST", "/api/check", bench.headers(Content_Length=length)).status in (400, 413)


# -- what every answer says --------------------------------------------------------------------------------------------
def test_every_answer_tells_the_browser_what_the_page_may_do(bench: Served) -> None:
    answers = {
        200: bench.get("/api/files"),
        303: bench.get(f"/?token={bench.guard.token}"),
        400: bench.post("check", {}),
        403: bench.get("/api/files", Cookie=None),
        404: bench.get("/api/nowhere"),
        405: bench.raw("DELETE", "/api/check", bench.headers()),
        413: bench.raw("POST", "/api/check", bench.headers(Content_Length="9" * 12)),
        421: bench.get("/", Host="evil.example"),
        422: bench.post("check", {"name": "a.yaml", "text": "x"}),
    }
    for status, answer in answers.items():
        assert answer.status == status
        assert {name: answer.header(name) for name in PROMISED} == PROMISED
        assert answer.header("server") is None


def test_the_page_may_load_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert not any("unsafe" in value or "*" in value or "http" in value for value in rules.values())
    assert all(rules[name] == "'none'" for name in ("base-uri", "form-action", "frame-ancestors"))
    assert rules["script-src"] == rules["connect-src"] == "'self'"


def test_what_is_no_request_is_answered_by_none(bench: Served) -> None:
    """A socket that is to stay open is not offered."""
    upgrade = bench.headers(
        Connection="Upgrade", Upgrade="websocket", Sec_WebSocket_Version="13", Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ=="
    )
    assert bench.raw("GET", "/api/nowhere", upgrade).status == 404


def test_whoever_leaves_in_the_middle_of_a_request_leaves_nothing_behind(bench: Served) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in bench.headers(Content_Length="1000").items())
    with socket.create_connection(("127.0.0.1", bench.port)) as line:
        line.sendall(f"POST /api/check HTTP/1.1\r\n{head}\r\n{{".encode())
    assert bench.get("/api/files").status == 200  # and nothing is written down (tests/workbench/served.py)


@pytest.mark.parametrize("path", ["/api/files/../files/", "/api/cases/elmira/", "/api/cases/%0A/", "/api/check/", "/api//files", "/api"])
def test_an_address_that_is_not_described_leads_nowhere(bench: Served, path: str) -> None:
    answer = bench.get(path)
    assert answer.status in (400, 404)
    assert answer.header("location") is None
