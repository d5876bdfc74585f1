"""A small OpenID Connect issuer of the suite's own: discovery, a page to choose who one is, tokens signed by RS256.

For tests on this computer only: it asks nobody for a password. It can be made to lie, to see that nobody believes it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


class Lie(StrEnum):
    """What is wrong with what the issuer tells."""

    NOTHING = auto()
    TAMPERED = auto()  # the claims were changed after signing
    UNKNOWN_KEY = auto()  # signed by a key that is not published, under the name of one that is
    UNSIGNED = auto()  # alg none
    SHARED_SECRET = auto()  # HS256 with the client's secret
    WRONG_NONCE = auto()
    NO_NONCE = auto()
    OTHER_AUDIENCE = auto()  # for another client, though ``azp`` names ours
    OTHER_ISSUER = auto()
    EXPIRED = auto()
    NO_ID_TOKEN = auto()
    REFUSED_CODE = auto()
    BROKEN = auto()  # the token endpoint fails


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody the issuer knows; ``more`` are further claims."""

    login: str
    email: str | None
    name: str = ""
    groups: tuple[str, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


RESIDENTS = (
    Resident("anna", "anna.keller@example.org", "Anna Keller"),
    Resident("bruno", "bruno.favre@example.org", "Bruno Favre", ("co2-metier", "staff")),
    Resident("chloe", "chloe.moret@example.org", "Chloé Moret"),
    Resident("stranger", "stranger@example.org", "A Stranger"),
    Resident("nameless", None, "No Address"),
    Resident("pretender", "anna.keller@example.org", "A Pretender", more={"email_verified": False}),
)
CONFIG = """
issuer = "{url}"
client_id = "{client_id}"
client_secret = "{client_secret}"
{more}
[[roles]]
email = "Anna.Keller@example.org"
role = "calco2.backoffice.admin"

[[roles]]
group = "co2-metier"
role = "calco2.backoffice.metier"
affiliation = "13030"

[[roles]]
subject = "subject-chloe"
role = "calco2.user.principal"
unit = "13032"
"""


@dataclass(slots=True)
class _Grant:
    resident: Resident
    redirect_uri: str
    nonce: str | None
    challenge: str


class Issuer:
    """Runs on a port of its own in a thread; use it as a context manager, or call :meth:`start` and :meth:`stop`.

    ``auto`` is the login that is signed in without the page that asks; ``lie`` what is wrong with the answers.
    """

    def __init__(self, *, auto: str | None = None, port: int = 0, residents: tuple[Resident, ...] = RESIDENTS) -> None:
        self.auto = auto
        self.lie = Lie.NOTHING
        self.client_id, self.client_secret = "yearadmin-test", secrets.token_urlsafe(24)
        self.residents = {resident.login: resident for resident in residents}
        self.asked: list[str] = []  # method and path of every request
        self.claims_in_token = True  # else e-mail and name are told by userinfo alone
        self._port = port
        self._grants: dict[str, _Grant] = {}
        self._bearers: dict[str, Resident] = {}
        self._server: ThreadingHTTPServer | None = None
        self._keys: dict[str, rsa.RSAPrivateKey] = {}
        self._kid = ""
        self.change_key()

    @property
    def url(self) -> str:
        """The issuer's name, which is also where it answers."""
        return f"http://127.0.0.1:{self._port}"

    def config(self, **more: str) -> str:
        """A sign-on file for ``yearadmin serve --oidc-config``; ``more`` are further top-level texts."""
        lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in more.items())
        return CONFIG.format(url=self.url, client_id=self.client_id, client_secret=self.client_secret, more=lines)

    def write_config(self, path: Path, **more: str) -> Path:
        """Write :meth:`config` as the backend wants it: readable by its owner alone."""
        path.touch(mode=0o600)
        path.write_text(self.config(**more), encoding="utf-8")
        return path

    def change_key(self) -> None:
        """Sign with a new key from now on; only that one is published."""
        self._kid = secrets.token_hex(4)
        self._keys = {self._kid: rsa.generate_private_key(public_exponent=65537, key_size=2048)}

    def start(self) -> Self:
        """Begin to answer, on the same port as before if it was stopped."""
        issuer = self

        class Handler(_Handler):
            pass

        Handler.issuer = issuer
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        serve = self._server.serve_forever
        threading.Thread(target=serve, kwargs={"poll_interval": 0.02}, name="issuer", daemon=True).start()
        return self

    def stop(self) -> None:
        """End it."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # --- what it answers

    def describe(self) -> dict[str, Any]:
        """OpenID Connect Discovery."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            # An issuer may well offer these, too; they must not be believed.
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        """The published keys."""
        shown = [
            {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "RS256", "use": "sig"}
            for kid, key in self._keys.items()
        ]
        return {"keys": shown}

    def grant(self, query: dict[str, str], resident: Resident) -> str:
        """A code for somebody who has signed in; where the browser goes with it."""
        code = secrets.token_urlsafe(16)
        self._grants[code] = _Grant(resident, query["redirect_uri"], query.get("nonce"), query["code_challenge"])
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, form: dict[str, str], basic: tuple[str, str] | None) -> tuple[int, dict[str, Any]]:
        """The token endpoint: a code is good once, for who asked for it, with the verifier only that one knows."""
        client = basic or (form.get("client_id", ""), form.get("client_secret", ""))
        if client != (self.client_id, self.client_secret):
            return 401, {"error": "invalid_client"}
        if self.lie is Lie.BROKEN:
            return 500, {"error": "server_error"}
        grant = self._grants.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            self.lie is Lie.REFUSED_CODE
            or form.get("grant_type") != "authorization_code"
            or grant is None
            or grant.redirect_uri != form.get("redirect_uri")
            or grant.challenge != challenge
        ):
            return 400, {"error": "invalid_grant"}
        bearer = secrets.token_urlsafe(16)
        self._bearers[bearer] = grant.resident
        answer = {"access_token": bearer, "token_type": "Bearer", "expires_in": 300}
        if self.lie is not Lie.NO_ID_TOKEN:
            answer["id_token"] = self._id_token(grant, bearer)
        return 200, answer

    def userinfo(self, bearer: str) -> tuple[int, dict[str, Any]]:
        """Who the bearer of an access token is."""
        resident = self._bearers.get(bearer)
        return (401, {"error": "invalid_token"}) if resident is None else (200, _claims(resident))

    def _id_token(self, grant: _Grant, bearer: str) -> str:
        half = hashlib.sha256(bearer.encode()).digest()[:16]
        now, lie = int(time.time()), self.lie
        claims: dict[str, Any] = {
            **(_claims(grant.resident) if self.claims_in_token else {"sub": f"subject-{grant.resident.login}"}),
            "iss": "https://issuer.example.net" if lie is Lie.OTHER_ISSUER else self.url,
            "aud": "another-client" if lie is Lie.OTHER_AUDIENCE else self.client_id,
            "azp": self.client_id,
            "iat": now - 7200 if lie is Lie.EXPIRED else now,
            "exp": now - 3600 if lie is Lie.EXPIRED else now + 300,
            "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
        }
        if grant.nonce is not None and lie is not Lie.NO_NONCE:
            claims["nonce"] = "another" if lie is Lie.WRONG_NONCE else grant.nonce
        header = {"kid": self._kid}
        if lie is Lie.UNSIGNED:
            return jwt.encode(claims, "", "none", header)
        if lie is Lie.SHARED_SECRET:
            return jwt.encode(claims, self.client_secret, "HS256", header)
        key = self._keys[self._kid]
        if lie is Lie.UNKNOWN_KEY:
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        token = jwt.encode(claims, key, "RS256", header)
        if lie is Lie.TAMPERED:
            head, _, signature = token.split(".")
            changed = json.dumps({**claims, "email": "anna.keller@example.org", "sub": "subject-anna"}).encode()
            token = ".".join((head, base64.urlsafe_b64encode(changed).decode().rstrip("="), signature))
        return token


