"""Who may speak to the workbench: a browser on this machine that opened the address with its token, and no page of another site.

A page of another site can make a browser send requests to an address on the same machine, or give a name of its own that address (DNS
rebinding).  So the Host has to be the one that was opened, a request that says where it comes from has to come from there, and each has to
bring a token that only the opened address carried, or the cookie that was given for it.

Browsers don't tell the ports of a machine apart where cookies are concerned: they send ours to whatever else answers at another port of
this machine, if it is opened in the same browser.  Its value is made with a secret of this server, for this port: no other workbench takes
it, it opens nothing once the server has ended, and the token of the address can't be found from it.  What can't be helped: another program
of this machine that is opened in the same browser, while the workbench runs, is told the cookie, and could ask with it as the page does.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 16 * 2**20
"""Most bytes that a request may carry: twice a conflict file of the greatest size, which a save sends beside what it replaces."""
USUAL = 80
"""The port that browsers leave out where they say what host they mean."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""What the page may load and do: nothing that does not come from here, no script or style within the page itself."""
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
"""What every answer says to the browser."""
SAFE = ("GET", "HEAD")
"""The methods that change nothing, though an answer may take work."""
OPENED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
"""What a browser says where a link is followed, in a window of its own."""


class Guard:
    """Lets through to an application what comes from the page that it served, and nothing else.

    Parameters
    ----------
    app
        The application.
    port
        The port that it is reached at.
    token
        What a request has to bring where it has no cookie for it: in the header `Authorization: Bearer`, or once in the opened address.

    Examples
    --------
    >>> Guard(app=None, port=8000, token="secret").address("?state=5")
    'http://127.0.0.1:8000/?state=5&token=secret'
    """

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self.app, self.token = app, token
        made = hmac.digest(secrets.token_bytes(32), f"{port}".encode(), "sha256")
        self.cookie, self.given = f"detente-{port}", made.hex()
        self.hosts = tuple(name if port == USUAL else f"{name}:{port}" for name in ("127.0.0.1", "localhost"))

    def address(self, path: str = "") -> str:
        """What is opened in the browser; `path` is what of the page is meant, with what is selected."""
        return f"http://{self.hosts[0]}/{path}{'&' if '?' in path else '?'}{urlencode({'token': self.token})}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope["headers"])
        if (refused := self._refused(scope["method"], headers)) is not None:
            await refused(scope, receive, send)
        elif (token := self._given(scope)) is not None and scope["method"] in SAFE:
            await self._enter(scope, token, "cross-site" in headers.get("sec-fetch-site", []))(scope, receive, send)
        elif not self._brings_token(headers):
            text = "This workbench is opened by the address that `detente open` printed, which carries its token.\n"
            await PlainTextResponse(text, 403)(scope, receive, send)
        else:
            try:
                body = await _whole(receive)
            except _GoneError:
                return
            except _TooLongError:
                await _too_long()(scope, receive, send)
            else:
                await self.app(scope, _Given(body, receive), send)

    def _refused(self, method: str, headers: dict[str, list[str]]) -> Response | None:
        """Why a request is refused, whoever sent it; None where it is not."""
        if headers.get("host", []) not in [[host] for host in self.hosts]:
            return PlainTextResponse("Not the host that this workbench was opened at.\n", 421)
        origins = headers.get("origin", [])
        if any(origin not in [f"http://{host}" for host in self.hosts] for origin in origins) or (method not in SAFE and len(origins) != 1):
            return PlainTextResponse("Asked by a page that does not come from this workbench.\n", 403)
        is_elsewhere = any(site in ("cross-site", "same-site") for site in headers.get("sec-fetch-site", []))
        is_opened = method in SAFE and all(said == wanted for name, wanted in OPENED.items() for said in headers.get(name, []))
        if is_elsewhere and not is_opened:
            return PlainTextResponse("Asked by a page of another site.\n", 403)
        lengths = headers.get("content-length", [])
        if any(not length.isdecimal() or len(length) > 12 or int(length) > MOST_BYTES for length in lengths):
            return _too_long()
        return None

    def _given(self, scope: Scope) -> str | None:
        """The token in the address, if there is one."""
        return next((value for key, value in parse_qsl(scope["query_string"].decode("latin-1")) if key == "token"), None)

    def _enter(self, scope: Scope, token: str, is_elsewhere: bool) -> Response:
        """The answer to the opened address: the same without the token, and a cookie with it.

        Where a page of another site led here, as a terminal within a browser does, a browser sends our cookie with nothing that this leads
        on to: an empty page of ours then leads on.
        """
        if not secrets.compare_digest(token.encode(), self.token.encode()):
            return PlainTextResponse("The token of the address is not that of this workbench.\n", 403)
        rest = urlencode([(key, value) for key, value in parse_qsl(scope["query_string"].decode("latin-1")) if key != "token"])
        path = "/" + scope["path"].lstrip("/\\")  # never the beginning of the name of a host
        answer: Response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        if is_elsewhere:
            answer = HTMLResponse("", headers={"refresh": f"0; url={answer.headers['location']}"})
        answer.set_cookie(self.cookie, self.given, httponly=True, samesite="strict", path="/")
        return answer

    def _brings_token(self, headers: dict[str, list[str]]) -> bool:
        tokens = [value.removeprefix("Bearer ") for value in headers.get("authorization", []) if value.startswith("Bearer ")]
        cookies = [one for value in headers.get("cookie", []) for one in _cookies(value, self.cookie)]
        brought = [*((one, self.token) for one in tokens), *((one, self.given) for one in cookies)]
        return any(secrets.compare_digest(one.encode(), wanted.encode()) for one, wanted in brought)


class _TooLongError(Exception):
    """More was sent than a request may carry."""


class _GoneError(Exception):
    """Who asked is gone, before all of the request was there."""


async def _whole(receive: Receive) -> bytes:
    """All that a request carries, read before anything is answered: an answer that has begun can't become a refusal."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        parts.append(message.get("body", b""))
        size, more = size + len(parts[-1]), message.get("more_body", False)
        if size > MOST_BYTES:
            raise _TooLongError
    return b"".join(parts)


class _Given:
    """What a request carries, as the application reads it; then whatever comes after it."""

    def __init__(self, body: bytes, after: Receive) -> None:
        self._body: bytes | None = body
        self._after = after

    async def __call__(self) -> Message:
        """The next message."""
        body, self._body = self._body, None
        return await self._after() if body is None else {"type": "http.request", "body": body, "more_body": False}


def _too_long() -> Response:
    return PlainTextResponse(f"A request may have {MOST_BYTES:,} bytes at most.\n", 413)


def _with_headers(send: Send) -> Send:
    """Send an answer with what every answer says."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *((name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in there),
            ]
        await send(message)

    return sending


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _cookies(header: str, name: str) -> list[str]:
    """The values of a cookie in a header, among those of other programs of this machine, however these are written."""
    pairs = (pair.partition("=") for pair in header.split(";"))
    return [value.strip() for key, _, value in pairs if key.strip() == name]
