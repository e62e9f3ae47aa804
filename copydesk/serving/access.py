"""Who is answered: with a token those who bring it, without one those who ask on this machine and by its own names."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

COOKIE = "copydesk_token"
QUERY = "token"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guard(token: str | None) -> Any:
    """The middleware that answers nobody else."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if token is None:
            # A page elsewhere can have its own name lead here (DNS rebinding), and would read what comes back.
            if not is_loopback(_host(request)):
                raise web.HTTPMisdirectedRequest(text="asked for by a name that is not this machine's\n")
        elif not any(hmac.compare_digest(given, proof(token)) for given in _given(request)):
            raise web.HTTPUnauthorized(text="a token is needed: Authorization: Bearer …\n")
        return await handler(request)

    return guarded


def proof(token: str) -> str:
    """What is compared, and kept by a browser: it shows that its bearer has had the token, and is not the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _given(request: web.Request) -> list[str]:
    header = request.headers.get("Authorization", "").removeprefix("Bearer ")
    cookie = request.cookies.get(COOKIE, "")
    return [proof(header), proof(request.query.get(QUERY, "")), cookie if cookie.isascii() else ""]


def _host(request: web.Request) -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def remembered(request: web.Request) -> web.Response:
    """The same page without the token in its address: a browser keeps it as a cookie that no script sees."""
    response = web.Response(
        status=303, headers={"Location": str(request.rel_url.without_query_params(QUERY)), "Cache-Control": "no-store"}
    )
    response.set_cookie(COOKIE, proof(request.query[QUERY]), httponly=True, samesite="Strict", secure=request.secure)
    return response


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
