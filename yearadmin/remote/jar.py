"""The two cookies of a session, in and out of an HTTP client's jar (contract section 1.2).

Never logs one, and never shows one in the text of an object.
"""

from __future__ import annotations

from http.cookiejar import Cookie, CookieJar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yearadmin.remote.secrets import Tokens

ACCESS, REFRESH = "auth_token", "refresh_token"


def tokens_in(jar: CookieJar) -> Tokens | None:
    """The pair the jar holds; None without an access token. Either may have expired."""
    from yearadmin.remote.secrets import Tokens

    held = {cookie.name: cookie.value or "" for cookie in jar}
    return Tokens(held[ACCESS], held.get(REFRESH, "")) if held.get(ACCESS) else None


def put_into(jar: CookieJar, tokens: Tokens, host: str, *, secure: bool) -> None:
    """Let the jar hold this pair alone, for ``host``; ``secure`` cookies never leave without TLS."""
    jar.clear()
    for name, value in ((ACCESS, tokens.access), (REFRESH, tokens.refresh)):
        if value:
            jar.set_cookie(_cookie(name, value, _domain(host), secure=secure))


def _domain(host: str) -> str:
    """The host as a jar names it, so that the server's next pair takes the place of this one."""
    return host if "." in host else f"{host}.local"


def _cookie(name: str, value: str, domain: str, *, secure: bool) -> Cookie:
    return Cookie(
        version=0,
        name=name,
        value=value,
        port=None,
        port_specified=False,
        domain=domain,
        domain_specified=False,
        domain_initial_dot=False,
        path="/",
        path_specified=True,
        secure=secure,
        expires=None,
        discard=True,
        comment=None,
        comment_url=None,
        rest={"HttpOnly": ""},
        rfc2109=False,
    )