def _claims(resident: Resident) -> dict[str, Any]:
    claims: dict[str, Any] = {"sub": f"subject-{resident.login}", "name": resident.name, **resident.more}
    if resident.email is not None:
        claims.setdefault("email_verified", True)
        claims["email"] = resident.email
    if resident.groups:
        claims["groups"] = list(resident.groups)
    return claims


class _Handler(BaseHTTPRequestHandler):
    """One request; keeps no connection open, so that a stopped issuer is gone at once."""

    issuer: Issuer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.issuer.asked.append(f"GET {parts.path}")
        if parts.path == "/.well-known/openid-configuration":
            self._json(200, self.issuer.describe())
        elif parts.path == "/jwks":
            self._json(200, self.issuer.keys())
        elif parts.path == "/userinfo":
            self._json(*self.issuer.userinfo(self.headers.get("Authorization", "").removeprefix("Bearer ")))
        elif parts.path == "/authorize":
            self._authorize(dict(parse_qsl(parts.query)))
        else:
            self._json(404, {"error": "not_found"})

    def do_POST(self) -> None:
        self.issuer.asked.append(f"POST {self.path}")
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        form = {key: values[0] for key, values in parse_qs(body).items()}
        basic = None
        if (given := self.headers.get("Authorization", "")).startswith("Basic "):
            name, _, word = base64.b64decode(given.removeprefix("Basic ")).decode().partition(":")
            basic = unquote_plus(name), unquote_plus(word)
        if self.path == "/token":
            self._json(*self.issuer.exchange(form, basic))
        else:
            self._json(404, {"error": "not_found"})

    def _authorize(self, query: dict[str, str]) -> None:
        issuer = self.issuer
        sound = (
            query.get("client_id") == issuer.client_id
            and query.get("response_type") == "code"
            and "openid" in query.get("scope", "").split()
            and query.get("code_challenge_method") == "S256"
            and query.get("code_challenge")
            and query.get("state")
            and urlsplit(query.get("redirect_uri", "")).hostname in ("127.0.0.1", "localhost")
        )
        if not sound:
            self._json(400, {"error": "invalid_request"})
            return
        chosen = query.pop("as", issuer.auto)
        if chosen == "nobody":
            self._go(f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}")
        elif chosen in issuer.residents:
            self._go(issuer.grant(query, issuer.residents[chosen]))
        else:
            self._page(query)

    def _page(self, query: dict[str, str]) -> None:
        """Who are you? Each link has the person's login as its id."""
        links = "".join(
            f'<li><a id="{login}" href="/authorize?{html.escape(urlencode({**query, "as": login}))}">'
            f"{html.escape(text)}</a></li>"
            for login, text in [*((r.login, r.name) for r in self.issuer.residents.values()), ("nobody", "Cancel")]
        )
        page = f'<!doctype html><meta charset="utf-8"><title>Sign in</title><h1>Who are you?</h1><ul>{links}</ul>'
        self._send(200, "text/html; charset=utf-8", page.encode())

    def _go(self, url: str) -> None:
        self.send_response(302)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(body).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a query holds codes."""
